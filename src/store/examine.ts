// The file of the database, looked at: nothing is made, migrated or mended.
import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { folderRefusal, refusalOf } from '../file-access.ts'
import type { DatabaseLook, DatabaseState, Examine } from './examination-store.ts'
import { knownMigrations } from './migrate.ts'
import type { RefusedFile } from './outcome-store.ts'
import { APPLICATION_ID } from './sqlite/connection.ts'
import { fileTrouble } from './sqlite/file-trouble.ts'
import { lockOwner } from './sqlite/lock-owner.ts'
import { workersOfAnySchema } from './sqlite/workers.ts'
import type { Worker } from './worker-store.ts'

/** Long enough that whoever writes in turns lets go meanwhile. */
const PATIENCE_MS = 2_000

type Finding = Pick<DatabaseLook, 'state' | 'says' | 'schema' | 'workers'>

export const examineFile =
  (file: string): Examine =>
  async (full) => {
    const finding = whatIsThere(file) ?? look(file, full)
    return {
      file,
      ...finding,
      knownSchema: knownMigrations(),
      ...sizes(file),
      lockedBy: finding.state === 'sound' ? lockHolder(file) : null,
      journals: journalsBeside(file),
      refused: refusedBeside(file),
    }
  }

const finding = (
  state: DatabaseState,
  says: string | null,
  schema: number | null = null,
  workers: readonly Worker[] = [],
): Finding => ({
  state,
  says,
  schema,
  workers,
})

/** By its name alone; null: there is a file to look into. */
const whatIsThere = (file: string): Finding | null => {
  try {
    const found = statSync(file, { throwIfNoEntry: false })
    if (found === undefined) {
      return existsSync(`${file}-wal`)
        ? finding('unusable', `it is gone, but ${basename(file)}-wal, which belongs to it, is there`)
        : finding('absent', null)
    }
    if (!found.isFile()) return finding('unusable', 'it is not a file')
    return found.size === 0 ? finding('unusable', 'it is empty: 0 bytes') : null
  } catch (error) {
    return finding('unusable', `it cannot be reached (${codeOf(error)})`)
  }
}

const look = (file: string, full: boolean): Finding => {
  let db: Database.Database | undefined
  try {
    db = new Database(file, { fileMustExist: true, timeout: PATIENCE_MS }) // one that may only read leaves -wal and -shm behind
    db.pragma('query_only = on')
    if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
      return finding('foreign', 'it belongs to another program')
    }
    const schema = Number(db.pragma('user_version', { simple: true }))
    const says = db.pragma(full ? 'integrity_check(1)' : 'quick_check(1)', { simple: true })
    if (says !== 'ok') return finding('damaged', String(says), schema)
    const known = knownMigrations()
    return finding(schema > known ? 'newer' : schema < known ? 'older' : 'sound', null, schema, workersOfAnySchema(db))
  } catch (error) {
    return troubleIn(file, error)
  } finally {
    db?.close()
  }
}

const troubleIn = (file: string, error: unknown): Finding => {
  if (!(error instanceof Database.SqliteError)) throw error
  if (error.code.startsWith('SQLITE_BUSY')) return finding('locked', holderOf(file))
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) return finding('damaged', error.message)
  return finding('unusable', fileTrouble(file, error)?.message ?? error.message)
}

/** Takes the lock for writing and gives it back. */
const lockHolder = (file: string): string | null => {
  const db = new Database(file, { fileMustExist: true, timeout: PATIENCE_MS })
  try {
    db.exec('begin immediate; rollback')
    return null
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return holderOf(file)
    return null // a disk that cannot be written is told by who writes
  } finally {
    db.close()
  }
}

const holderOf = (file: string): string => {
  const owner = lockOwner(file)
  if (owner === null) return 'another process'
  return `process ${owner.pid}${owner.command === null ? '' : ` (${owner.command})`}`
}

const sizes = (file: string): Pick<DatabaseLook, 'bytes' | 'logBytes' | 'freeBytes' | 'othersMay'> => {
  const found = statOf(file)
  const mode = process.platform === 'win32' ? 0 : (found?.mode ?? 0)
  return {
    bytes: found?.size ?? 0,
    logBytes: statOf(`${file}-wal`)?.size ?? 0,
    freeBytes: freeBeside(file),
    othersMay: { read: (mode & 0o044) !== 0, write: (mode & 0o022) !== 0 },
  }
}

const statOf = (path: string) => {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/** Of the nearest folder that is there: the database may be made in one that is not yet. */
const freeBeside = (file: string): number => {
  const folder = dirname(file)
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return folder === file ? 0 : freeBeside(folder)
  }
}

const refusedBeside = (file: string): readonly RefusedFile[] => {
  const folder = dirname(file)
  const refusal = folderRefusal(folder)
  if (refusal !== null) return existsSync(folder) ? [{ file: folder, ...refusal }] : []
  return namesBeside(file).flatMap((name) => {
    const found = refusalOf(name, 'write')
    return found === null ? [] : [{ file: name, ...found }]
  })
}

/** The database, and what belongs to it. */
const namesBeside = (file: string): readonly string[] => {
  const own = /^(?:|-wal|-shm|-journal|\.lock|-outcomes-.*)$/
  try {
    return readdirSync(dirname(file))
      .filter((name) => name.startsWith(basename(file)) && own.test(name.slice(basename(file).length)))
      .map((name) => join(dirname(file), name))
  } catch {
    return []
  }
}

const journalsBeside = (file: string): readonly number[] => {
  const start = `${basename(file)}-outcomes-`
  try {
    return readdirSync(dirname(file))
      .filter((name) => name.startsWith(start))
      .map((name) => Number.parseInt(name.slice(start.length), 10))
      .filter((worker) => !Number.isNaN(worker))
  } catch {
    return []
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')
