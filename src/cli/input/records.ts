// Text in UTF-8 -> the records of a CSV file, each with the line it begins on and what speaks against it.
import { CsvError, type Parser, parse } from 'csv-parse'
import { Fixable } from '../../domain/errors.ts'

export interface CsvRecord {
  /** The line it begins on; a quoted cell may go on over several. */
  readonly line: number
  readonly cells: readonly string[]
  /** Why it cannot be what it seems. */
  readonly fault?: string
}

/** A record longer than that is a quote that was never closed, or no CSV. One above 1 MiB is a bad row among good ones: the domain says so. */
const LONGEST_RECORD = 4 * 1024 * 1024

const BATCH_ROWS = 1000

/** All records but blank ones, in batches that may be empty. Fails with Fixable('input'). */
export async function* recordsOf(
  utf8: AsyncIterable<Uint8Array>,
  delimiter: string,
  name: string,
): AsyncGenerator<readonly CsvRecord[]> {
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    max_record_size: LONGEST_RECORD,
    relax_quotes: true, // a name such as ООО "Ромашка" is written so by programs that do not know of quoting
    relax_column_count: true, // counted by the domain, which rejects the one row and not the file
  })
  let line = 1
  let batch: CsvRecord[] = []
  let read = 0 // blank ones too: who reads a million of them has to hear that it is to stop
  try {
    for await (const cells of rowsOf(utf8, parser)) {
      const breaks = breaksWithin(cells)
      if (!isBlank(cells))
        batch.push(breaks > 0 ? { line, cells, ...swallowed(cells, delimiter, line) } : { line, cells })
      line += 1 + breaks
      read += 1
      if (read < BATCH_ROWS) continue
      yield batch
      batch = []
      read = 0
    }
  } catch (error) {
    throw error instanceof CsvError ? malformed(error, line, name) : error
  }
  if (batch.length > 0) yield batch
}

/** Piece by piece, not piped: a parser that fails in a pipe takes the records before with it, and nobody knows where it was. */
async function* rowsOf(utf8: AsyncIterable<Uint8Array>, parser: Parser): AsyncGenerator<readonly string[]> {
  parser.on('error', () => undefined) // thrown below
  for await (const piece of utf8) {
    parser.write(piece)
    for (let cells = nextRow(parser); cells !== null; cells = nextRow(parser)) yield cells
    if (parser.errored !== null) throw parser.errored
  }
  parser.end()
  const rest: AsyncIterable<readonly string[]> = parser
  yield* rest
}

const nextRow = (parser: Parser): readonly string[] | null => {
  // oxlint-disable-next-line typescript/no-unsafe-assignment -- with these options csv-parse gives lists of texts
  const cells: readonly string[] | null = parser.read()
  return cells
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

/** csv-parse counts lines too, but an object of 15 properties for every record makes it a third slower. */
const breaksWithin = (cells: readonly string[]): number => {
  let breaks = 0
  for (const cell of cells) if (cell.includes('\n')) breaks += countOf(cell, '\n')
  return breaks
}

const countOf = (text: string, sought: string): number => text.split(sought).length - 1

/** In narrower tables a cell of several lines, each with a comma or two, is an address. */
const FEWEST_COLUMNS = 4

/**
 * One stray quote at the beginning of a cell, another at the end of one in the same column some rows below: together a sound
 * record with as many cells as the others, one of which holds all the rows between. It has exactly their delimiters.
 */
const swallowed = (cells: readonly string[], delimiter: string, line: number): { readonly fault?: string } => {
  if (cells.length < FEWEST_COLUMNS) return {}
  const rows = cells
    .map((cell) => ({ breaks: countOf(cell, '\n'), delimiters: countOf(cell, delimiter) }))
    .find(({ breaks, delimiters }) => breaks > 0 && delimiters === breaks * (cells.length - 1))?.breaks
  return rows === undefined
    ? {}
    : { fault: `a quote that is opened at line ${line} swallows the next ${rows === 1 ? 'row' : `${rows} rows`}` }
}

/** `line`: where the record begins. */
const malformed = (error: CsvError, line: number, name: string): Fixable => {
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new Fixable(
      'input',
      `${name}: the record at line ${line} is longer than 4 MiB`,
      'Is a quote opened there and never closed?',
    )
  }
  return new Fixable(
    'input',
    `${name}: a quote is opened in the record at line ${line} and never closed`,
    'A cell with quotes in it is written "like ""this""".',
  )
}
