// One connection to one SQLite file: pragmas set and read back, short writes, busy answered without stopping the event loop.
import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Clock } from '../../clock.ts'
import { Fixable, nameDamage } from '../../domain/errors.ts'
import type { Patience } from '../outcome-store.ts'
import { fileTrouble } from './file-trouble.ts'
import { openStanding, type Standing } from './standing.ts'
import { troubleOf } from './trouble.ts'
import { type LockWatch, lockedError, openWriter } from './writer.ts'

/** 'noti' in ASCII: a file with another application_id is not ours. */
export const APPLICATION_ID = 0x6e6f7469

/** Below it the WAL-reset bug can lose a commit. */
const OLDEST_SQLITE = '3.51.3'

/** better-sqlite3 waits for a lock by stopping the event loop: only this long; then we wait asynchronously. */
const BUSY_TIMEOUT_MS = 5

/** An opening is kept waiting by who makes the file, mends it after a crash, or has it for himself. */
const OPENING_PATIENCE_MS = 60_000

export interface Connection {
  readonly db: Database.Database
  readonly clock: Clock
  /**
   * Runs `body` in BEGIN IMMEDIATE … COMMIT. `body` is synchronous and short; it may run again when the lock was busy. Waits
   * as long as patience says.
   */
  write<T>(body: () => T): Promise<T>
}

/** The same, with what its process may say of waiting. */
export interface PatientConnection extends Connection {
  setPatience(patience: Patience): void
  /** Monotonic: when writes went through again after a long wait; 0: there was none. */
  writableSince(): number
  readonly standing: Standing
}

/** Opens (and makes, when absent) the file. Fails with Fixable when it is not ours or cannot be used safely. */
export const openConnection = (file: string, clock: Clock, watch: LockWatch = () => undefined): PatientConnection => {
  for (;;) {
    const before = inodeOf(file)
    const db = openFile(file)
    try {
      refuseStrangers(db, file) // its first read waits for the lock of a restore
      // replaced meanwhile: SQLite would find the -wal of the new file by its name, and write the old one into it
      if (before !== null && inodeOf(file) !== before) {
        db.close()
        continue
      }
      setPragmas(db, file)
    } catch (error) {
      db.close()
      throw fileTrouble(file, error) ?? nameDamage(error, file)
    }
    const standing = openStanding(db, file, clock)
    return { db, clock, standing, ...openWriter(db, { file, clock, watch, standing }) }
  }
}

const openFile = (file: string): Database.Database => {
  try {
    return new Database(file, { timeout: BUSY_TIMEOUT_MS })
  } catch (error) {
    throw fileTrouble(file, error) ?? error
  }
}

/** Does again what the database was too busy for, for a minute; `body` undoes what it began. */
export const whenFree = async <T>(file: string, clock: Clock, body: () => T): Promise<T> => {
  const began = clock.monotonic()
  for (;;) {
    try {
      return body()
    } catch (error) {
      if (troubleOf(error, file) !== 'locked') throw error
      const waited = clock.monotonic() - began
      if (waited > OPENING_PATIENCE_MS) throw lockedError(file, waited)
      await clock.sleep(1 + clock.random() * 9)
    }
  }
}

const inodeOf = (file: string): bigint | null => statSync(file, { bigint: true, throwIfNoEntry: false })?.ino ?? null

const refuseStrangers = (db: Database.Database, file: string): void => {
  const version = versionOf(db)
  if (numberOf(version) < numberOf(OLDEST_SQLITE)) {
    throw new Fixable(
      'failed',
      `SQLite ${version} is too old: ${OLDEST_SQLITE} or newer is needed`,
      'Run npm ci again.',
    )
  }
  const id = db.pragma('application_id', { simple: true })
  const tables = Number(db.prepare('select count(*) from sqlite_master').pluck().get())
  if (id !== APPLICATION_ID && (id !== 0 || tables > 0)) {
    throw new Fixable(
      'config',
      `${file} is a database of another program`,
      'Name another file in `database` or NOTIFY_DATABASE_URL.',
    )
  }
}

const versionOf = (db: Database.Database): string => String(db.prepare('select sqlite_version()').pluck().get())

/** Version of the SQLite inside. Opens no file. */
export const sqliteVersion = (): string => {
  const db = new Database(':memory:')
  try {
    return versionOf(db)
  } finally {
    db.close()
  }
}

const setPragmas = (db: Database.Database, file: string): void => {
  // Set and read back on every open: a process that finds a WAL file gets synchronous = NORMAL, which loses commits at a power cut.
  const wanted = [
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['trusted_schema', 0],
    // What is deleted is overwritten, in whole pages that become free too, which FAST leaves as they were. Without it, and with
    // it, 40,000 messages took 22 to 34 and 25 to 26 µs each, and an import of 150,000 rows 2.7 to 3.1 and 2.6 to 3.0 s.
    ['secure_delete', 1],
    ['temp_store', 1], // staging areas rest in files, not in memory
  ] as const
  for (const [name, value] of wanted) {
    db.pragma(`${name} = ${value}`)
    const got = db.pragma(name, { simple: true })
    if (got !== value) {
      throw new Fixable(
        'failed',
        `${file} cannot be kept safe where it is: SQLite answers ${name} = ${String(got)}, not ${value}`,
        'Put it on a local disk, and name it in `database` or NOTIFY_DATABASE_URL.',
      )
    }
  }
  db.pragma('journal_size_limit = 67108864')
  db.pragma('wal_autocheckpoint = 4000') // 16 MB: a page that many commits touch is copied into the file once
  db.pragma('cache_size = -8000')
}

/** '3.51.3' -> 3_051_003. Not localeCompare: the first collator of a process takes 5 ms. */
const numberOf = (version: string): number => version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0)
