// What happened, for one story: the acts about a mailing, a message, a recipient.
import type { AuditRow } from './answer-store.ts'
import type { BlockedAddress } from './block-store.ts'

export interface StoryOf {
  readonly mailingId?: number
  readonly messageId?: number
  readonly recipientId?: number
}

export interface StoryStore {
  /** The newest acts about it, in the order in which they were done. */
  actsAbout(about: StoryOf, limit: number): Promise<readonly AuditRow[]>
  /** When the first and the last message of a mailing was sent; null: none was. Reads its rows. */
  sentSpan(mailingId: number): Promise<{ readonly first: number; readonly last: number } | null>
  /** Those of these addresses that are on the blocklist. */
  blocksOf(addresses: readonly string[]): Promise<readonly BlockedAddress[]>
}
