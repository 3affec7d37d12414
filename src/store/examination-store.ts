// The file of the database, looked at by somebody who makes, mends and changes nothing; and what in its rows looks wrong.

import type { RefusedFile } from './outcome-store.ts'
import type { Worker } from './worker-store.ts'

export type DatabaseState =
  | 'absent'
  /** Not a file, gone, empty, or out of reach. */
  | 'unusable'
  | 'foreign'
  | 'newer'
  | 'older'
  /** Somebody has it for himself: it cannot even be read. */
  | 'locked'
  | 'damaged'
  | 'sound'

export interface DatabaseLook {
  readonly file: string
  readonly state: DatabaseState
  /** Why it is not sound. */
  readonly says: string | null
  readonly schema: number | null
  readonly knownSchema: number
  readonly bytes: number
  readonly logBytes: number
  /** Bytes that may still be written beside it. */
  readonly freeBytes: number
  readonly othersMay: { readonly read: boolean; readonly write: boolean }
  /** Who has held the lock for writing all the time while it was looked at; null: nobody. */
  readonly lockedBy: string | null
  /** Numbers of workers that left, or keep, a file of outcomes beside it. */
  readonly journals: readonly number[]
  /** The database and files beside it that this user may not use. */
  readonly refused: readonly RefusedFile[]
  /** Workers that it knows of; none where it cannot be read. */
  readonly workers: readonly Worker[]
}

/** `full`: every page and index, else the quick check. */
export type Examine = (full: boolean) => Promise<DatabaseLook>

export interface ExaminationStore {
  /** What has no zone: districts, and recipients who have none of their own either. */
  countZoneless(): Promise<{ readonly districts: number; readonly recipients: number }>
  /** Messages in hand, by worker; null: in nobody's. `leaseUntil`: the last end of a lease among them. */
  countInHand(): Promise<
    readonly { readonly workerId: number | null; readonly count: number; readonly leaseUntil: number | null }[]
  >
  /** Mailings whose rows are being written, and by which worker. */
  listPlanning(): Promise<readonly { readonly id: number; readonly name: string; readonly plannerId: number | null }[]>
  /** Tags that recipients have, in their order. */
  tagNames(limit: number): Promise<readonly string[]>
}
