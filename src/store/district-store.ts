// Districts and their zones.
import type { DistrictDraft } from '../domain/district.ts'

export interface DistrictStore {
  /** Adds and changes zones; a district met under two keys becomes one. All of them or none: none where there are conflicts. */
  saveDistricts(rows: readonly DistrictDraft[], options: { dryRun: boolean; now: number }): Promise<DistrictCounts>
  listDistricts(): Promise<readonly { name: string; zone: string | null; recipients: number }[]>
}

export interface DistrictCounts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Recipients whose zone comes from a district that changed. */
  readonly recipientsMoved: number
  /** Rows (by position) that would make one of two districts that have names of their own; then nothing is written. */
  readonly conflicts: readonly { readonly row: number; readonly reason: string }[]
}
