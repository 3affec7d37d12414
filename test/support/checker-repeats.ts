// I3: what was sent again, and whether the deaths explain it.
import type { Breaches, Death, Evidence } from './evidence.ts'
import type { Book } from './ledger-stories.ts'

const FLUSH_MS = 20

export interface Repeats {
  readonly count: number
  readonly inFlight: number
  readonly unwritten: number
  readonly longestUnwritten: number
  readonly most: number
  readonly bound: number
}

/**
 * I3: a repeat follows the death of who had sent before it; all deaths together leave no more repeats than were in flight
 * (concurrency, exactly) or answered and unwritten (rate x flush time, on average).
 */
export const checkRepeats = (
  { deaths, concurrency, flushMs = FLUSH_MS }: Evidence,
  book: Book,
  breaches: Breaches,
): Repeats => {
  const dead = new Map(deaths.map((death) => [death.by, { death, inFlight: 0, unwritten: 0 }]))
  let longestUnwritten = 0
  for (const { key, before, after } of book.repeats) {
    const left = dead.get(before.by)
    if (left === undefined || after.mono < left.death.killedAt) {
      breaches.add(
        'I3',
        `key ${key} was sent by ${before.by}, answered yes, and sent again by ${after.by} though nobody died`,
      )
      continue
    }
    longestUnwritten = Math.max(longestUnwritten, left.death.killedAt - before.answeredAt)
    left[before.answeredAt < left.death.goneAt ? 'unwritten' : 'inFlight'] += 1
  }
  const all = [...dead.values()]
  for (const { death, inFlight } of all) {
    if (inFlight > concurrency)
      breaches.add(
        'I3',
        `${death.by} had ${inFlight} messages in flight at its end, at most ${concurrency} are allowed`,
      )
  }
  const sum = (count: (left: (typeof all)[number]) => number): number =>
    all.reduce((total, left) => total + count(left), 0)
  const bound = sum(
    ({ death }) => concurrency + (rateOf(book.instants.get(death.by) ?? [], death) * flushMs) / 1_000 + 1,
  )
  const [inFlight, unwritten] = [sum((left) => left.inFlight), sum((left) => left.unwritten)]
  if (inFlight + unwritten > bound)
    breaches.add(
      'I3',
      `${all.length} kills left ${inFlight + unwritten} repeats, at most ${Math.floor(bound)} are allowed`,
    )
  const most = Math.max(0, ...all.map((left) => left.inFlight + left.unwritten))
  return { count: book.repeats.length, inFlight, unwritten, longestUnwritten, most, bound: Math.floor(bound) }
}

/** Requests a second of a process: over its last second or over its life, whichever is more. */
const rateOf = (instants: readonly number[], { startedAt, killedAt }: Death): number => {
  const last = instants.filter((at) => at > killedAt - 1_000).length
  return Math.max(
    last / Math.min(1, (killedAt - startedAt) / 1_000),
    instants.length / ((killedAt - startedAt) / 1_000),
  )
}
