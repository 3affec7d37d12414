// How a message leaves. A gateway answers with a reply and never throws: what went wrong is data.
import type { AddressKind } from '../domain/mailing.ts'
import type { Reply } from '../domain/outcome.ts'

/** What a gateway is handed: no row, no database, nothing to look up. */
export interface Outgoing {
  readonly address: string
  readonly text: string
  /** Idempotency key as text, for headers. */
  readonly key: string
  /** The same key as a positive 63-bit integer in decimal digits, for contracts that want an int64. */
  readonly keyNumber: string
}

export interface Gateway {
  readonly name: string
  /** Which of the recipient's addresses it wants. */
  readonly addressKind: AddressKind
  /** How many messages may be in flight at once. */
  readonly concurrency: number
  /** Messages a second at most; null: no limit of its own. */
  readonly ratePerSecond: number | null
  /** The longest that one attempt takes, ms. */
  readonly deadlineMs: number
  /** True: a repeat with the same key has no second effect, so an unknown answer may be retried. */
  readonly honoursKey: boolean
  /** What becomes of an unknown answer where it is not honoured: one more try, or the row waits for a person. */
  readonly onUnknown: 'repeat' | 'hold'
  /** How long a key is remembered after its first use, ms; Infinity: for ever. */
  readonly keyRetentionMs: number
  /**
   * One attempt. Resolves with the reply; an abort of `signal` ends it early as `unknown` or `unavailable`. `mayBegin` is asked
   * where something had to be waited for before the first byte of it could leave; no: it is `unavailable`, untried.
   */
  send(message: Outgoing, signal: AbortSignal, mayBegin?: () => Promise<boolean>): Promise<Reply>
  close(): Promise<void>
}

/** Whether it can be reached: a connection and no request. `says`: which host, and what came of it. */
export type Probe =
  | { readonly kind: 'reached'; readonly where: string }
  | { readonly kind: 'unreachable'; readonly says: string; readonly hint?: string }
  /** Its token cannot be read. */
  | { readonly kind: 'misconfigured'; readonly says: string; readonly hint?: string }
