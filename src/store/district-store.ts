// Districts and their zones.
import type { DistrictDraft } from '../domain/district.ts'
import type { OperatorAct } from './mailing-store.ts'

export interface DistrictStore {
  /** Adds and changes zones; a district met under two keys becomes one. All of them or none: none where there are conflicts. */
  saveDistricts(rows: readonly DistrictDraft[], options: { dryRun: boolean; now: number }): Promise<DistrictCounts>
  /** By name. */
  listDistricts(): Promise<readonly District[]>
  /** Changes the district that is found by this key (districtKey), with an audit row. `dryRun`: writes nothing. */
  editDistrict(
    key: string,
    edit: DistrictEdit,
    by: OperatorAct,
    options: { readonly dryRun: boolean },
  ): Promise<EditedDistrict>
}

export interface District {
  readonly name: string
  /** null: no table has told it yet. */
  readonly zone: string | null
  readonly recipients: number
  /** Keys of whatever else it is called: ids in the operator's books, short names. */
  readonly otherNames: readonly string[]
}

export interface DistrictEdit {
  /** null: stays as it is. */
  readonly name: string | null
  readonly zone: string | null // canonical
  /** Names to be added; the old name stays one, so that files that have it still find it. */
  readonly otherNames: readonly string[]
}

export type DistrictNow = Pick<District, 'name' | 'zone'>

export type EditedDistrict =
  | {
      readonly kind: 'saved'
      readonly before: DistrictNow
      readonly after: DistrictNow
      readonly namesAdded: readonly string[]
      /** Recipients who live by another zone than before. */
      readonly recipientsMoved: number
    }
  | { readonly kind: 'unknown' }
  /** Nothing is written: this name is another district's. */
  | { readonly kind: 'conflict'; readonly name: string; readonly other: string }

export interface DistrictCounts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Recipients whose zone comes from a district that changed. */
  readonly recipientsMoved: number
  /** Rows (by position) that would make one of two districts that have names of their own; then nothing is written. */
  readonly conflicts: readonly { readonly row: number; readonly reason: string }[]
}
