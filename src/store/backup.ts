// The backup: the database as it is at one moment, copied page by page while others write, checked, and put in place whole.
import { lstatSync, rmSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { damagedDatabase, Fixable } from '../domain/errors.ts'
import { isoUtc } from '../domain/local-time.ts'
import { type CountByState, type MessageState, noMessages } from '../domain/message.ts'
import { visible } from '../domain/visible.ts'
import { openFile, type PartFile } from '../files/output-file.ts'
import { asDatabase } from '../files/own-files.ts'
import { readPlainFile } from '../plain-file.ts'
import type { BackupOptions, Manifest } from './installation-store.ts'
import { sha256Of } from './whole-file.ts'

/** Pages copied in one go, 1 MB: between them a signal is heard and progress is told. */
const PAGES = 256

/** Where the manifest of a backup is. */
export const manifestOf = (backup: string): string => `${backup}.json`

export const backUp = async (database: string, file: string, options: BackupOptions): Promise<Manifest> => {
  const { copy, manifest } = await openBoth(database, file, options)
  try {
    await copyPages(database, copy.part, options)
    refuseStopped(options.stop)
    const content = contentOf(copy.part, database)
    await copy.complete()
    const { size } = statSync(copy.part)
    const written: Manifest = { time: isoUtc(options.now), ...content, size, sha256: await sha256Of(copy.part) }
    await manifest.write(`${JSON.stringify(written, null, 2)}\n`)
    await manifest.complete()
    refuseStopped(options.stop)
    if (options.mayReplace) rmSync(manifestOf(file), { force: true }) // beside one that is not its own a backup would be refused
    await copy.finish()
    await manifest.finish()
    return written
  } finally {
    await copy.discard()
    await manifest.discard()
  }
}

const openBoth = async (
  database: string,
  file: string,
  { mayReplace, name = file, own = [] }: BackupOptions,
): Promise<{ readonly copy: PartFile; readonly manifest: PartFile }> => {
  const rules = { name, own: [asDatabase(database), ...own], mayReplace, thereIs: 'no' } as const
  refuseNoManifest(file, name)
  const copy = await openFile(file, { ...rules, isDatabase: true })
  try {
    return { copy, manifest: await openFile(manifestOf(file), { ...rules, name: manifestOf(name) }) }
  } catch (error) {
    await copy.discard()
    throw error
  }
}

/** Nobody has named this one: a file of another kind that happens to be called so stays. */
const refuseNoManifest = (file: string, name: string): void => {
  const found = lstatSync(manifestOf(file), { throwIfNoEntry: false })
  if (found?.isFile() !== true || readManifest(file) !== null) return
  throw new Fixable(
    'usage',
    `"${visible(manifestOf(name))}", where its manifest would be, is something else`,
    'Name another file.',
  )
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

const LARGEST_MANIFEST = 64 * 1024

/** What stands beside the backup; null: it is no manifest, or cannot be read. */
export const readManifest = (backup: string): Manifest | null => {
  try {
    const found = readPlainFile(manifestOf(backup), LARGEST_MANIFEST)
    const manifest: unknown = found.ok ? JSON.parse(found.bytes.toString()) : null
    return isManifest(manifest) ? manifest : null
  } catch {
    return null
  }
}

/** What a restore needs of it. */
const isManifest = (value: unknown): value is Manifest =>
  typeof value === 'object' &&
  value !== null &&
  'sha256' in value &&
  typeof value.sha256 === 'string' &&
  'time' in value &&
  typeof value.time === 'string' &&
  !Number.isNaN(Date.parse(value.time))
