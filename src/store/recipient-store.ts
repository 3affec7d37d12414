// The address book: recipients staged, checked against each other, merged.
import type { RecipientDraft } from '../domain/recipient.ts'

export interface RecipientStore {
  /** Opens a staging area beside the address book: nothing is visible until `merge`. */
  stageRecipients(): Promise<StagedRecipients>
  /** Names of attributes that at least one recipient has. */
  attributeNames(): Promise<readonly string[]>
  countRecipients(): Promise<number>
}

export interface StagedRecipient {
  readonly line: number
  readonly draft: RecipientDraft
  /** The record as it was read, where it is wanted back should it be rejected. */
  readonly cells: readonly string[] | null
}

export interface RejectedRecipient {
  readonly line: number
  readonly reason: string
  readonly cells: readonly string[] | null
}

export interface StagedRecipients {
  /** Keeps checked records, each with a line of its own, outside the database file: other writers do not wait. */
  add(rows: readonly StagedRecipient[]): Promise<void>
  /**
   * Records that cannot be saved although each is well formed: one phone on two lines, one external id twice, a phone that
   * belongs to somebody else. They are taken out of the staging area and returned, some at a time, in line order.
   */
  rejectConflicts(): AsyncIterable<readonly RejectedRecipient[]>
  /** What `merge` would do, without doing it. */
  count(): Promise<MergeCounts>
  /**
   * Writes in chunks of at most 5,000 rows, so that other writers hardly wait. A person is found by external id, else phone, else e-mail; consent is never loosened.
   * Stops between two chunks when told to: the counts are then of what is written.
   */
  merge(now: number, stop: AbortSignal, onProgress: (rows: number) => void): Promise<MergeCounts>
  /** Drops the staging area. */
  close(): Promise<void>
}

export interface MergeCounts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Recipients among these rows who are not to be written to, by their own word or an administrator's, old or new. */
  readonly unsubscribed: number
  /** Districts named by these rows that have no zone yet; rows that have a zone of their own do not count. */
  readonly districtsWithoutZone: readonly string[]
}
