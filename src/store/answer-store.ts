// Answers that read rows: one mailing whole, messages counted by something, a day, how fast a gateway was.
import type { Lateness } from '../domain/lateness.ts'
import type { Mailing } from '../domain/mailing.ts'
import type { CountByState, MessageState } from '../domain/message.ts'
import type { MailingCounts } from './stats-store.ts'

export interface ZoneDetail {
  readonly zone: string
  readonly sendAt: number
  readonly total: number
  readonly states: CountByState
  readonly lateness: Lateness | null
}

/** Messages within an hour of the clock, UTC. */
export interface HourCount {
  /** When it begins. */
  readonly hour: number
  readonly count: number
}

export interface MailingDetail extends MailingCounts {
  readonly zones: readonly ZoneDetail[]
  readonly reasons: readonly { readonly state: MessageState; readonly reason: string; readonly count: number }[]
  readonly lateness: Lateness | null
  /** What was sent, by the hour in which it left; in order. */
  readonly sentByHour: readonly HourCount[]
}

export const DIMENSIONS = ['state', 'reason', 'gateway', 'zone', 'district', 'operator-code', 'hour'] as const

export type Dimension = (typeof DIMENSIONS)[number]

export interface AnswerGroup {
  /** '' where a message has none; of an hour, when it begins, as a number. */
  readonly key: string
  readonly total: number
  readonly states: CountByState
}

/** What was settled on one day, of one mailing. */
export interface SettledOnDay {
  readonly mailing: Mailing
  readonly states: CountByState
  /** Why they failed, are unknown or expired; the most frequent first. */
  readonly reasons: MailingDetail['reasons']
  readonly lateness: Lateness | null
}

/** What waits of one mailing. */
export interface WaitingMailing {
  readonly mailing: Mailing
  readonly waiting: number
  /** Of these, due within the span that was asked for. */
  readonly due: number
}

/** That a mailing was scheduled, when, and by whom. */
export interface Scheduled {
  readonly id: number
  readonly at: number
  readonly who: string | null
}

/** An act of an operator, as the audit keeps it. */
export interface AuditRow {
  /** Acts are numbered in the order in which they were done; `at` may go back where the clock was set back. */
  readonly id: number
  readonly at: number
  readonly who: string
  readonly what: string
  readonly mailingId: number | null
  readonly messageId: number | null
  readonly recipientId: number | null
  readonly why: string | null
  /** JSON. */
  readonly detail: string | null
}

export interface AnswerStore {
  /** From one snapshot: it adds up while others write. Reads each row of the mailing. */
  mailingDetail(mailing: Mailing): Promise<MailingDetail>
  /**
   * Messages of a mailing (null: of all) by this. By state and by gateway from the counts that are kept, however many rows
   * there are; by anything else each row is read.
   */
  countBy(mailingId: number | null, by: Dimension): Promise<readonly AnswerGroup[]>
  /** What was sent of a mailing (null: of all), by the hour in which it left; in order. */
  sentByHour(mailingId: number | null): Promise<readonly HourCount[]>
  /**
   * Messages a second while the gateway was busy, of the newest mailing that sent at least 100 through it; pauses of more than
   * 10 s are not counted. Looks at 20,000 rows at most. null: nothing can be said.
   */
  measuredRate(gateway: string): Promise<number | null>
  /** What was settled within [from, to), by mailing; those with nothing are not in it. Reads rows only of mailings that may have some. */
  settledBetween(from: number, to: number): Promise<readonly SettledOnDay[]>
  /** Of mailings that are not over, what waits, and how much of it is due within [from, to). */
  waitingMailings(from: number, to: number): Promise<readonly WaitingMailing[]>
  /** Acts within [from, to), oldest first, at most so many of them. */
  actsBetween(from: number, to: number, limit: number): Promise<readonly AuditRow[]>
  /** Mailings scheduled to their end within [from, to), oldest first, at most so many: that leaves no act but their row. */
  scheduledBetween(from: number, to: number, limit: number): Promise<readonly Scheduled[]>
  /** Recipients in the book, and those of them that unsubscribed or were unsubscribed. */
  countBook(): Promise<{ readonly recipients: number; readonly unsubscribed: number }>
}
