// Writes, one after another: each waits for a locked database, or a full disk, without stopping the event loop.
import type Database from 'better-sqlite3'
import type { Clock } from '../../clock.ts'
import { Fixable } from '../../domain/errors.ts'
import type { Patience } from '../outcome-store.ts'
import { fileTrouble } from './file-trouble.ts'
import { lockOwner } from './lock-owner.ts'
import type { Standing } from './standing.ts'
import { type Trouble, troubleOf } from './trouble.ts'

/** Hears of a database that stays locked, and by whom where that can be known: after 10 s, and then every minute. */
export type LockWatch = (lock: { readonly seconds: number; readonly pid: number | null }) => void

/** What a command has that sends nothing: on a full disk it can only end, and be run again. */
const USUAL_PATIENCE: Patience = { lockedMs: 60_000, fullMs: 0 }

/**
 * SQLite's lock is unfair: whoever asks at the right moment has it. Asking every 1-3 ms at first finds the short pauses of a
 * writer in chunks (waits of 117 ms at worst became 10 to 75 ms); after that, every 20 ms is enough.
 */
const EAGER_MS = 200
/** A full disk is looked at again after this, and a little more. */
const FULL_PAUSE_MS = 200

const ALARM_MS = 10_000
const ALARM_AGAIN_MS = 60_000

/** Who has not failed for so long is not waiting any more: the next failure is the first of another wait. */
const SAME_WAIT_MS = 5_000
/** A wait that kept workers from their beats. */
const LONG_WAIT_MS = 1_000

export interface Writer {
  write<T>(body: () => T): Promise<T>
  setPatience(patience: Patience): void
  writableSince(): number
}

interface WriterPowers {
  readonly file: string
  readonly clock: Clock
  readonly watch: LockWatch
  readonly standing: Standing
}

/** Writes into this database, and only while it stands: what it says to be written is in the files at its name. After an error of the disk it writes nothing more: what is in the file then is not known. */
export const openWriter = (db: Database.Database, { file, clock, watch, standing }: WriterPowers): Writer => {
  let patience = USUAL_PATIENCE
  let last: Promise<void> = Promise.resolve()
  let waiting = 0
  let poison: { readonly error: unknown } | undefined
  const wait = openWait(file, clock, watch)

  const attempt = <T>(transaction: Database.Transaction<() => T>): T => {
    if (poison !== undefined) throw poison.error
    standing.confirm()
    const result = transaction.immediate()
    wait.isOver()
    standing.confirmNow()
    return result
  }
  /** Resolves when it is worth another attempt; rejects when it is not, or patience is over. */
  const afterFailure = async (error: unknown): Promise<void> => {
    const trouble = troubleOf(error, file)
    if (trouble === 'broken') {
      standing.confirmNow() // a log that was taken away reads like a disk that fails
      poison = { error }
    }
    if (trouble === null || trouble === 'broken') throw fileTrouble(file, error) ?? error
    const waited = wait.note(trouble)
    if (waited < (trouble === 'locked' ? patience.lockedMs : patience.fullMs))
      return clock.sleep(pause(trouble, waited))
    throw trouble === 'locked' ? lockedError(file, waited) : error
  }
  const pause = (trouble: Trouble, waited: number): number =>
    trouble === 'full' ? FULL_PAUSE_MS * (1 + clock.random()) : 1 + clock.random() * (waited < EAGER_MS ? 2 : 20)

  const persist = async <T>(transaction: Database.Transaction<() => T>): Promise<T> => {
    for (;;) {
      try {
        return attempt(transaction)
      } catch (error) {
        await afterFailure(error)
      }
    }
  }
  /** Only the first of those that wait asks for the lock: each attempt may stop the event loop for some milliseconds. */
  const inTurn = async <T>(transaction: Database.Transaction<() => T>, failure?: { error: unknown }): Promise<T> => {
    const before = last
    let isDone = (): void => undefined
    last = new Promise((resolve) => {
      isDone = resolve
    })
    waiting += 1
    try {
      await before
      if (failure !== undefined) await afterFailure(failure.error)
      return await persist(transaction)
    } finally {
      waiting -= 1
      isDone()
    }
  }

  return {
    write: async (body) => {
      const transaction = db.transaction(body)
      if (waiting > 0) return inTurn(transaction)
      try {
        return attempt(transaction)
      } catch (error) {
        return inTurn(transaction, { error })
      }
    },
    setPatience: (next) => {
      patience = next
    },
    writableSince: wait.endedAt,
  }
}

/** The wait of all writes together: since when, and who has been told. */
const openWait = (file: string, clock: Clock, watch: LockWatch) => {
  let began = 0
  let lastFailure = Number.NEGATIVE_INFINITY
  let alarmAfter = ALARM_MS
  let endedAt = 0
  return {
    /** A write failed: returns how long the wait is by now. */
    note: (trouble: Trouble): number => {
      const now = clock.monotonic()
      if (now - lastFailure > SAME_WAIT_MS) {
        began = now
        alarmAfter = ALARM_MS
      }
      lastFailure = now
      const waited = now - began
      if (trouble === 'locked' && waited >= alarmAfter) {
        alarmAfter += ALARM_AGAIN_MS
        watch({ seconds: Math.round(waited / 1_000), pid: lockOwner(file)?.pid ?? null })
      }
      return waited
    },
    /** A write went through. */
    isOver: (): void => {
      if (lastFailure === Number.NEGATIVE_INFINITY) return
      if (lastFailure - began >= LONG_WAIT_MS) endedAt = clock.monotonic()
      lastFailure = Number.NEGATIVE_INFINITY
    },
    /** During a long wait, and in the write that ends it: now. */
    endedAt: (): number => (lastFailure - began >= LONG_WAIT_MS ? clock.monotonic() : endedAt),
  }
}

/** Names who holds the lock, where that can be known. */
export const lockedError = (file: string, waited: number): Fixable => {
  const owner = lockOwner(file)
  const seconds = Math.round(waited / 1_000)
  if (owner === null) {
    const hint = 'See who holds it (fuser, lsof), then run the command again.'
    return new Fixable('busy', `the database ${file} has been locked by another process for ${seconds} s`, hint)
  }
  const who = owner.command === null ? `process ${owner.pid}` : `process ${owner.pid} (${owner.command})`
  return new Fixable(
    'busy',
    `the database ${file} has been locked for ${seconds} s by ${who}`,
    'Wait until it is done, or end it, then run the command again.',
  )
}
