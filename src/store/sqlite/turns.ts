// A large piece of work in short transactions: whoever else writes gets a turn after each of them.
import type { Database } from 'better-sqlite3'
import type { Connection } from './connection.ts'

export interface Turns {
  /** How many rows the next transaction takes, going by how long the last one held the lock. */
  rows(): number
  /** One transaction of that many rows; then the others' turn. */
  take<T>(body: () => T): Promise<T>
}

const FIRST_ROWS = 1_000
const FEWEST_ROWS = 100
const MOST_ROWS = 5_000

/**
 * A transaction is to hold the lock this long, its commit included: less beside others that write, for one that misses a pause
 * waits for two of them; more where nobody has written since the last turn, for each transaction writes most pages of the index
 * of phones anew, however few rows it has.
 */
const HOLD_MS = { beside: 20, alone: 45 }

/** The lock stays free for this part of the time it was held: who waits for it looks every 1 to 3 ms (writer.ts). */
const PAUSE_SHARE = 1 / 10

/**
 * Pages of the log at which this work copies them into the file itself. Every connection does so at 4,000, inside a commit of
 * its own: a small writer that came to that point beside a large import waited 100 ms for it. Beside a writer that never pauses
 * the log was moreover never wholly copied, grew to 2 GB, and whoever cut it back to 64 MB waited 2.5 s.
 */
const LOG_PAGES = 3_000

export const openTurns = (connection: Connection): Turns => {
  const { db, clock } = connection
  const dataVersion = db.prepare<[], number>('pragma data_version').pluck()
  let version: number | undefined
  let rows = FIRST_ROWS
  return {
    rows: () => rows,
    take: async (body) => {
      let began = 0
      const result = await writeOnly(connection, () => {
        began = clock.monotonic()
        return body()
      })
      const held = clock.monotonic() - began
      keepLogShort(db)
      await clock.sleep(Math.max(1, held * PAUSE_SHARE))
      const before = version
      version = dataVersion.get()
      const wanted = version === before ? HOLD_MS.alone : HOLD_MS.beside
      const fitting = Math.round((rows * wanted) / Math.max(1, held))
      rows = Math.max(FEWEST_ROWS, Math.min(fitting, rows * 2, MOST_ROWS))
      return result
    },
  }
}

/** A write whose commit copies nothing from the log into the file: that time is not the lock's. */
const writeOnly = async <T>({ db, write }: Connection, body: () => T): Promise<T> => {
  const usual = Number(db.pragma('wal_autocheckpoint', { simple: true }))
  db.pragma('wal_autocheckpoint = 0')
  try {
    return await write(body)
  } finally {
    db.pragma(`wal_autocheckpoint = ${usual}`)
  }
}

/**
 * Only a log that is wholly copied is begun anew by the next write. `passive` holds nobody up, but whoever waited for the lock
 * writes meanwhile: there is little left for the second. `restart` copies what is left then with the lock in its hand.
 */
const keepLogShort = (db: Database): void => {
  if (checkpoint(db, 'noop').log < LOG_PAGES) return
  for (const mode of ['passive', 'passive', 'restart'] as const) {
    checkpoint(db, mode)
    const { log, checkpointed } = checkpoint(db, 'noop') // the answer of the other modes knows nothing of what came while they ran
    if (checkpointed >= log) return
  }
}

interface LogState {
  /** Pages in the log. */
  readonly log: number
  /** Of these, pages that are in the file already. */
  readonly checkpointed: number
}

const checkpoint = (db: Database, mode: 'noop' | 'passive' | 'restart'): LogState =>
  db.prepare<[], LogState>(`pragma wal_checkpoint(${mode})`).get() ?? { log: 0, checkpointed: 0 }
