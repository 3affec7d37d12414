// A table of time zones, CSV or JSON -> its rows. What the rows say is checked by the domain.
import type { RawDistrict } from '../../domain/district.ts'
import { Fixable } from '../../domain/errors.ts'
import { type CsvOptions, openCsv } from './csv.ts'
import { decodeWhole } from './decode.ts'
import { detectEncoding, namedEncoding } from './encoding.ts'
import type { InputFile } from './file.ts'
import { timezoneColumns } from './timezone-columns.ts'

export interface TimezoneTable {
  /** How it is written, for people. */
  readonly format: string
  readonly rows: readonly RawDistrict[]
}

/** Every village of Russia with its zone is 10 MB. */
const LARGEST_TABLE = 64 * 1024 * 1024

/** Reads a whole table: JSON where it begins like JSON, else CSV. Fails with Fixable('usage' | 'input'). */
export const readTimezones = async (input: InputFile, options: CsvOptions): Promise<TimezoneTable> => {
  const bytes = await readAll(input)
  if (bytes.length === 0) {
    throw new Fixable(
      'input',
      `${input.name} is empty`,
      'Write CSV with columns such as district;zone, or JSON: {"3": 3, "7": 9}',
    )
  }
  return isJson(bytes)
    ? readJson(bytes, input.name, options)
    : readCsv({ ...input, chunks: inOnePiece(bytes) }, options)
}

const readAll = async ({ name, chunks }: InputFile): Promise<Buffer> => {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    length += chunk.length
    if (length > LARGEST_TABLE)
      throw new Fixable('input', `${name} is larger than 64 MiB: that is no table of districts`)
  }
  return Buffer.concat(parts)
}

async function* inOnePiece(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}

// ---------------------------------------------------------------- JSON: {"3": 3, "Амурская область": "Asia/Yakutsk"}

/** The first character tells, in UTF-8 and in UTF-16: no name of a column begins with a brace or a bracket. */
const isJson = (bytes: Buffer): boolean => /^[\xef\xbb\xbf\xfe\xff\0\s]*[{[]/.test(bytes.toString('latin1', 0, 1024))

const readJson = (bytes: Buffer, name: string, options: CsvOptions): TimezoneTable => {
  const encoding = options.encoding === undefined ? detectEncoding(bytes, name) : namedEncoding(options.encoding, bytes)
  const text = decodeWhole(bytes, encoding, name)
  return { format: `JSON, ${encoding.encoding}`, rows: rowsOf(parseJson(text, name), text) }
}

const parseJson = (text: string, name: string): Readonly<Record<string, unknown>> => {
  const hint = 'Write it like {"3": 3, "7": 9} or {"Амурская область": "Asia/Yakutsk"}'
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Fixable('input', `${name} is not JSON: ${error instanceof Error ? error.message : ''}`, hint)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new Fixable('input', `${name} is not an object of districts and their zones`, hint)
}

const rowsOf = (table: Readonly<Record<string, unknown>>, text: string): RawDistrict[] => {
  const lines = linesOfKeys(text)
  return Object.entries(table)
    .map(([name, zone]) => ({
      line: lines.get(name) ?? 1,
      name,
      otherNames: [],
      zone: zoneText(zone),
    }))
    .toSorted((a, b) => a.line - b.line)
}

/** What is no zone is refused by its words. Lists are not written out: one of 200,000 in each other would take the stack. */
const zoneText = (zone: unknown): string => {
  if (typeof zone !== 'object' || zone === null) return String(zone)
  return Array.isArray(zone) ? '[…]' : '{…}'
}

/** The line on which each key is written: JSON.parse does not tell. */
const linesOfKeys = (text: string): Map<string, number> => {
  const lines = new Map<string, number>()
  let [line, seen] = [1, 0]
  for (const { 1: key = '', index } of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:/g)) {
    line += text.slice(seen, index).split('\n').length - 1
    seen = index
    lines.set(String(JSON.parse(key)), line)
  }
  return lines
}

// ---------------------------------------------------------------- CSV

const readCsv = async (input: InputFile, options: CsvOptions): Promise<TimezoneTable> => {
  const table = await openCsv(input, options)
  try {
    const read = timezoneColumns(table.header, input.name)
    const rows: RawDistrict[] = []
    for await (const batch of table.records) rows.push(...batch.map(read))
    const { encoding, delimiter, header } = table
    const cells = delimiter === '\t' ? 'tab' : `'${delimiter}'`
    return { format: `${encoding}, ${cells}, ${header.length} columns`, rows }
  } finally {
    await table.close()
  }
}
