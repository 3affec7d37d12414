// CSV, streaming: bytes of a file or of standard input -> its header and its records, each with the line it begins on.
import { CsvError, type Parser, parse } from 'csv-parse'
import { Fixable } from '../../domain/errors.ts'
import { toUtf8 } from './decode.ts'
import { detectDelimiter, namedDelimiter, SEP_LINE } from './delimiter.ts'
import { detectEncoding, namedEncoding } from './encoding.ts'
import type { InputFile } from './file.ts'

export interface CsvRecord {
  /** The line it begins on; a quoted cell may go on over several. */
  readonly line: number
  readonly cells: readonly string[]
}

export interface CsvTable {
  readonly encoding: string
  readonly delimiter: string
  /** Trimmed. */
  readonly header: readonly string[]
  /** All other records but blank ones, in batches that may be empty; to be read once. Fails with Fixable('input'). */
  readonly records: AsyncIterable<readonly CsvRecord[]>
  /** Lets go of the file; to be called even when all records have been read. */
  close(): Promise<void>
}

export interface CsvOptions {
  /** Found by themselves where they are not given. */
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
}

const HEAD_BYTES = 64 * 1024

/** A record longer than that is a quote that was never closed, or no CSV. */
const LONGEST_RECORD = 1024 * 1024

/** Reads the beginning of a file and finds out how it is written. Fails with Fixable('usage' | 'input'). */
export const openCsv = async (input: InputFile, options: CsvOptions): Promise<CsvTable> => {
  const chunks = input.chunks[Symbol.asyncIterator]()
  const close = async (): Promise<void> => {
    await chunks.return?.()
  }
  try {
    const { head, isWhole, all } = await peek(chunks, HEAD_BYTES)
    if (head.length === 0) throw emptyFile(input.name)
    const encoding =
      options.encoding === undefined ? detectEncoding(head, input.name) : namedEncoding(options.encoding, head)
    const sample = sampleOf(head.subarray(encoding.bom), encoding.encoding, isWhole)
    const delimiter = options.delimiter === undefined ? detectDelimiter(sample) : namedDelimiter(options.delimiter)
    const records = recordsOf(toUtf8(all, encoding, input.name), delimiter, input.name)
    const { header, rest } = await splitHeader(records, SEP_LINE.test(sample) ? 1 : 0, input.name)
    return { encoding: encoding.encoding, delimiter, header, records: rest, close }
  } catch (error) {
    await close()
    throw error
  }
}

const emptyFile = (name: string): Fixable =>
  new Fixable('input', `${name} is empty`, 'The first line names the columns: phone;name;district')

/** The first bytes, and then all of them, these included. */
const peek = async (
  chunks: AsyncIterator<Uint8Array>,
  size: number,
): Promise<{ head: Buffer; isWhole: boolean; all: AsyncIterable<Uint8Array> }> => {
  const first: Uint8Array[] = []
  let length = 0
  let next = await chunks.next()
  while (next.done !== true) {
    first.push(next.value)
    length += next.value.length
    if (length >= size) break
    next = await chunks.next()
  }
  const read = Buffer.concat(first)
  const all = async function* (): AsyncGenerator<Uint8Array> {
    yield read
    yield* { [Symbol.asyncIterator]: () => chunks }
  }
  return { head: read.subarray(0, size), isWhole: length < size, all: all() }
}

/** The head as text, without its last line where that may be cut. */
const sampleOf = (head: Uint8Array, encoding: string, isWhole: boolean): string => {
  const text = new TextDecoder(encoding).decode(head).replace(/\r\n?/g, '\n')
  return isWhole ? text : text.slice(0, text.lastIndexOf('\n') + 1)
}

const BATCH_ROWS = 1000

async function* recordsOf(
  utf8: AsyncIterable<Uint8Array>,
  delimiter: string,
  name: string,
): AsyncGenerator<readonly CsvRecord[]> {
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    max_record_size: LONGEST_RECORD,
    relax_column_count: true, // counted by the domain, which rejects the one row and not the file
  })
  let line = 1
  let batch: CsvRecord[] = []
  let read = 0 // blank ones too: who reads a million of them has to hear that it is to stop
  try {
    for await (const cells of rowsOf(utf8, parser)) {
      if (!isBlank(cells)) batch.push({ line, cells })
      line += 1 + breaksWithin(cells)
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
  const cells: readonly string[] | null = parser.read()
  return cells
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

/** csv-parse counts lines too, but an object of 15 properties for every record makes it a third slower. */
const breaksWithin = (cells: readonly string[]): number => {
  let breaks = 0
  for (const cell of cells) if (cell.includes('\n')) breaks += cell.split('\n').length - 1
  return breaks
}

/** `line`: where the record begins. Where in it the quote is, the parser says. */
const malformed = (error: CsvError, line: number, name: string): Fixable => {
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new Fixable(
      'input',
      `${name}: the record at line ${line} is longer than 1 MiB`,
      'Is a quote opened there and never closed?',
    )
  }
  const what =
    error.code === 'CSV_QUOTE_NOT_CLOSED'
      ? `a quote is opened in the record at line ${line} and never closed`
      : `a quote in the middle of a cell at line ${'lines' in error ? String(error['lines']) : line}`
  return new Fixable('input', `${name}: ${what}`, 'A cell with quotes in it is written "like ""this""".')
}

const splitHeader = async (
  records: AsyncGenerator<readonly CsvRecord[]>,
  skipped: number,
  name: string,
): Promise<{ header: readonly string[]; rest: AsyncIterable<readonly CsvRecord[]> }> => {
  const batch: CsvRecord[] = []
  for (let next = await records.next(); next.done !== true; next = await records.next()) {
    batch.push(...next.value)
    if (batch.length > skipped) break
  }
  const header = batch[skipped]
  if (header === undefined) throw emptyFile(name)
  const rest = async function* (): AsyncGenerator<readonly CsvRecord[]> {
    if (batch.length > skipped + 1) yield batch.slice(skipped + 1)
    yield* records
  }
  return { header: header.cells.map((cell) => cell.normalize('NFC').trim()), rest: rest() }
}
