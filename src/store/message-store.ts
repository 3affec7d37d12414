// Messages: claimed, settled, given back, listed.
import type { Allowance, GatewayHealth } from '../domain/gateway-health.ts'
import type { Mailing } from '../domain/mailing.ts'
import type { Admission, Candidate, Claimed, MessageState, RecipientColumn, Settlement } from '../domain/message.ts'
import type { Worker } from './worker-store.ts'

export interface ClaimRequest {
  readonly gateway: string
  readonly workerId: number
  readonly limit: number
  readonly now: number
  readonly leaseUntil: number
  /** Should what is taken be the probe of a gateway: after this instant another worker may probe it. */
  readonly probeUntil: number
  /** Outcomes of earlier claims, written first and in the same commit: one fsync instead of two. */
  readonly settlements: readonly Settlement[]
  /** What the text of a mailing needs of its recipients: a claim reads nothing else. */
  readonly columnsOf: (mailing: Mailing) => readonly RecipientColumn[]
  /** Decides in data, inside the claim's transaction, with what is known of the recipient at this moment. Pure. */
  readonly admit: (candidate: Candidate, mailing: Mailing) => Admission
  /** How many may be taken now, by the health of the gateway and what all workers have in hand there. Pure. */
  readonly allow: (health: GatewayHealth, inHand: () => number) => Allowance
  /** Uniform in [0, 1): which rows, where the allowance wants them scattered. */
  readonly random: number
  /** True: the row stays in its hand although its lease is over by the wall clock, which may have been set. */
  readonly isAlive: (worker: Worker) => boolean
  /** A row that is suspected to kill its workers is taken only alone. */
  readonly isHandEmpty: boolean
}

export interface Claim {
  readonly taken: readonly Claimed[]
  /** Rows ended at the claim, by state. */
  readonly ended: {
    readonly skipped: number
    readonly expired: number
    readonly failed: number
    readonly unknown: number
  }
  /** Rows looked at, whatever became of them: 0 means that nothing may be sent now. */
  readonly seen: number
  /** Outcomes that came too late: their rows were another worker's by then. */
  readonly stale: number
  readonly allowance: Allowance
  /** The state of the address book by which it was decided (Leave); nothing taken: means nothing. */
  readonly bookMark: number
  /** The row that is next wants to be alone: nothing more is taken before the hand is empty. */
  readonly wantsEmptyHand: boolean
}

export interface MessageRow {
  readonly id: number
  readonly mailingId: number
  readonly mailingUid: string
  readonly mailingName: string
  /** Its date, YYYY-MM-DD. */
  readonly mailingOn: string
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
  /** How often an operator asked for a second effect. */
  readonly resend: number
  readonly gatewayRef: string | null
  readonly settledAt: number | null
}

export interface MessageFilter {
  /** Default: all mailings whose rows are there. */
  readonly mailingId?: number
  readonly state?: MessageState
  /** Part of the reason, in any case; without a state: of what failed, is unknown or expired. */
  readonly error?: string
  readonly recipientId?: number
}

/** Where a page ended: its last row. */
export type MessagePlace = Pick<MessageRow, 'mailingId' | 'state' | 'recipientId'>

export interface MessageStore {
  /** Takes due rows of active mailings on this gateway, fairly among the mailings, as many as its health allows. The commit is the write-ahead intent. */
  claimDue(request: ClaimRequest): Promise<Claim>
  /** Writes outcomes under the fence, all in one transaction. A late one changes 0 rows and is counted as stale. */
  settle(
    workerId: number,
    settlements: readonly Settlement[],
  ): Promise<{ readonly written: number; readonly stale: number }>
  /** Rows that are due, over all gateways that neither rest nor are paused; also while everything is held. */
  countDue(now: number): Promise<number>
  /** When the next row of this gateway wants attention (its rest included); null: never, or not before an operator says so. */
  nextDueAt(gateway: string, now: number): Promise<number | null>
  /** Gateways that active mailings use. */
  gatewaysInUse(): Promise<readonly string[]>
  /**
   * Ends what no claim will end: rows past the end of their mailing are `expired`, rows of a cancelled mailing whose lease is
   * over are `unknown`; then active mailings without a row that wants attention are `done`. At most some thousand rows a call.
   */
  closeFinished(now: number): Promise<void>
  /** The newest mailing first, each in the order of its recipients (with `error`, by state before). */
  listMessages(
    filter: MessageFilter & { readonly after?: MessagePlace | null; readonly limit: number },
  ): Promise<readonly MessageRow[]>
  /** How many there are: by the counts that are kept, unless an error or a recipient is asked for. */
  countMessages(filter: MessageFilter): Promise<number>
}

/** A row that should move. */
export interface WatchedRow {
  readonly message: number
  readonly mailing: number
  readonly recipient: number
  readonly dueAt: number
  readonly attempts: number
}

/** What the watchdog looks at. */
export interface WatchStore {
  /** The row that is due at this gateway before any other (by due_at and id), of active mailings only; null: none is. */
  firstDue(gateway: string, now: number): Promise<WatchedRow | null>
  /** The rows in hand of this worker. */
  inHandOf(workerId: number): Promise<readonly (WatchedRow & { readonly gateway: string })[]>
}
