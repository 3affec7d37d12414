// Whether a header is that of a table that is sought, where a file has several tables, or lines above the header.
import { type Mapping, tellsAddress } from './columns.ts'
import { fitsTimezones } from './timezone-columns.ts'

export type Fits = (header: readonly string[]) => boolean

export const fitsTable = (wants: 'recipients' | 'districts', mappings: readonly Mapping[]): Fits =>
  wants === 'recipients' ? (header) => tellsAddress(header, mappings) : fitsTimezones

const ROWS_LOOKED_AT = 20

/**
 * Above the header may stand a title, a date, a name: it is the first of the first rows that fits and has more cells filled than any
 * above it, else the first row. A row of data under its header has no more: a label in it, such as Google's "Mobile", makes it none.
 */
export const headerAt = (
  rows: readonly { readonly line: number; readonly cells: readonly string[] }[],
  fits: Fits,
): number => {
  let most = 0
  for (const [at, { line, cells }] of rows.entries()) {
    if (line > ROWS_LOOKED_AT) break
    const filled = cells.filter((cell) => cell.trim() !== '').length
    if (filled > most && fits(cells)) return at
    most = Math.max(most, filled)
  }
  return 0
}
