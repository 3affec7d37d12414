// A claimed message with what decides whether it may still leave.
import type { Mailing } from '../domain/mailing.ts'
import type { Claimed } from '../domain/message.ts'
import { nextOpening } from '../domain/send-time.ts'
import type { StandingNow } from '../store/hand-store.ts'

export interface Task {
  readonly message: Claimed
  readonly mailing: Mailing
  /** With a rate: not before this instant, on the monotonic clock. */
  readonly leavesAt: number
  /**
   * On the monotonic clock: one attempt that begins by then ends within the lease. Later, another worker may have the row: a
   * process that was stopped for minutes finds out by this before its next request.
   */
  readonly lastStart: number
  /** It finds out whether its gateway is back: one try, and everybody waits for what comes of it. */
  readonly isProbe: boolean
}

/** Asked before every try: a message may wait in the hand while its hours, its mailing or its lease end. */
export const mayLeave = ({ message, mailing, lastStart }: Task, now: number, monotonic: number): boolean =>
  monotonic <= lastStart &&
  now < mailing.expiresAt &&
  (message.anyHour || nextOpening(now, mailing.at, mailing.until, message.zone) === now)

/** Whoever unsubscribed since, was removed or blocked, or is reached elsewhere by now. */
export const isForbidden = ({ message, mailing }: Task, now: StandingNow | undefined): boolean =>
  now === undefined || now.barred !== null || now[mailing.terms.addressKind] !== message.address
