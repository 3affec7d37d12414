// Looks at the rows while others work on them: sums, rows at their end, the fence, and whose hand they are in.
import Database from 'better-sqlite3'
import { monotonicMs } from './ledger-book.ts'

export interface Watched {
  readonly looks: number
  readonly longestRescue: number
  readonly breaches: readonly { readonly kind: string; readonly what: string }[]
}

export interface RowWatch {
  look(): void
  /** How many rows had not come to their end at the last look. */
  open(): number
  /** From now on rows in the hand of this process are rows of a dead one. */
  died(pid: number): void
  result(): Watched
  close(): void
}

/** Of more rows than these, only every n-th is compared with what it was. */
const MOST_COMPARED = 5_000

interface Seen {
  readonly id: number
  readonly state: string
  readonly attempts: number
  readonly settledAt: number | null
  readonly reason: string | null
}

interface Hand {
  readonly worker: number
  readonly pid: number | null
  readonly count: number
}

const OPEN = new Set(['scheduled', 'sending'])

/** `imported`: how many rows there are to be in every look (I8). */
export const watchRows = (file: string, imported: number): RowWatch => {
  const db = new Database(file, { readonly: true })
  const compared = JSON.stringify(everyNth(db, Math.ceil(imported / MOST_COMPARED)))
  const counts = db.prepare<[], { state: string; count: number }>(
    'select state, count(*) as count from messages group by 1',
  )
  const sample = db.prepare<[string], Seen>(
    `select id, state, attempts, settled_at as settledAt, reason from messages
     where id in (select value from json_each(?))`,
  )
  const hands = db.prepare<[], Hand>(
    `select m.worker_id as worker, w.pid, count(*) as count from messages m indexed by messages_in_hand
     left join workers w on w.id = m.worker_id where m.state = 'sending' and m.worker_id is not null group by 1`,
  )
  const deaths = new Map<number, number>()
  const breaches: { kind: string; what: string }[] = []
  let before = new Map<number, Seen>()
  let longestRescue = 0
  let looks = 0
  let open = imported

  const compare = (now: Seen): void => {
    const then = before.get(now.id)
    if (then === undefined) return
    if (!OPEN.has(then.state) && JSON.stringify(then) !== JSON.stringify(now))
      breaches.push({
        kind: 'I5',
        what: `message ${now.id} was ${JSON.stringify(then)} and became ${JSON.stringify(now)}`,
      })
    // an attempt is given back when nothing was tried, and only by who has the row in hand
    if (now.attempts < then.attempts - (then.state === 'sending' ? 1 : 0))
      breaches.push({
        kind: 'I6',
        what: `the fence of message ${now.id} fell from ${then.attempts} to ${now.attempts}`,
      })
  }
  const lookAtHands = (now: number, inHand: readonly Hand[]): void => {
    for (const { worker, pid, count } of inHand) {
      if (pid === null)
        breaches.push({ kind: 'I7', what: `${count} rows are in the hand of worker ${worker}, who is not there` })
      const diedAt = pid === null ? undefined : deaths.get(pid)
      if (diedAt !== undefined) longestRescue = Math.max(longestRescue, now - diedAt)
    }
  }
  /** One transaction: all of it is of the same moment. */
  const read = db.transaction(() => ({ states: counts.all(), rows: sample.all(compared), inHand: hands.all() }))

  return {
    look: () => {
      const began = monotonicMs()
      const { states, rows, inHand } = read()
      looks += 1
      const sum = states.reduce((total, { count }) => total + count, 0)
      if (sum !== imported)
        breaches.push({ kind: 'I8', what: `${sum} rows instead of ${imported}: ${JSON.stringify(states)}` })
      for (const row of rows) compare(row)
      before = new Map(rows.map((row) => [row.id, row]))
      lookAtHands(began, inHand)
      open = states.reduce((total, { state, count }) => total + (OPEN.has(state) ? count : 0), 0)
    },
    open: () => open,
    died: (pid) => {
      deaths.set(pid, monotonicMs())
    },
    result: () => ({ looks, longestRescue, breaches }),
    close: () => void db.close(),
  }
}

const everyNth = (db: Database.Database, n: number): readonly number[] =>
  db.prepare<[number], number>('select id from messages where id % ? = 0').pluck().all(n)
