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
  const best = bestOf(CANDIDATES.map((delimiter) => agreement(sample, delimiter, first)))
  if (best !== undefined && best.share >= MOST) return best.delimiter
  const among = bestOf(CANDIDATES.map((delimiter) => agreement(sample, delimiter, commonest)))
  return (among ?? best)?.delimiter ?? ';'
}

/** The delimiter that the operator names: one character, or "tab". Fails with Fixable('usage'). */
export const namedDelimiter = (wanted: string): string => {
  const delimiter = /^(?:tab|\\t)$/i.test(wanted) ? '\t' : wanted
  if (delimiter.length === 1 && !/["\r\n\0]/.test(delimiter)) return delimiter
  throw new Fixable('usage', `"${wanted}" cannot be a delimiter`, 'Write one character, or tab: --delimiter ";"')
}

/** Fewer rows like the first one: it is a title above the table, or all others leave out their last cells. */
const MOST = 0.5

interface Vote {
  readonly delimiter: string
  readonly columns: number
  readonly share: number
}

const bestOf = (votes: readonly Vote[]): Vote | undefined =>
  votes.filter(({ columns }) => columns > 1).toSorted((a, b) => b.share - a.share || b.columns - a.columns)[0]

/** How many columns the table should have, and the share of the first rows that have as many. */
const agreement = (sample: string, delimiter: string, expected: (lengths: readonly number[]) => number): Vote => {
  const lengths = rowsOf(sample, delimiter).map((row) => row.length)
  const columns = expected(lengths)
  return { delimiter, columns, share: lengths.filter((length) => length === columns).length / lengths.length }
}

const first = (lengths: readonly number[]): number => lengths[0] ?? 0

/** Of rows with several cells. */
const commonest = (lengths: readonly number[]): number => {
  const several = lengths.filter((length) => length > 1)
  const timesOf = (length: number): number => several.filter((each) => each === length).length
  return several.toSorted((a, b) => timesOf(b) - timesOf(a))[0] ?? 0
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
