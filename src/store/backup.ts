// The backup: the database as it is at one moment, copied page by page while others write, checked, and put in place whole.
import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { damagedDatabase, Fixable } from '../domain/errors.ts'
import { isoUtc } from '../domain/local-time.ts'
import { type CountByState, type MessageState, noMessages } from '../domain/message.ts'
import type { BackupOptions, Manifest } from './installation-store.ts'
import { belongsTo, makePrivate, removeDatabase, sha256Of, syncFile, syncFolderOf, writePrivate } from './whole-file.ts'

/** Pages copied in one go, 1 MB: between them a signal is heard and progress is told. */
const PAGES = 256

/** Where the manifest of a backup is. */
export const manifestOf = (backup: string): string => `${backup}.json`

export const backUp = async (database: string, file: string, options: BackupOptions): Promise<Manifest> => {
  refusePlace(database, file, options.mayReplace)
  const part = `${file}.part-${process.pid}`
  try {
    const like = modelFor(part, database)
    makePart(part, like)
    await copyPages(database, part, options)
    refuseStopped(options.stop)
    const content = contentOf(part, database)
    syncFile(part)
    const size = statSync(part).size
    const manifest: Manifest = { time: isoUtc(options.now), ...content, size, sha256: await sha256Of(part) }
    writePrivate(manifestOf(part), `${JSON.stringify(manifest, null, 2)}\n`, like)
    refuseStopped(options.stop)
    refusePlace(database, file, options.mayReplace) // somebody may have been quicker
    putInPlace(part, file)
    return manifest
  } finally {
    removeDatabase(part)
    rmSync(manifestOf(part), { force: true })
  }
}

const refusePlace = (database: string, file: string, mayReplace: boolean): void => {
  if (belongsTo(file, database)) {
    throw new Fixable('usage', `"${file}" is the database itself, or belongs to it`, 'Name another file.')
  }
  if (!existsSync(dirname(file))) throw new Fixable('usage', `the folder of "${file}" is not there`, 'Make it first.')
  const there = [file, manifestOf(file)].find((name) => existsSync(name))
  if (there === undefined) return
  if (!statSync(there).isFile()) throw new Fixable('usage', `"${there}" is not a file`, 'Name another file.')
  if (!mayReplace)
    throw new Fixable('no', `${there} is there already: nothing is changed`, 'Say --force to replace it.')
}

/** Made by root in a folder of the database's owner it is theirs; elsewhere it belongs to who makes it. */
const modelFor = (part: string, database: string): string => {
  const folder = dirname(part)
  return statSync(folder).uid === statSync(database).uid ? database : part
}

const makePart = (part: string, like: string): void => {
  try {
    makePrivate(part, like)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new Fixable(
      'failed',
      `${part} cannot be written (${code})`,
      'Check the owner and the permissions of its folder.',
    )
  }
}

/**
 * By SQLite's backup API, on a connection of its own that reads one snapshot: without it the copy would begin anew at every
 * commit of another process, and never end beside a daemon that sends. Writers go on; only the -wal grows meanwhile.
 */
const copyPages = async (database: string, part: string, { stop, onProgress }: BackupOptions): Promise<void> => {
  const source = new Database(database, { readonly: true, fileMustExist: true })
  try {
    source.exec('begin')
    source.prepare('select id from installation').get() // the snapshot is of this moment
    await source.backup(part, {
      progress: ({ totalPages, remainingPages }) => {
        refuseStopped(stop)
        const done = totalPages - remainingPages
        onProgress(done, totalPages === 0 ? 0 : done / totalPages)
        return PAGES
      },
    })
  } finally {
    source.close()
  }
}

const refuseStopped = (stop: AbortSignal): void => {
  if (stop.aborted) throw new Fixable('interrupted', 'stopped: no backup was made')
}

/** Checks the copy as a whole, and counts what is in it. One file from here on: it can be read where nothing can be written. */
const contentOf = (part: string, database: string): Omit<Manifest, 'time' | 'size' | 'sha256'> => {
  const db = new Database(part)
  try {
    db.pragma('journal_mode = delete')
    const says = db.pragma('integrity_check(1)', { simple: true })
    if (says !== 'ok') throw damagedDatabase(database, `its copy fails the check, and is not kept: ${String(says)}`)
    const one = (sql: string): unknown => db.prepare(sql).pluck().get()
    return {
      installation: String(one('select id from installation')),
      schema: Number(db.pragma('user_version', { simple: true })),
      recipients: Number(one('select count(*) from recipients')),
      mailings: Number(one('select count(*) from mailings')),
      messages: messagesIn(db),
    }
  } finally {
    db.close()
  }
}

const messagesIn = (db: Database.Database): CountByState => {
  const states = noMessages()
  const counts = db.prepare<[], { state: MessageState; count: number }>(
    'select state, count(*) as count from messages group by state',
  )
  for (const { state, count } of counts.all()) states[state] = count
  return states
}

/** The old manifest goes first: a backup beside one that is not its own would be refused. */
const putInPlace = (part: string, file: string): void => {
  rmSync(manifestOf(file), { force: true })
  renameSync(part, file)
  renameSync(manifestOf(part), manifestOf(file))
  syncFolderOf(file)
}
