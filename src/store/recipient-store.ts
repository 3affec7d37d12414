// The address book: recipients staged, checked against each other, merged.
import type { OnConflict, OnSharedAddress } from '../domain/on-conflict.ts'
import type { RecipientDraft } from '../domain/recipient.ts'

export interface RecipientStore {
  /** Opens a staging area beside the address book: nothing is visible until `merge`. */
  stageRecipients(
    rules?: { readonly [rule in keyof StagingRules]?: StagingRules[rule] | undefined },
  ): Promise<StagedRecipients>
  /** Names of attributes that at least one recipient has. */
  attributeNames(): Promise<readonly string[]>
  /** Tags that at least one recipient has. */
  usedTags(): Promise<readonly string[]>
  countRecipients(): Promise<number>
  /** Whether a record is of somebody whom an operator removed and nobody took back; null: nobody ever was, so that nobody need ask. */
  removedPeople(): Promise<((record: Identity) => boolean) | null>
  /** An operator takes these back. */
  takeBackRemoved(addresses: readonly string[]): Promise<void>
}

/** By what a person is known. */
export type Identity = Pick<RecipientDraft, 'externalId' | 'phone' | 'email'>

export interface StagingRules {
  /** What becomes of somebody known of whom a record says something else; default: update. */
  readonly onConflict: OnConflict
  /** Of a phone that two people have, each with an external id; default: reject. */
  readonly onSharedPhone: OnSharedAddress
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
   * belongs to somebody else; with onConflict `fail` whatever says something else about somebody known. They are taken out of the staging area and returned, some at a time, in line order.
   */
  rejectConflicts(): AsyncIterable<readonly RejectedRecipient[]>
  /** Records that said the same as an earlier one; `rejectConflicts` took them out without a word. */
  repeated(): number
  /** What `merge` would do, without doing it. */
  count(): Promise<MergeCounts>
  /** What `merge` would change of those who are known, in line order, so many of them. */
  changes(limit: number): Promise<readonly StagedChange[]>
  /**
   * Writes in chunks of at most 5,000 rows, so that other writers hardly wait. A person is found by external id, else phone, else e-mail; consent is never loosened.
   * Stops between two chunks when told to: the counts are then of what is written. What it does is kept, so that it can be
   * taken back (import-store.ts), and what was kept of the import before is forgotten; one that does nothing leaves that be.
   */
  merge(now: number, stop: AbortSignal, onProgress: (rows: number) => void, note?: ImportNote): Promise<MergeCounts>
  /** Drops the staging area. */
  close(): Promise<void>
}

/** Whose import it is, and of what. */
export interface ImportNote {
  readonly file: string
  readonly who: string
}

/** What a record would change of somebody known: by the names of RecipientDraft, attributes as `attributes.name`. */
export interface StagedChange {
  readonly line: number
  readonly recipientId: number
  readonly fields: Readonly<Record<string, readonly [before: string | boolean | null, after: string | boolean]>>
}

export interface MergeCounts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Of the unchanged: of whom a record said something else, left as they are (onConflict `skip`). */
  readonly skipped: number
  /** Recipients among these rows who are not to be written to, by their own word or an administrator's, old or new. */
  readonly unsubscribed: number
  /** Districts named by these rows that have no zone yet; rows that have a zone of their own do not count. */
  readonly districtsWithoutZone: readonly string[]
}
