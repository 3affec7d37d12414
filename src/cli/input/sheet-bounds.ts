// A workbook before it is read: it has tables, no cell is in an impossible place, and what its reader would get wrong is written plainly.
import { Fixable } from '../../domain/errors.ts'
import { isoText } from './cell-text.ts'
import { contentTypes } from './content-types.ts'
import { packAgain, stored, unpacked, type ZipEntry, zipEntries } from './zip.ts'

export interface CheckedWorkbook {
  readonly kind: '.xlsx' | '.ods'
  readonly archive: Buffer
}

/**
 * The parts of an .xlsx, .xlsb or .ods workbook that tell of tables, packed anew. Fails with Fixable('input') for an archive that
 * is no workbook, is damaged, or is larger than a table of recipients can be.
 */
export const checkedWorkbook = (bytes: Buffer, name: string): CheckedWorkbook => {
  const entries = zipEntries(bytes, name).filter(({ path }) => /\.(?:xml|rels|bin)$/.test(path) || path === 'mimetype')
  if (entries.some(({ path }) => path === 'content.xml')) return { kind: '.ods', archive: packAgain(entries) }
  const types = contentTypes(entries, (entry) => unpacked(entry, name).toString())
  if (types === null) {
    throw new Fixable(
      'input',
      `${name} is a ZIP archive, but no .xlsx workbook`,
      'Unpack it first; or save the table as .xlsx or CSV.',
    )
  }
  const parts = entries.filter(({ path }) => path !== types.path).map((entry) => checkedEntry(entry, name))
  return { kind: '.xlsx', archive: packAgain([...parts, types]) }
}

const checkedEntry = (entry: ZipEntry, name: string): ZipEntry => {
  const bytes = unpacked(entry, name)
  const isSheet = bytes.includes('sheetData')
  if (!entry.path.endsWith('.xml') || (!isSheet && !bytes.includes('si>'))) return entry
  const xml = bytes.toString('latin1')
  if (isSheet) refuseImpossible(xml, name)
  const plain = xml.replaceAll(ISO_CELL, isoCell).replaceAll(STRING_ITEM, plainItem)
  return plain === xml ? entry : stored(entry.path, Buffer.from(plain, 'latin1'))
}

/** A date or a time of day in letters: a format is no duty there, and a number without one would be read. */
const ISO_CELL =
  /(<(?:\w+:)?c\b[^<>]*\bt\s*=\s*)["']d["']([^<>]*>(?:\s*<(?:\w+:)?f\b[^<>]*>[^<]*<\/(?:\w+:)?f>)?\s*<(?:\w+:)?v>)([^<]*)/g
const isoCell = (_whole: string, before: string, between: string, iso: string): string =>
  `${before}"str"${between}${isoText(iso)}`

/** A string of the shared list (si) or of a cell (is), empty ones too. */
const STRING_ITEM = /<(\w+:)?(si|is)\b(?:\s*\/>|\s*>([\s\S]*?)<\/(?:\w+:)?\2>)/g
const PHONETIC = /<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g
const COMMENT = /<!--[\s\S]*?-->/g
const TEXT = /<(?:\w+:)?t\b(?:[^<>]*\/>|[^<>]*>((?:[^<]|<!\[CDATA\[[\s\S]*?\]\]>)*)<\/(?:\w+:)?t>)/g

/**
 * One text an item. SheetJS leaves an empty <si/> out, so that every later name would be another person's, and of an item with both a
 * text and coloured runs it reads the first alone.
 */
const plainItem = (whole: string, space = '', tag: string, content = ''): string => {
  if (SIMPLE.test(content)) return whole
  const texts = content.replaceAll(COMMENT, '').replaceAll(PHONETIC, '').matchAll(TEXT)
  const text = [...texts].map(([, part = '']) => part).join('')
  return `<${space}${tag}><${space}t xml:space="preserve">${text}</${space}t></${space}${tag}>`
}
const SIMPLE = /^\s*<(?:\w+:)?t\b[^<>]*>[^<]*<\/(?:\w+:)?t>\s*$/

/** What spreadsheet programs have. */
const LAST_ROW = 1_048_576
const LAST_COLUMN = 16_384

/** Where a row (r="17") or a cell (r="AB17") says that it is. In the text of a cell there is no "<". */
const ADDRESS = /<(?:\w+:)?(?:row|c)\b[^<>]*?\sr\s*=\s*["']([^"']*)["']/g

const refuseImpossible = (xml: string, name: string): void => {
  for (const [, address = ''] of xml.matchAll(ADDRESS)) {
    const [, letters = '', digits = ''] = /^([A-Za-z]{0,3})(\d{1,7})$/.exec(address) ?? []
    if (digits !== '' && Number(digits) >= 1 && Number(digits) <= LAST_ROW && columnNumber(letters) <= LAST_COLUMN)
      continue
    throw new Fixable(
      'input',
      `${name} has a cell in an impossible place`,
      'Open it, save it as .xlsx or CSV, and import that.',
    )
  }
}

const columnNumber = (letters: string): number => {
  let column = 0
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  return column
}
