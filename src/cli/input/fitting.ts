// Whether a header is that of a table that is sought, where a file has several tables, or lines above the header.
import { type Mapping, tellsAddress } from './columns.ts'
import { fitsTimezones } from './timezone-columns.ts'

export type Fits = (header: readonly string[]) => boolean

export const fitsTable = (wants: 'recipients' | 'districts', mappings: readonly Mapping[]): Fits =>
  wants === 'recipients' ? (header) => tellsAddress(header, mappings) : fitsTimezones
