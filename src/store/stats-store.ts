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

export interface StatsStore {
  /** Newest first. */
  countByState(limit: number): Promise<readonly MailingCounts[]>
  mailingCounts(mailing: Mailing): Promise<MailingCounts>
  mailingDetail(mailing: Mailing): Promise<MailingDetail>
}
