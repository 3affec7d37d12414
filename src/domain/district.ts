// A table of districts and their zones: each row checked, or what is wrong with it. Pure.
import { sizeFault } from './row-size.ts'
import { districtKey, parseZone } from './zone.ts'

/** A row as a file, a flag or a preset has it. */
export interface RawDistrict {
  readonly line: number
  readonly name: string
  /** Whatever else it is called: its id in the operator's books, short and foreign names. */
  readonly otherNames: readonly string[]
  readonly zone: string
  /** What is wrong with the row before anything in it is read; such a row is rejected. */
  readonly fault?: string
}

/** A district as a table names it: every key under which recipients may mention it (districtKey). */
export interface DistrictDraft {
  readonly name: string
  readonly keys: readonly string[]
  readonly zone: string // canonical
}

/** A line that cannot be taken, and why. */
export interface RejectedLine {
  readonly line: number
  readonly reason: string
}

export interface CheckedDistricts {
  /** In the order of the table. */
  readonly drafts: readonly (DistrictDraft & { readonly line: number })[]
  readonly rejected: readonly RejectedLine[]
}

/** Checks every row by itself and against those before it: one district cannot have two zones. */
export const checkDistricts = (rows: readonly RawDistrict[]): CheckedDistricts => {
  const drafts: (DistrictDraft & { readonly line: number })[] = []
  const rejected: RejectedLine[] = []
  const taken = new Map<string, TakenKey>()
  for (const row of rows) {
    const draft = readDistrict(row, taken)
    if (typeof draft === 'string') {
      rejected.push({ line: row.line, reason: draft })
      continue
    }
    drafts.push({ ...draft, line: row.line })
    for (const key of draft.keys) taken.set(key, { line: row.line, zone: draft.zone })
  }
  return { drafts, rejected }
}

interface TakenKey {
  readonly line: number
  readonly zone: string
}

/** The draft, or the reason why there is none. */
const readDistrict = (row: RawDistrict, taken: ReadonlyMap<string, TakenKey>): DistrictDraft | string => {
  if (row.fault !== undefined) return row.fault
  const names = [row.name, ...row.otherNames].map((name) => name.trim()).filter((name) => name !== '')
  const [name] = names
  if (name === undefined) return 'the row names no district'
  const tooLarge = sizeFault([...names, row.zone])
  if (tooLarge !== null) return tooLarge
  const zone = parseZone(row.zone)
  if (!zone.ok) return zone.reason
  const keys = [...new Set(names.map(districtKey))]
  const rival = keys.map((key) => taken.get(key)).find((other) => other !== undefined && other.zone !== zone.zone)
  if (rival) return `${name} has the zone ${rival.zone} on line ${rival.line} already`
  return { name, keys, zone: zone.zone }
}
