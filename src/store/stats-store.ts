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

export interface MailingDetail extends MailingCounts {
  readonly zones: readonly {
    readonly zone: string
    readonly sendAt: number
    readonly total: number
    readonly states: CountByState
  }[]
  readonly reasons: readonly { readonly state: MessageState; readonly reason: string; readonly count: number }[]
  /** settled_at - send_at of what was sent, ms; null where nothing was. */
  readonly lateness: { readonly p50: number; readonly p99: number; readonly max: number } | null
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
  /** Reads the rows of the mailing. */
  mailingDetail(mailing: Mailing): Promise<MailingDetail>
  /** Reads all rows, mailing by mailing; mailings in state `planning` are left out. None: as it should be. */
  miscounted(): Promise<readonly Miscount[]>
  /** Makes the kept counts of a mailing those of its rows, also while they change. */
  recount(mailingId: number): Promise<void>
}
