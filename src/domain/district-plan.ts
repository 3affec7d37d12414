// Districts that are known + districts that a table tells -> what is to be written. Pure: the store only carries it out.
import type { DistrictDraft } from './district.ts'
import { districtKey } from './zone.ts'

export interface KnownDistrict {
  readonly id: number
  readonly name: string
  /** null: a recipient named it, no table has told its zone yet. */
  readonly zone: string | null
  readonly keys: readonly string[]
}

/** A district to be added (id null) or changed. */
export interface DistrictChange {
  readonly id: number | null
  readonly name: string
  readonly zone: string | null
  readonly newKeys: readonly string[]
  /** Districts that turned out to be this one: their keys and recipients become its own. */
  readonly absorbed: readonly number[]
}

export interface DistrictPlan {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly changes: readonly DistrictChange[]
  /** Known districts whose recipients get another zone, their first one included. */
  readonly movedIds: readonly number[]
  /** Drafts (by position) that would make one of two districts that have names of their own. */
  readonly conflicts: readonly { readonly row: number; readonly reason: string }[]
}

interface District {
  id: number | null
  name: string
  zone: string | null
  readonly keys: Set<string>
  readonly newKeys: Set<string>
  readonly absorbed: number[]
  /** The known districts in it, with the zones they had. */
  readonly origins: { readonly id: number; readonly zone: string | null }[]
  isTouched: boolean
}

/** Takes the drafts one after the other, as if each were written before the next is read. */
export const planDistricts = (known: readonly KnownDistrict[], drafts: readonly DistrictDraft[]): DistrictPlan => {
  const byKey = new Map<string, District>()
  for (const district of known.map(fromKnown)) for (const key of district.keys) byKey.set(key, district)
  const counts = { added: 0, changed: 0, unchanged: 0 }
  const conflicts: { row: number; reason: string }[] = []
  for (const [row, draft] of drafts.entries()) {
    const conflict = conflictOf(draft, byKey)
    if (conflict === null) counts[apply(draft, byKey)]++
    else conflicts.push({ row, reason: conflict })
  }
  const touched = [...new Set(byKey.values())].filter((district) => district.isTouched)
  const moved = touched.flatMap(({ zone, origins }) => origins.filter((origin) => origin.zone !== zone))
  return { ...counts, changes: touched.map(toChange), movedIds: moved.map(({ id }) => id), conflicts }
}

const blank = (name: string): District => ({
  id: null,
  name,
  zone: null,
  keys: new Set(),
  newKeys: new Set(),
  absorbed: [],
  origins: [],
  isTouched: false,
})

const fromKnown = ({ id, name, zone, keys }: KnownDistrict): District => ({
  ...blank(name),
  id,
  zone,
  keys: new Set(keys),
  origins: [{ id, zone }],
})

const toChange = ({ id, name, zone, newKeys, absorbed }: District): DistrictChange => ({
  id,
  name,
  zone,
  newKeys: [...newKeys],
  absorbed,
})

const districtsOf = (draft: DistrictDraft, byKey: ReadonlyMap<string, District>): District[] => [
  ...new Set([districtKey(draft.name), ...draft.keys].flatMap((key) => byKey.get(key) ?? [])),
]

/**
 * An id that belongs to a district of another name: to follow the table would send the recipients of one district by the
 * clock of another, and could not be taken back. A district found by the name itself, or wholly named by the row, is safe.
 */
const conflictOf = (draft: DistrictDraft, byKey: ReadonlyMap<string, District>): string | null => {
  const own = byKey.get(districtKey(draft.name))
  const other = districtsOf(draft, byKey).find(
    (district) => district !== own && !draft.keys.includes(districtKey(district.name)),
  )
  const key = draft.keys.find((candidate) => other?.keys.has(candidate))
  return other ? `"${key ?? ''}" is ${other.name} already, not ${draft.name}` : null
}

/**
 * A name that a recipient brought, or one that was only a number, gives way to the table's; not where the table has only a
 * number for a district that has a name as well.
 */
const isRenamedBy = (
  draft: DistrictDraft,
  { name, zone, keys }: District,
  byKey: ReadonlyMap<string, District>,
): boolean => {
  const own = districtKey(draft.name)
  const knowsItsName = draft.keys.includes(districtKey(name)) || !keys.has(own)
  return knowsItsName && (zone === null || !byKey.has(own))
}

const apply = (draft: DistrictDraft, byKey: Map<string, District>): 'added' | 'changed' | 'unchanged' => {
  const [first, ...others] = districtsOf(draft, byKey)
  const isNew = [first, ...others].every((district) => district === undefined || district.zone === null)
  const isRenamed = first !== undefined && isRenamedBy(draft, first, byKey)
  const district = first ?? blank(draft.name)
  const newKeys = draft.keys.filter((key) => !byKey.has(key))
  if (others.length === 0 && newKeys.length === 0 && district.zone === draft.zone) return 'unchanged'
  for (const other of others) absorb(district, other)
  for (const key of newKeys) district.newKeys.add(key)
  if (isRenamed) district.name = draft.name
  district.zone = draft.zone
  district.isTouched = true
  for (const key of [...draft.keys, ...district.keys]) {
    district.keys.add(key)
    byKey.set(key, district)
  }
  return isNew ? 'added' : 'changed'
}

const absorb = (district: District, other: District): void => {
  if (other.id !== null) district.absorbed.push(other.id)
  district.absorbed.push(...other.absorbed)
  district.origins.push(...other.origins)
  for (const key of other.keys) district.keys.add(key)
  for (const key of other.newKeys) district.newKeys.add(key)
}
