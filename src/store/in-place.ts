// The database in whose place a backup is put: in use or not, locked meanwhile, and kept under another name.
import { existsSync, linkSync, renameSync } from 'node:fs'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import { Fixable } from '../domain/errors.ts'
import { isoUtc } from '../domain/local-time.ts'
import { syncFolderOf } from '../files/sync.ts'
import { APPLICATION_ID } from './sqlite/connection.ts'
import { workersOfAnySchema } from './sqlite/workers.ts'
import { openSign } from './whole-file.ts'
import type { Worker } from './worker-store.ts'

/** A database that is open, or was left so by a process that was killed, has a -wal beside it, and may not be replaced. */
export const refuseOpen = (place: string): void => {
  const sign = openSign(place)
  if (sign === undefined) return
  throw new Fixable(
    'state',
    `${place} is in use, or was left open: ${basename(sign)} is beside it`,
    'Stop the daemon and cron. If nothing uses it, `notify stats` closes it; if that fails, move it and its -wal and -shm away together.',
  )
}

/** Workers that the database knows of; none where it cannot be read. */
export const workersOf = (place: string): readonly Worker[] => {
  const db = openOurs(place)
  try {
    return db === null ? [] : workersOfAnySchema(db)
  } catch (error) {
    if (isUnreadable(error)) return []
    throw error
  } finally {
    db?.close()
  }
}

/** null: it is damaged, so that nobody can work with it. */
const openOurs = (place: string): Database.Database | null => {
  const db = new Database(place, { timeout: 1_000 })
  try {
    const id = db.pragma('application_id', { simple: true })
    if (id === APPLICATION_ID || id === 0) return db
  } catch (error) {
    db.close()
    if (isUnreadable(error)) return null
    throw error
  }
  db.close()
  throw new Fixable('state', `${place} is a database of another program`, 'Name another file in `database`.')
}

const isUnreadable = (error: unknown): boolean =>
  error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB|ERROR)/.test(error.code)

/**
 * Nobody has it open, and nobody can open it until the lock is closed; who waits for that finds the file replaced
 * (src/store/sqlite/connection.ts). null: there is nothing to lock.
 */
export const lockInPlace = (place: string): Database.Database | null => {
  refuseOpen(place)
  if (!existsSync(place)) return null
  const db = openOurs(place)
  try {
    db?.pragma('locking_mode = exclusive')
    db?.pragma('journal_mode = delete') // one file, under its new name too
    db?.exec('begin exclusive')
    return db
  } catch (error) {
    db?.close()
    if (isUnreadable(error)) return null
    refuseOpen(place)
    throw error
  }
}

/** At no moment is there no database, so that nobody makes a new one. Returns the name under which the old one is kept. */
export const replace = (place: string, copy: string, now: number): string | null => {
  const kept = existsSync(place) ? keep(place, now) : null
  renameSync(copy, place)
  syncFolderOf(place)
  return kept
}

/** notify.db.replaced-20211022T0900Z, with a number behind it where that is taken: nothing is ever overwritten. */
const keep = (place: string, now: number): string => {
  const minute = isoUtc(now).slice(0, 16).replaceAll(/[-:]/g, '')
  for (let number = 1; ; number += 1) {
    const kept = `${place}.replaced-${minute}Z${number === 1 ? '' : `-${number}`}`
    if (existsSync(kept)) continue
    try {
      linkSync(place, kept)
    } catch {
      renameSync(place, kept) // a file system without links
    }
    return kept
  }
}
