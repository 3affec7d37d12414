// What stands between the cells of a CSV file.
import { parse } from 'csv-parse/sync'
import { Fixable } from '../../domain/errors.ts'

const CANDIDATES = [';', ',', '\t', '|']

/** Excel's own word about it, as the first line of the file. */
export const SEP_LINE = /^sep=(.)\n/i

const ROWS_LOOKED_AT = 20

/** The delimiter of a text that begins with `sample` (whole lines): what most rows agree upon; `;` where nothing tells. */
export const detectDelimiter = (sample: string): string => {
  const told = SEP_LINE.exec(sample)?.[1]
  if (told !== undefined) return told
  const votes = CANDIDATES.map((delimiter) => agreement(sample, delimiter))
  const [best] = votes
    .filter(({ columns }) => columns > 1)
    .toSorted((a, b) => b.share - a.share || b.columns - a.columns)
  return best?.delimiter ?? ';'
}

/** The delimiter that the operator names: one character, or "tab". Fails with Fixable('usage'). */
export const namedDelimiter = (wanted: string): string => {
  const delimiter = /^(?:tab|\\t)$/i.test(wanted) ? '\t' : wanted
  if (delimiter.length === 1 && !/["\r\n\0]/.test(delimiter)) return delimiter
  throw new Fixable('usage', `"${wanted}" cannot be a delimiter`, 'Write one character, or tab: --delimiter ";"')
}

/** How many columns the first row has, and the share of the first rows that have as many. */
const agreement = (sample: string, delimiter: string): { delimiter: string; columns: number; share: number } => {
  const rows = rowsOf(sample, delimiter)
  const columns = rows[0]?.length ?? 0
  return { delimiter, columns, share: rows.filter((row) => row.length === columns).length / rows.length }
}

const rowsOf = (sample: string, delimiter: string): string[][] => {
  try {
    return parse(sample, {
      delimiter,
      record_delimiter: '\n',
      to: ROWS_LOOKED_AT,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    })
  } catch {
    return [] // a quote that does not fit: with another delimiter it may
  }
}
