// A list of addresses: a table as an import reads it, or one address a line. What the lines say is checked by the domain.
import { Fixable } from '../../domain/errors.ts'
import { isTotals } from '../../domain/totals.ts'
import type { AddressLine } from '../../flow/block-addresses.ts'
import type { RawRecord } from '../../flow/raw-table.ts'
import { decodeWhole } from './decode.ts'
import { detectEncoding } from './encoding.ts'
import type { InputFile } from './file.ts'
import { knownField } from './header-names.ts'
import { peek } from './peek.ts'
import { listed, quoted } from './quoted.ts'
import { kindOf, openTable } from './table.ts'

/** Four million addresses. */
const LARGEST_LIST = 64 * 1024 * 1024

/** Every phone and every e-mail that a file tells. Fails with Fixable('input'). */
export const readAddresses = async (input: InputFile): Promise<readonly AddressLine[]> => {
  const { head, all } = await peek(input.chunks[Symbol.asyncIterator]())
  const chunks = notTooLarge(all, input.name)
  if (head.length === 0) return []
  if (kindOf(head) !== 'csv' || isTable(head, input.name)) return readTable({ ...input, chunks })
  return readLines(input.name, chunks)
}

async function* notTooLarge(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > LARGEST_LIST) throw new Fixable('input', `${name} is larger than 64 MiB`, 'Block it in parts.')
    yield chunk
  }
}

/** Its headings name a column of addresses behind the first one: what stands in the first of its lines is no address. */
const isTable = (head: Buffer, name: string): boolean => {
  const { encoding, bom } = detectEncoding(head, name)
  const [header = []] = linesOf(new TextDecoder(encoding).decode(head.subarray(bom))).map(({ cells }) => cells)
  return header.slice(1).some(isHeader)
}

const readTable = async (input: InputFile): Promise<readonly AddressLine[]> => {
  const table = await openTable(input, { wants: 'recipients', mappings: [] })
  try {
    const places = table.header.flatMap((name, at) => (isHeader(name) ? [at] : []))
    if (places.length === 0) throw withoutAddress(input.name, table.header)
    const lines: AddressLine[] = []
    for await (const batch of table.records) lines.push(...batch.flatMap((record) => addressesOf(record, places)))
    return lines
  } finally {
    await table.close()
  }
}

const addressesOf = ({ line, cells, fault }: RawRecord, places: readonly number[]): AddressLine[] => {
  if (isTotals(cells) || (cells[0] ?? '').startsWith('#')) return []
  const texts = places.map((at) => (cells[at] ?? '').trim()).filter((text) => text !== '')
  if (fault !== undefined) return [{ line, text: '', fault }]
  return texts.length === 0 ? [{ line, text: '', fault: NO_ADDRESS }] : texts.map((text) => ({ line, text }))
}

const NO_ADDRESS = 'the row has neither a phone nor an e-mail'

const withoutAddress = (file: string, header: readonly string[]): Fixable =>
  new Fixable(
    'input',
    `${file} has no column for a phone or an e-mail; its columns: ${listed(header.map(quoted))}`,
    'Name one of its columns phone or email.',
  )

/**
 * The lines of a list but blank ones, comments (#), and a header that names the first column. Not read as CSV with quotes: in a
 * list that people keep by hand, a stray quote in a comment would swallow the lines behind it.
 */
const readLines = async (name: string, chunks: AsyncIterable<Uint8Array>): Promise<readonly AddressLine[]> => {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  const bytes = Buffer.concat(parts)
  const lines = linesOf(decodeWhole(bytes, detectEncoding(bytes.subarray(0, 65_536), name), name)).map(
    ({ line, cells: [text = '', ...beside] }) => ({ line, text, beside }),
  )
  const [first] = lines
  if (first === undefined || !isHeader(first.text)) return lines
  return lines.slice(1).map(({ line, text }) => ({ line, text })) // its header says what stands beside
}

const linesOf = (text: string): { readonly line: number; readonly cells: readonly string[] }[] =>
  text
    .split(/\r\n?|\n/)
    .map((line, i) => ({ line: i + 1, text: line.trim() }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'))
    .map(({ line, text: whole }) => ({ line, cells: whole.split(/[;,\t]/).map(bare) }))

const bare = (cell: string): string => cell.trim().replace(/^"(.*)"$/s, '$1')

const isHeader = (cell: string): boolean => ['phone', 'email'].includes(knownField(cell) ?? '')
