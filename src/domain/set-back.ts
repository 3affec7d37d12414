// What a clock that was ahead has left behind, once it is set right. Pure.
import { LONGEST_MS } from './backoff.ts'
import type { Mailing } from './mailing.ts'
import { nextOpening } from './send-time.ts'

export interface WaitingRow {
  readonly zone: string
  readonly sendAt: number
  readonly dueAt: number
  readonly anyHour: boolean
}

/**
 * When a row that waits is due by the clock that is right. No rule lets it wait for longer than an hour once its hours are open:
 * what is due later than that was said by the other clock, and is looked at at once.
 */
export const soundDueAt = (
  { zone, sendAt, dueAt, anyHour }: WaitingRow,
  { at, until }: Pick<Mailing, 'at' | 'until'>,
  now: number,
): number => {
  const first = anyHour ? now : Math.max(now, sendAt)
  const open = anyHour ? first : nextOpening(first, at, until, zone)
  return dueAt <= open + LONGEST_MS ? dueAt : first
}
