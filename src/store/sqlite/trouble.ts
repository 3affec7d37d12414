// What kind of trouble an error of SQLite is.
import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

/** locked: another process holds the lock; full: no room on the disk; broken: the disk or the file fails, nothing is certain. */
export type Trouble = 'locked' | 'full' | 'broken'

/** SQLite says SQLITE_FULL only where the write itself found no room; a quota, or the shared index of the log, it calls these. */
const PERHAPS_FULL = ['SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE']
const NO_ROOM = 1024 * 1024

const BROKEN = /^SQLITE_(IOERR|CORRUPT|NOTADB)/

/** null: no trouble of these kinds. */
export const troubleOf = (error: unknown, file: string): Trouble | null => {
  if (!(error instanceof Database.SqliteError)) return null
  if (/^SQLITE_(BUSY|PROTOCOL)/.test(error.code)) return 'locked'
  if (error.code === 'SQLITE_FULL') return 'full'
  if (PERHAPS_FULL.includes(error.code) && bytesFree(file) < NO_ROOM) return 'full'
  return BROKEN.test(error.code) ? 'broken' : null
}

const bytesFree = (file: string): number => {
  const { bavail, bsize } = statfsSync(dirname(file))
  return bavail * bsize
}
