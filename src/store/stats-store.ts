// What people look at: counts.
import type { Mailing } from '../domain/mailing.ts'
import type { CountByState, MessageState } from '../domain/message.ts'

export interface MailingCounts {
  readonly mailing: Mailing
  readonly total: number
  readonly states: CountByState
  readonly firstSendAt: number | null
  readonly lastSendAt: number | null
}

/** A count that is kept beside the rows, and is not theirs. */
export interface Miscount {
  readonly mailingId: number
  readonly state: MessageState
  /** As the rows are. */
  readonly counted: number
  /** As it is kept. */
  readonly stored: number
}

export interface StatsStore {
  /** Newest first. By the counts that are kept: milliseconds, however many rows there are. */
  countByState(limit: number): Promise<readonly MailingCounts[]>
  mailingCounts(mailing: Mailing): Promise<MailingCounts>
  /** Reads all rows, mailing by mailing; mailings in state `planning` are left out. None: as it should be. */
  miscounted(): Promise<readonly Miscount[]>
  /** Makes the kept counts of a mailing those of its rows, also while they change. */
  recount(mailingId: number): Promise<void>
}
