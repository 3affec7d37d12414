// CSV, streaming: bytes of a file or of standard input -> its header and its records, each with the line it begins on.
import { Fixable } from '../../domain/errors.ts'
import { toUtf8 } from './decode.ts'
import { detectDelimiter, namedDelimiter, SEP_LINE } from './delimiter.ts'
import { detectEncoding, namedEncoding } from './encoding.ts'
import type { InputFile } from './file.ts'
import { type Fits, headerAt } from './fitting.ts'
import { headingOf } from './heading.ts'
import { peek } from './peek.ts'
import { type CsvRecord, recordsOf } from './records.ts'

export interface CsvTable {
  readonly encoding: string
  readonly delimiter: string
  /** The line of the header. */
  readonly headerLine: number
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
  /** Above the header may stand a title, a date, a name: it is the first of the first rows that fits, else the first one. */
  readonly fits?: Fits | undefined
}

/** Reads the beginning of a file and finds out how it is written. Fails with Fixable('usage' | 'input'). */
export const openCsv = async (input: InputFile, options: CsvOptions): Promise<CsvTable> => {
  const chunks = input.chunks[Symbol.asyncIterator]()
  const close = async (): Promise<void> => {
    await chunks.return?.()
  }
  try {
    const { head, isWhole, all } = await peek(chunks)
    if (head.length === 0) throw emptyFile(input.name)
    const encoding =
      options.encoding === undefined ? detectEncoding(head, input.name) : namedEncoding(options.encoding, head)
    const sample = sampleOf(head.subarray(encoding.bom), encoding.encoding, isWhole)
    const delimiter = options.delimiter === undefined ? detectDelimiter(sample) : namedDelimiter(options.delimiter)
    const records = recordsOf(toUtf8(all, encoding, input.name), delimiter, input.name)
    const { header, rest } = await splitHeader(records, SEP_LINE.test(sample) ? 1 : 0, input.name, options.fits)
    const { line: headerLine, cells } = header
    return { encoding: encoding.encoding, delimiter, headerLine, header: cells, records: rest, close }
  } catch (error) {
    await close()
    throw error
  }
}

const emptyFile = (name: string): Fixable =>
  new Fixable('input', `${name} is empty`, 'The first line names the columns: phone;name;district')

/** The head as text, without its last line where that may be cut. */
const sampleOf = (head: Uint8Array, encoding: string, isWhole: boolean): string => {
  const text = new TextDecoder(encoding).decode(head).replace(/\r\n?/g, '\n')
  return isWhole ? text : text.slice(0, text.lastIndexOf('\n') + 1)
}

const ROWS_LOOKED_AT = 20

const splitHeader = async (
  records: AsyncGenerator<readonly CsvRecord[]>,
  skipped: number,
  name: string,
  fits: Fits = () => false,
): Promise<{ header: CsvRecord; rest: AsyncIterable<readonly CsvRecord[]> }> => {
  const batch: CsvRecord[] = []
  for (let next = await records.next(); next.done !== true; next = await records.next()) {
    batch.push(...next.value)
    if (batch.length > skipped) break // a batch is of a thousand rows, blank ones too: of those there may be no end
  }
  const first = batch.slice(skipped, ROWS_LOOKED_AT).map(({ line, cells }) => ({ line, cells: cells.map(headingOf) }))
  const at = headerAt(first, fits)
  const header = first[at]
  if (header === undefined) throw emptyFile(name)
  const begin = skipped + at + 1
  const rest = async function* (): AsyncGenerator<readonly CsvRecord[]> {
    if (batch.length > begin) yield batch.slice(begin)
    yield* records
  }
  return { header, rest: rest() }
}
