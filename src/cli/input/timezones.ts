// A table of time zones -> its rows: JSON such as {"3": 3, "7": 9}, or a table as recipients come in. What the rows say is checked by the domain.
import type { RawDistrict } from '../../domain/district.ts'
import { Fixable } from '../../domain/errors.ts'
import { decodeWhole } from './decode.ts'
import { detectEncoding, namedEncoding } from './encoding.ts'
import type { InputFile } from './file.ts'
import { peek, readWhole } from './peek.ts'
import { beginsLikeJson, openTable, type TableOptions } from './table.ts'
import { fitsTimezones, timezoneColumns } from './timezone-columns.ts'

export interface TimezoneTable {
  /** How it is written, for people. */
  readonly format: string
  readonly rows: readonly RawDistrict[]
}

export type TimezoneOptions = Pick<TableOptions, 'encoding' | 'delimiter' | 'sheet' | 'table' | 'query'>

/** Every village of Russia with its zone is 10 MB. */
const LARGEST_TABLE = 64 * 1024 * 1024

/** Reads a whole table. Fails with Fixable('usage' | 'input'). */
export const readTimezones = async (input: InputFile, options: TimezoneOptions): Promise<TimezoneTable> => {
  const { head, all } = await peek(input.chunks[Symbol.asyncIterator]())
  if (head.length === 0) {
    throw new Fixable(
      'input',
      `${input.name} is empty`,
      'Write CSV with columns such as district;zone, or JSON: {"3": 3, "7": 9}',
    )
  }
  if (!beginsLikeJson(head)) return readTable({ ...input, chunks: notTooLarge(all, input.name) }, options)
  const bytes = await readWhole(all, LARGEST_TABLE)
  if (bytes === null) throw tooLarge(input.name)
  return readJson(bytes, input.name, options) ?? readTable({ ...input, chunks: inOnePiece(bytes) }, options)
}

const tooLarge = (name: string): Fixable =>
  new Fixable('input', `${name} is larger than 64 MiB: that is no table of districts`)

async function* notTooLarge(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > LARGEST_TABLE) throw tooLarge(name)
    yield chunk
  }
}

async function* inOnePiece(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}

const readTable = async (input: InputFile, options: TimezoneOptions): Promise<TimezoneTable> => {
  const table = await openTable(input, { ...options, wants: 'districts', mappings: [] })
  try {
    const read = timezoneColumns(table.header, input.name)
    const rows: RawDistrict[] = []
    for await (const batch of table.records) rows.push(...batch.map(read))
    return { format: `${table.form}, ${table.header.length} columns`, rows }
  } finally {
    await table.close()
  }
}

// ---------------------------------------------------------------- JSON: {"3": 3, "Амурская область": "Asia/Yakutsk"}

/** null: it is a list of rows, or lines with one each. */
const readJson = (bytes: Buffer, name: string, options: TimezoneOptions): TimezoneTable | null => {
  const encoding = options.encoding === undefined ? detectEncoding(bytes, name) : namedEncoding(options.encoding, bytes)
  const text = decodeWhole(bytes, encoding, name)
  const table = parseJson(text, name)
  return table === null ? null : { format: `JSON, ${encoding.encoding}`, rows: rowsOf(table, text) }
}

const parseJson = (text: string, name: string): Readonly<Record<string, unknown>> | null => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (isObject(firstLine(text))) return null
    const message = error instanceof Error ? error.message : ''
    throw new Fixable('input', `${name} is not JSON: ${message}`, HINT)
  }
  if (Array.isArray(value) && value.some(isObject)) return null
  if (!isObject(value)) throw new Fixable('input', `${name} is not an object of districts and their zones`, HINT)
  return fitsTimezones(Object.keys(value)) ? null : { ...value }
}

const HINT = 'Write it like {"3": 3, "7": 9} or {"Амурская область": "Asia/Yakutsk"}'

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const firstLine = (text: string): unknown => {
  try {
    return JSON.parse(text.trimStart().split('\n', 1)[0] ?? '')
  } catch {
    return null
  }
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

/**
 * The line on which each key is written: JSON.parse does not tell. Every text is passed over from its first quote to its last: sought
 * by a pattern from each quote anew, keys behind a text of 40,000 escaped quotes took 7 s to find.
 */
const linesOfKeys = (text: string): Map<string, number> => {
  const lines = new Map<string, number>()
  let [line, seen] = [1, 0]
  for (let start = text.indexOf('"'); start >= 0; ) {
    const end = endOfText(text, start)
    if (COLON.exec(text.slice(end, end + 100)) !== null) {
      line += text.slice(seen, start).split('\n').length - 1
      seen = start
      lines.set(String(JSON.parse(text.slice(start, end))), line)
    }
    start = text.indexOf('"', end)
  }
  return lines
}

const COLON = /^\s*:/
const [QUOTE, BACKSLASH] = [34, 92]

/** Behind the closing quote; the text is sound JSON. */
const endOfText = (text: string, start: number): number => {
  let at = start + 1
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at + 1
}
