// The blocklist: addresses that are never written to, whoever has them. Imports do not touch it.
import type { OperatorAct } from './mailing-store.ts'

export interface BlockedAddress {
  /** E.164, or a checked e-mail address. */
  readonly address: string
  readonly at: number
  readonly who: string
  readonly why: string | null
}

export interface BlockStore {
  /**
   * Blocks addresses as `addressParser` gives them, in turns with other writers, with one audit row that counts them and names
   * none. Stops between two turns when told to: the counts are then of what is written.
   */
  block(addresses: readonly string[], by: OperatorAct, stop: AbortSignal): Promise<BlockCounts>
  /** The same the other way. */
  unblock(addresses: readonly string[], by: OperatorAct, stop: AbortSignal): Promise<BlockCounts>
  /** What `block` would count. */
  countUnblocked(addresses: readonly string[]): Promise<BlockCounts>
  /** In the order of the addresses, those behind `after`. */
  listBlocked(page: { readonly after: string; readonly limit: number }): Promise<readonly BlockedAddress[]>
  countBlocked(): Promise<number>
  /** Why nothing is to be sent to this address, whoever has it; null: nothing bars it. */
  barredAt(address: string): Promise<'blocked' | 'unsubscribed' | null>
}

export interface BlockCounts {
  /** Addresses that are blocked now and were not, or the other way round. */
  readonly changed: number
  /** Addresses looked at. */
  readonly seen: number
  /** Recipients that have one of the addresses changed. */
  readonly recipients: number
}
