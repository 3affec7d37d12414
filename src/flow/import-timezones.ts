// A table of districts and zones -> the districts of the store: all rows or none.
import type { Clock } from '../clock.ts'
import { checkDistricts, type RawDistrict, type RejectedLine } from '../domain/district.ts'
import type { DistrictStore } from '../store/district-store.ts'

export interface TimezonesImported {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** Recipients who live by another zone than before. */
  readonly recipientsMoved: number
  /** In line order. Where there are any, nothing was written and the counts are 0. */
  readonly rejected: readonly RejectedLine[]
}

/** Saves the zones of these districts; with `dryRun` it only says what saving would do. */
export const importTimezones = async (
  { store, clock }: { readonly store: DistrictStore; readonly clock: Clock },
  rows: readonly RawDistrict[],
  { dryRun }: { readonly dryRun: boolean },
): Promise<TimezonesImported> => {
  const { drafts, rejected } = checkDistricts(rows)
  // with bad rows nothing is to be written; the rest is still held against the store, so that all that is wrong is told at once
  const counts = await store.saveDistricts(drafts, { dryRun: dryRun || rejected.length > 0, now: clock.now() })
  const conflicts = counts.conflicts.map(({ row, reason }) => ({ line: drafts[row]?.line ?? 0, reason }))
  const all = [...rejected, ...conflicts].toSorted((a, b) => a.line - b.line)
  if (all.length > 0)
    return { rows: rows.length, added: 0, changed: 0, unchanged: 0, recipientsMoved: 0, rejected: all }
  const { added, changed, unchanged, recipientsMoved } = counts
  return { rows: rows.length, added, changed, unchanged, recipientsMoved, rejected: [] }
}
