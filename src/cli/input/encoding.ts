// Which encoding a file is written in: its byte order mark, else strict UTF-8, else the Cyrillic one that makes Russian of it.
import { Fixable } from '../../domain/errors.ts'
import { cyrillicEncoding } from './cyrillic.ts'

export interface Encoding {
  /** As TextDecoder calls it: utf-8, utf-16le, utf-16be, windows-1251, koi8-r, ibm866 … */
  readonly encoding: string
  /** Bytes of the byte order mark. */
  readonly bom: number
}

/** The encoding that the operator names. Fails with Fixable('usage') for a name that nobody knows. */
export const namedEncoding = (wanted: string, head: Buffer): Encoding => {
  const marked = marksOf(head)
  try {
    const { encoding } = new TextDecoder(wanted)
    return { encoding, bom: marked?.encoding === encoding ? marked.bom : 0 }
  } catch {
    throw new Fixable('usage', `unknown encoding "${wanted}"`, `Write one of ${KNOWN}.`)
  }
}

/** The encoding of a file that begins with `head`. Fails with Fixable('input') for what is no text, or nothing known. */
export const detectEncoding = (head: Buffer, name: string): Encoding => {
  const encoding = marksOf(head) ?? unmarkedUtf16(head)
  if (encoding !== null) return encoding
  refuseBinary(head, name)
  if (isUtf8(head)) return { encoding: 'utf-8', bom: 0 }
  const { encoding: cyrillic, rival } = cyrillicEncoding(head)
  if (cyrillic !== null && rival === null) return { encoding: cyrillic, bom: 0 }
  throw new Fixable(
    'input',
    rival === null
      ? `the encoding of ${name} cannot be told`
      : `the encoding of ${name} cannot be told: ${cyrillic} and ${rival} both make words of it`,
    `Say it: --encoding with one of ${KNOWN}.`,
  )
}

const KNOWN = 'utf-8, utf-16le, utf-16be, windows-1251, koi8-r, koi8-u, cp866, x-mac-cyrillic'

const marksOf = (head: Buffer): Encoding | null => {
  const start = head.toString('latin1', 0, 3)
  if (start === '\xef\xbb\xbf') return { encoding: 'utf-8', bom: 3 }
  if (start.startsWith('\xff\xfe')) return { encoding: 'utf-16le', bom: 2 }
  return start.startsWith('\xfe\xff') ? { encoding: 'utf-16be', bom: 2 } : null
}

/** Digits and delimiters of UTF-16 have a zero byte, always on the same side. */
const unmarkedUtf16 = (head: Buffer): Encoding | null => {
  const zeros = [0, 0]
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (even === 0 && odd > head.length / 10) return { encoding: 'utf-16le', bom: 0 }
  return odd === 0 && even > head.length / 10 ? { encoding: 'utf-16be', bom: 0 } : null
}

const SIGNATURES = [
  ['PK\x03\x04', 'a ZIP archive or an .xlsx workbook'],
  ['\xd0\xcf\x11\xe0', 'an .xls workbook'],
  ['\x09\0\x04\0', 'an .xls workbook'], // of Excel 2, 3 and 4
  ['\x09\x02\x06\0', 'an .xls workbook'],
  ['\x09\x04\x06\0', 'an .xls workbook'],
  ['SQLite format 3\0', 'an SQLite database'],
  ['%PDF-', 'a PDF document'],
  ['\x1f\x8b', 'a gzip archive'],
] as const

/** What a file that begins like this is, where its first bytes tell: no text begins so. */
export const signatureOf = (head: Buffer): (typeof SIGNATURES)[number][1] | null => {
  const start = head.toString('latin1', 0, 16)
  return SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1] ?? null
}

const refuseBinary = (head: Buffer, name: string): void => {
  const known = signatureOf(head)
  const controls = head.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13).length
  if (known === null && (controls <= 8 || controls < head.length / 20)) return
  throw new Fixable(
    'input',
    `${name} is ${known ?? 'a binary file'}, not CSV`,
    'Save the table as CSV (UTF-8) and import that.',
  )
}

/** The head may end in the middle of a character. */
const isUtf8 = (head: Buffer): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}
