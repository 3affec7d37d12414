// JSON lines: one object a line, its keys are the header. An array of objects is read too, whole, its items counted as lines.
import { consentHeading } from '../../domain/consent.ts'
import { Fixable } from '../../domain/errors.ts'
import type { RawRecord } from '../../flow/raw-table.ts'
import { decodeWhole, toUtf8 } from './decode.ts'
import { detectEncoding, type Encoding, namedEncoding } from './encoding.ts'
import type { InputFile } from './file.ts'
import { knownField } from './header-names.ts'
import { headingOf } from './heading.ts'
import { numberText } from './number-text.ts'
import { readWhole } from './peek.ts'
import type { InputTable, TableOptions } from './table.ts'

/**
 * The header is every key of the first 1,000 objects. An object further down may bring other keys: they become attributes by
 * their names; a field (a phone, a district …) that no earlier object has is told as what is wrong with the row.
 */
const LOOKED_AT = 1_000
const LONGEST_LINE = 1024 * 1024
const LARGEST_ARRAY = 64 * 1024 * 1024

/** Fails with Fixable('usage' | 'input'). */
export const openJsonLines = async (input: InputFile, options: TableOptions, head: Buffer): Promise<InputTable> => {
  const { name } = input
  const encoding = options.encoding === undefined ? detectEncoding(head, name) : namedEncoding(options.encoding, head)
  const isArray = head.toString('latin1').replaceAll(/[^{[]/g, '').startsWith('[')
  const parsed = isArray ? itemsOf(input, encoding) : linesOf(input, encoding)
  const first: Parsed[] = []
  for (let next = await parsed.next(); next.done !== true; next = await parsed.next()) {
    first.push(...next.value)
    if (first.length >= LOOKED_AT) break
  }
  const header = [...new Set(first.flatMap(({ values }) => Object.keys(values)))]
  if (header.length === 0) {
    const what = first[0]?.fault ?? 'it has no object'
    throw new Fixable(
      'input',
      `${name} is not JSON lines: ${what}`,
      'Each line is one object: {"phone": "…", "name": "…"}',
    )
  }
  const toRecord = recorder(header)
  const records = async function* (): AsyncGenerator<readonly RawRecord[]> {
    yield first.map(toRecord)
    for await (const batch of parsed) yield batch.map(toRecord)
  }
  return {
    kind: 'jsonl',
    encoding: encoding.encoding,
    delimiter: null,
    table: null,
    form: `${isArray ? 'a JSON array' : 'JSON lines'}, ${encoding.encoding}`,
    header: header.map(headingOf),
    records: records(),
    close: async () => {
      await parsed.return(undefined)
    },
  }
}

interface Parsed {
  readonly line: number
  readonly values: Readonly<Record<string, unknown>>
  readonly fault?: string
}

const BATCH_ROWS = 1_000

async function* linesOf(input: InputFile, encoding: Encoding): AsyncGenerator<readonly Parsed[]> {
  let held = ''
  let isCut = false // of a line that is too long, the rest is passed over
  let line = 0
  const decoder = new TextDecoder()
  let batch: Parsed[] = []
  for await (const piece of toUtf8(input.chunks, encoding, input.name)) {
    const lines = (held + decoder.decode(piece, { stream: true })).split('\n')
    held = lines.pop() ?? ''
    for (const text of lines) {
      line += 1
      if (isCut || text.trim() !== '') batch.push(parseLine(text, line, isCut))
      isCut = false
      if (batch.length < BATCH_ROWS) continue
      yield batch
      batch = []
    }
    isCut ||= held.length > LONGEST_LINE
    if (isCut) held = ''
    yield batch // blank lines without end: who reads them has to hear that it is to stop
    batch = []
  }
  if (isCut || held.trim() !== '') yield [parseLine(held, line + 1, isCut)]
}

const parseLine = (text: string, line: number, isCut: boolean): Parsed => {
  if (isCut || text.length > LONGEST_LINE) return { line, values: {}, fault: 'the line is longer than 1 MiB' }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { line, values: {}, fault: 'the line is not a JSON object' }
  }
  return objectOf(value, line, 'the line is not a JSON object')
}

const objectOf = (value: unknown, line: number, fault: string): Parsed =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { line, values: Object.fromEntries<unknown>(Object.entries(value)) }
    : { line, values: {}, fault }

async function* itemsOf(input: InputFile, encoding: Encoding): AsyncGenerator<readonly Parsed[]> {
  const bytes = await readWhole(input.chunks, LARGEST_ARRAY)
  if (bytes === null) {
    throw new Fixable(
      'input',
      `${input.name} is one JSON array of more than 64 MiB`,
      'Write one object a line: jq -c ".[]" FILE',
    )
  }
  let value: unknown
  try {
    value = JSON.parse(decodeWhole(bytes, encoding, input.name))
  } catch (error) {
    if (error instanceof Fixable) throw error
    throw new Fixable('input', `${input.name} is not JSON: ${error instanceof Error ? error.message : ''}`)
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  for (let at = 0; at < items.length; at += BATCH_ROWS) {
    yield items.slice(at, at + BATCH_ROWS).map((item, i) => objectOf(item, at + i + 1, 'the item is not a JSON object'))
  }
}

/** How an object becomes a record under this header. */
const recorder = (header: readonly string[]): ((parsed: Parsed) => RawRecord) => {
  const known = new Set(header)
  return ({ line, values, fault }) => {
    const entries = Object.entries(values)
    const wrong = fault ?? faultOf(entries, known)
    const cells = header.map((key) => textOf(Object.hasOwn(values, key) ? values[key] : null))
    const late = entries.filter(([key]) => !known.has(key) && knownField(key) === null)
    const more = late.map(([key, value]) => [key.normalize('NFC').trim(), textOf(value)] as const)
    return {
      line,
      cells,
      ...(wrong === null ? {} : { fault: wrong }),
      ...(more.length > 0 ? { more } : {}),
    }
  }
}

const faultOf = (entries: readonly (readonly [string, unknown])[], known: ReadonlySet<string>): string | null => {
  for (const [key, value] of entries) {
    if (typeof value === 'object' && value !== null)
      return `"${key}" is ${Array.isArray(value) ? 'a list' : 'an object'}, not a text`
    if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      return `"${key}" is a number of more digits than can be read: write it in quotes`
    }
    if (known.has(key) || !isTelling(key)) continue
    return `"${key}" is not in the first ${LOOKED_AT.toLocaleString('en')} objects: put it there too, null where there is nothing`
  }
  return null
}

/** A field, or what is about consent. */
const isTelling = (key: string): boolean => {
  const field = knownField(key)
  return field === null ? consentHeading(key) !== null : field !== 'ignored'
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value)
  return typeof value === 'boolean' ? String(value) : ''
}
