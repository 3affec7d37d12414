// A list of addresses: one a line, of a CSV file the first column. What the lines say is checked by the domain.
import { Fixable } from '../../domain/errors.ts'
import type { AddressLine } from '../../flow/block-addresses.ts'
import { decodeWhole } from './decode.ts'
import { detectEncoding } from './encoding.ts'
import type { InputFile } from './file.ts'
import { knownField } from './header-names.ts'

/** Four million addresses. */
const LARGEST_LIST = 64 * 1024 * 1024

/**
 * The lines of a list but blank ones, comments (#), and a header that names the first column. Not read as CSV with quotes: in a
 * list that people keep by hand, a stray quote in a comment would swallow the lines behind it. Fails with Fixable('input').
 */
export const readAddresses = async ({ name, chunks }: InputFile): Promise<readonly AddressLine[]> => {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    parts.push(chunk)
    length += chunk.length
    if (length > LARGEST_LIST) throw new Fixable('input', `${name} is larger than 64 MiB`, 'Block it in parts.')
  }
  const bytes = Buffer.concat(parts)
  const text = length === 0 ? '' : decodeWhole(bytes, detectEncoding(bytes.subarray(0, 65_536), name), name)
  const lines = text
    .split(/\r\n?|\n/)
    .map((line, i) => ({ line: i + 1, text: line.trim() }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'))
    .map(({ line, text: whole }) => {
      const [first = '', ...beside] = whole.split(/[;,\t]/).map(bare)
      return { line, text: first, beside }
    })
  const [first] = lines
  if (first === undefined || !isHeader(first.text)) return lines
  return lines.slice(1).map(({ line, text: address }) => ({ line, text: address })) // its header says what stands beside
}

const bare = (cell: string): string => cell.trim().replace(/^"(.*)"$/s, '$1')

const isHeader = (cell: string): boolean => ['phone', 'email'].includes(knownField(cell) ?? '')
