// One connection to one SQLite file: pragmas set and read back, short writes, busy answered without stopping the event loop.
import Database from 'better-sqlite3'
import type { Clock } from '../../clock.ts'
import { Fixable } from '../../domain/errors.ts'

/** 'noti' in ASCII: a file with another application_id is not ours. */
export const APPLICATION_ID = 0x6e6f7469

/** Below it the WAL-reset bug can lose a commit. */
const OLDEST_SQLITE = '3.51.3'

/** better-sqlite3 waits for a lock by stopping the event loop: while opening it may, later only this long; then we wait asynchronously. */
const OPENING_TIMEOUT_MS = 5_000
const BUSY_TIMEOUT_MS = 5

/**
 * SQLite's lock is unfair: whoever asks at the right moment has it. Asking every 1-3 ms at first finds the short pauses of a
 * writer in chunks (waits of 117 ms at worst became 10 to 75 ms); after that, every 20 ms is enough.
 */
const EAGER_MS = 200

/** After this long a locked database is an error. */
const BUSY_PATIENCE_MS = 60_000

export interface Connection {
  readonly db: Database.Database
  /** Runs `body` in BEGIN IMMEDIATE … COMMIT. `body` is synchronous and short; it may run again when the lock was busy. */
  write<T>(body: () => T): Promise<T>
}

/** Opens (and makes, when absent) the file. Fails with Fixable when it is not ours or cannot be used safely. */
export const openConnection = (file: string, clock: Clock): Connection => {
  const db = new Database(file, { timeout: OPENING_TIMEOUT_MS })
  try {
    refuseStrangers(db, file)
    setPragmas(db, file)
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
  } catch (error) {
    db.close()
    throw error
  }
  return { db, write: (body) => writeWhenFree(db, clock, body) }
}

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
    ['temp_store', 1], // staging areas rest in files, not in memory
  ] as const
  for (const [name, value] of wanted) {
    db.pragma(`${name} = ${value}`)
    const got = db.pragma(name, { simple: true })
    if (got !== value) {
      throw new Fixable('failed', `${file}: SQLite answers ${name} = ${String(got)}, not ${value}`, 'Use a local disk.')
    }
  }
  db.pragma('journal_size_limit = 67108864')
  db.pragma('wal_autocheckpoint = 4000') // 16 MB: a page that many commits touch is copied into the file once
  db.pragma('cache_size = -8000')
}

const writeWhenFree = async <T>(db: Database.Database, clock: Clock, body: () => T): Promise<T> => {
  const transaction = db.transaction(body)
  const began = clock.now()
  for (;;) {
    try {
      return transaction.immediate()
    } catch (error) {
      const waited = clock.now() - began
      if (!isBusy(error) || waited > BUSY_PATIENCE_MS) throw error
      await clock.sleep(1 + clock.random() * (waited < EAGER_MS ? 2 : 20))
    }
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Database.SqliteError && (error.code === 'SQLITE_BUSY' || error.code === 'SQLITE_BUSY_SNAPSHOT')

/** '3.51.3' -> 3_051_003. Not localeCompare: the first collator of a process takes 5 ms. */
const numberOf = (version: string): number => version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0)
