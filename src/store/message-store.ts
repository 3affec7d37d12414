// Messages: claimed, settled, given back, listed.
import type { Mailing } from '../domain/mailing.ts'
import type { Admission, Candidate, Claimed, MessageState, RecipientColumn, Settlement } from '../domain/message.ts'

export interface ClaimRequest {
  readonly gateway: string
  readonly workerId: number
  readonly limit: number
  readonly now: number
  readonly leaseUntil: number
  /** Outcomes of earlier claims, written first and in the same commit: one fsync instead of two. */
  readonly settlements: readonly Settlement[]
  /** What the text of a mailing needs of its recipients: a claim reads nothing else. */
  readonly columnsOf: (mailing: Mailing) => readonly RecipientColumn[]
  /** Decides in data, inside the claim's transaction, with what is known of the recipient at this moment. Pure. */
  readonly admit: (candidate: Candidate, mailing: Mailing) => Admission
}

export interface Claim {
  readonly taken: readonly Claimed[]
  /** Rows ended at the claim, by state. */
  readonly ended: { readonly skipped: number; readonly expired: number; readonly failed: number }
  /** Rows looked at, whatever became of them: 0 means that nothing is due. */
  readonly seen: number
  /** Outcomes that came too late: their rows were another worker's by then. */
  readonly stale: number
}

export interface MessageRow {
  readonly id: number
  readonly mailingId: number
  readonly mailingUid: string
  readonly recipientId: number
  readonly recipientCreatedAt: number
  readonly recipientName: string | null
  readonly address: string | null
  readonly zone: string
  readonly sendAt: number
  readonly dueAt: number | null
  readonly state: MessageState
  readonly reason: string | null
  readonly attempts: number
  readonly gatewayRef: string | null
  readonly settledAt: number | null
}

export interface MessageStore {
  /** Takes due rows of active mailings on this gateway, fairly among the mailings; a resting gateway gives none. The commit is the write-ahead intent. */
  claimDue(request: ClaimRequest): Promise<Claim>
  /** Writes outcomes under the fence, all in one transaction. A late one changes 0 rows and is counted as stale. */
  settle(
    workerId: number,
    settlements: readonly Settlement[],
  ): Promise<{ readonly written: number; readonly stale: number }>
  /** Rows that a claim would look at now, over all gateways that do not rest. */
  countDue(now: number): Promise<number>
  /** When the next row of this gateway wants attention (its rest included); null: never. */
  nextDueAt(gateway: string): Promise<number | null>
  /** Gateways that active mailings use. */
  gatewaysInUse(): Promise<readonly string[]>
  /**
   * Ends what no claim will end: rows past the end of their mailing are `expired`, rows of a cancelled mailing whose lease is
   * over are `unknown`; then active mailings without a row that wants attention are `done`. At most some thousand rows a call.
   */
  closeFinished(now: number): Promise<void>
  /** Rows in hand of this (dead) worker become due at once. */
  releaseRowsOf(workerId: number, now: number): Promise<number>
  /** Nothing is claimed for this gateway before `until`; a longer rest is never shortened. */
  restGateway(gateway: string, until: number, reason: string): Promise<void>
  /** Gateways at rest at `now`. */
  restingGateways(now: number): Promise<readonly { name: string; restsUntil: number; reason: string | null }[]>
  /** Rows in the order of their recipients; `after`: the recipient (recipientId) of the last row seen. */
  listMessages(
    mailingId: number,
    filter: { readonly state?: MessageState; readonly after?: number; readonly limit: number },
  ): Promise<readonly MessageRow[]>
}
