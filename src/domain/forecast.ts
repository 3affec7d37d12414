// When the last message leaves: a queue in the order of due instants, at a steady rate, within the hours of each clock. Pure.
import { closingAfter, nextOpening } from './send-time.ts'

/** Messages of one zone that wait, all due at one instant. */
export interface Waiting {
  readonly zone: string
  readonly sendAt: number
  readonly count: number
  /** The hours of their mailing on the clocks of the zone, HH:MM. */
  readonly at: string
  readonly until: string
  /** What has not left by then never does. */
  readonly expiresAt: number
}

export interface Leaving {
  readonly zone: string
  /** Messages that leave, and those whose time is over before their turn comes. */
  readonly leaves: number
  readonly expires: number
  /** null: none leaves. */
  readonly firstAt: number | null
  readonly lastAt: number | null
}

/** Further than this nobody looks ahead, whatever the mailing allows. */
const HORIZON = 400 * 86_400_000

/** What waits of one zone, the hours that come next for it, and when it left so far. */
interface Turn {
  readonly index: number
  readonly waiting: Waiting
  readonly left: number
  readonly opensAt: number
  readonly firstAt: number | null
  readonly lastAt: number | null
}

/**
 * Who is due first leaves first, and nobody else meanwhile: what does not fit before the closing hour waits for the next
 * opening, and whoever was due after it has the turn. One answer for each that waits, in its order. More messages, or a lower
 * rate, never let anybody leave earlier.
 */
export const forecast = (waiting: readonly Waiting[], ratePerSecond: number, now: number): readonly Leaving[] => {
  const turns = waiting.map((each, index) => firstTurn(each, index, now))
  const rate = ratePerSecond / 1_000
  for (let time = now; ; ) {
    const next = nextOf(turns, now)
    if (next === null) break
    const { after, until } = served(next, time, rate, now)
    turns[next.index] = after
    time = until
  }
  return turns.map(({ waiting: { zone, count }, left, firstAt, lastAt }) => ({
    zone,
    leaves: count - left,
    expires: left,
    firstAt,
    lastAt,
  }))
}

const firstTurn = (waiting: Waiting, index: number, now: number): Turn => {
  const { zone, at, until, sendAt, count } = waiting
  const opensAt = nextOpening(Math.max(sendAt, now), at, until, zone)
  return { index, waiting, left: count, opensAt, firstAt: null, lastAt: null }
}

const endOf = ({ expiresAt }: Waiting, now: number): number => Math.min(expiresAt, now + HORIZON)

/** Who is due first of those that still can leave. */
const nextOf = (turns: readonly Turn[], now: number): Turn | null => {
  let first: Turn | null = null
  for (const turn of turns) {
    if (turn.left === 0 || turn.opensAt >= endOf(turn.waiting, now)) continue
    if (first === null || isBefore(turn, first)) first = turn
  }
  return first
}

const isBefore = (a: Turn, b: Turn): boolean =>
  a.opensAt < b.opensAt || (a.opensAt === b.opensAt && a.waiting.sendAt < b.waiting.sendAt)

/** As many as leave before they close; `until`: from then on it is the turn of others. `rate` is a ms. */
const served = (turn: Turn, time: number, rate: number, now: number): { after: Turn; until: number } => {
  const { zone, at, until } = turn.waiting
  const closesAt = closingAfter(turn.opensAt, until, zone)
  const stops = Math.min(closesAt, endOf(turn.waiting, now))
  const start = Math.max(time, turn.opensAt)
  const fit = start < stops ? Math.min(turn.left, Math.ceil((stops - start) * rate)) : 0
  const left = turn.left - fit
  const opensAt = left === 0 ? turn.opensAt : nextOpening(closesAt, at, until, zone)
  if (fit === 0) return { after: { ...turn, opensAt }, until: time }
  const lastAt = Math.min(Math.floor(start + (fit - 1) / rate), stops - 1)
  const after = { ...turn, left, opensAt, firstAt: turn.firstAt ?? Math.floor(start), lastAt }
  return { after, until: Math.min(start + fit / rate, stops) }
}
