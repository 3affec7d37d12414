// Messages that did not arrive: looked at, and scheduled once more.

import type { TroubleState } from '../domain/message.ts'
import type { RetryFate, TroubledMessage } from '../domain/retry.ts'
import type { OperatorAct } from './mailing-store.ts'

export interface RetryRequest {
  readonly mailingId: number
  readonly states: readonly TroubleState[]
  /** Only what went, or would go now, to this address; null: to any. */
  readonly to: string | null
  /** So many messages at most; null: all. */
  readonly limit: number | null
  /** Pure. null: this one is not meant. */
  readonly decide: (row: TroubledMessage) => RetryFate | null
  /** What was settled later is left out: a message that was retried, and did not arrive again, is not retried twice. */
  readonly settledBy: number
  /** What is settled later than it is now was settled by a clock that was set back since: that is not left out. */
  readonly now: () => number
}

export interface RetryCounts {
  /** Scheduled once more, by the state in which they rested. */
  readonly byState: Readonly<Record<TroubleState, number>>
  readonly byFate: Readonly<Record<RetryFate, number>>
}

export interface RetryAct extends OperatorAct {
  /** When the mailing ends from now on. */
  readonly expiresAt: number
  /** For the audit: what was asked for, without addresses. */
  readonly detail: Readonly<Record<string, unknown>>
}

export interface RetryStore {
  /** What retryMessages would do, without doing it. */
  countRetry(request: RetryRequest): Promise<RetryCounts>
  /**
   * Schedules them once more, due at once, in turns, with one audit row. A mailing that is done becomes active again with the
   * first of them. Stops between two turns when told to: the counts are then of what is written. Fails with
   * Fixable('state') when the mailing was cancelled meanwhile.
   */
  retryMessages(request: RetryRequest, act: RetryAct, stop: AbortSignal): Promise<RetryCounts>
}
