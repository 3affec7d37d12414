// A claimed message with what decides whether it may still leave.
import type { Mailing } from '../domain/mailing.ts'
import type { Claimed } from '../domain/message.ts'
import { nextOpening } from '../domain/send-time.ts'

export interface Task {
  readonly message: Claimed
  readonly mailing: Mailing
  /** One attempt that begins by then ends within the lease: later, another worker may have the row. */
  readonly lastStart: number
}

/** Asked before every try: a message may wait in the hand while its hours, its mailing or its lease end. */
export const mayLeave = ({ message, mailing, lastStart }: Task, now: number): boolean =>
  now <= lastStart && now < mailing.expiresAt && nextOpening(now, mailing.at, mailing.until, message.zone) === now
