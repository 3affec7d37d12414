// What stands in mailings that an operator should hear of: messages that did not arrive, mailings that paused themselves.
import type { Mailing } from '../domain/mailing.ts'
import type { TroubleState } from '../domain/message.ts'

export interface MailingTrouble {
  readonly mailing: Pick<Mailing, 'id' | 'name'>
  /** paused: by itself, because too many were refused. */
  readonly kind: TroubleState | 'paused'
  /** Messages in this state; of a paused mailing, those that wait. */
  readonly count: number
  /** Why it paused; null: each message has its own (commonestReason). */
  readonly why: string | null
}

export interface CommonReason {
  /** null: most of them have none. */
  readonly reason: string | null
  readonly count: number
}

export interface TroubleStore {
  /**
   * By mailing, newest first. What was cancelled is not in it, and what was over before `since` is history. By the counts that
   * are kept: milliseconds, however many rows there are.
   */
  mailingTroubles(since: number): Promise<readonly MailingTrouble[]>
  /** Of the messages of a mailing in this state. Looks at 100,000 of them at most; null: there are none. */
  commonestReason(mailingId: number, state: TroubleState): Promise<CommonReason | null>
}
