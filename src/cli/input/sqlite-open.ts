// An SQLite file that belongs to another program, opened so that nothing can be written into it.
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import Database from 'better-sqlite3'
import { Fixable } from '../../domain/errors.ts'
import { visible } from '../../domain/visible.ts'
import { clearPartsBeside, partOf } from '../../files/part-names.ts'

export interface OpenedDatabase {
  readonly db: Database.Database
  close(): Promise<void>
}

/** Another program may hold its lock for the moment of a commit. */
const PATIENCE_MS = 5_000

/**
 * In a folder that cannot be written, SQLite reads no file in WAL mode, for it has nowhere to put the index of its log: such a
 * one is read as a copy, with its log. Nobody who cannot write the folder changes the file meanwhile.
 */
export const openReadOnly = async (path: string, name: string): Promise<OpenedDatabase> => {
  try {
    const db = open(path)
    return { db, close: async () => void db.close() }
  } catch (error) {
    if (!/^SQLITE_(CANTOPEN|READONLY)/.test(codeOf(error))) throw sqliteTrouble(error, name)
  }
  const folder = partOf(join(tmpdir(), 'notify-import'), 'copy')
  clearPartsBeside(folder) // it may hold a whole address book
  await mkdir(folder, { mode: 0o700 })
  const removeCopy = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, 'copy.db')
    for (const end of ['', '-wal']) {
      if (existsSync(path + end))
        await pipeline(createReadStream(path + end), createWriteStream(copy + end, { mode: 0o600 }))
    }
    const db = open(copy)
    const close = async (): Promise<void> => {
      db.close()
      await removeCopy()
    }
    return { db, close }
  } catch (error) {
    await removeCopy()
    throw sqliteTrouble(error, name)
  }
}

/** Its first read is what finds out whether it can be read. */
const open = (path: string): Database.Database => {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: PATIENCE_MS })
  try {
    db.pragma('query_only = on')
    db.pragma('trusted_schema = off')
    db.prepare('select count(*) from sqlite_schema').get()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** What SQLite says, as a person can fix it; any other error as it is. */
export const sqliteTrouble = (error: unknown, name: string): unknown => {
  const code = codeOf(error)
  if (error instanceof Fixable || !(error instanceof Error) || !code.startsWith('SQLITE_')) return error
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new Fixable('input', `${name} is locked by another program`, 'Run it again when that has finished writing.')
  }
  if (/^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(code)) {
    return new Fixable(
      'input',
      `${name} is damaged: ${visible(error.message)}`,
      'Copy it anew, with the program that owns it stopped.',
    )
  }
  return new Fixable(
    'input',
    `${name} cannot be read: ${visible(error.message)}`,
    'Check --table, --query and the file.',
  )
}
