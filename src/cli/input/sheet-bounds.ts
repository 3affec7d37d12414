// A workbook before it is read: which sheets it has, and that none of them fills the memory with rows and columns that are not there.
import { Fixable } from '../../domain/errors.ts'
import { packAgain, stored, unpacked, type ZipEntry, zipEntries } from './zip.ts'

const MOST_ROWS = 1_000_000
/** Every row is as long as the longest: a cell in the last column of the last row makes 17 billion of them. */
const MOST_CELLS = 20_000_000

export interface CheckedWorkbook {
  /** The parts that tell of tables, and nothing else. */
  readonly archive: Buffer
  /** The sheets in their order. */
  readonly sheets: readonly Sheet[]
}

export interface Sheet {
  readonly name: string
  /** Nobody who opens the workbook sees it. */
  readonly isHidden: boolean
}

/** Fails with Fixable('input') for an archive that is no workbook, is damaged, or is larger than a table of recipients can be. */
export const checkedWorkbook = (bytes: Buffer, name: string): CheckedWorkbook => {
  const entries = zipEntries(bytes, name).filter(({ path }) => /\.xml(\.rels)?$/.test(path))
  const workbook = entries.find(({ path }) => path === 'xl/workbook.xml')
  if (workbook === undefined) {
    throw new Fixable(
      'input',
      `${name} is a ZIP archive, but no .xlsx workbook`,
      'Unpack it first; or save the table as .xlsx or CSV.',
    )
  }
  return {
    archive: packAgain(entries.map((entry) => checkedEntry(entry, name))),
    sheets: sheetsOf(unpacked(workbook, name).toString()),
  }
}

/** An error of a formula (t="e") becomes a text: the reader would leave the cell blank, and nobody would hear of it. */
const ERROR_CELL = /(<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*)(["'])e\2/g

const checkedEntry = (entry: ZipEntry, name: string): ZipEntry => {
  const xml = unpacked(entry, name)
  refuseWideSheet(xml, name)
  if (!xml.includes('t="e"') && !xml.includes("t='e'")) return entry
  return stored(entry.path, Buffer.from(xml.toString('latin1').replace(ERROR_CELL, '$1$2str$2'), 'latin1'))
}

const SHEET = /<(?:\w+:)?sheet\s(?:"[^"]*"|'[^']*'|[^"'>])*>/g
const NAME = /\bname=(?:"([^"]*)"|'([^']*)')/

const sheetsOf = (workbook: string): Sheet[] =>
  [...workbook.matchAll(SHEET)].map(([tag]) => {
    const [whole = '', double, single] = NAME.exec(tag) ?? []
    return {
      name: plainText(double ?? single ?? ''),
      isHidden: /\bstate=["'](?:hidden|veryHidden)["']/.test(tag.replace(whole, '')),
    }
  })

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const plainText = (xml: string): string =>
  xml.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, named?: string) => {
    if (named !== undefined) return ENTITIES[named] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

/** Looked through piece by piece, each piece beginning where a tag may have been cut. */
const PIECE = 4 * 1024 * 1024
const LONGEST_TAG = 400

const refuseWideSheet = (xml: Buffer, name: string): void => {
  const bounds = { rows: 0, columns: 0 }
  for (let at = 0; at < xml.length; at += PIECE - LONGEST_TAG) {
    for (const [, address = ''] of xml.toString('latin1', at, at + PIECE).matchAll(ADDRESS)) {
      const [, letters = '', digits = ''] = /^([A-Za-z]{0,3})(\d{1,7})$/.exec(address) ?? []
      if (digits === '') throw new Fixable('input', `${name} has a cell in an impossible place`, SAVE_ANEW)
      bounds.rows = Math.max(bounds.rows, Number(digits))
      if (letters !== '') bounds.columns = Math.max(bounds.columns, columnNumber(letters))
    }
  }
  if (bounds.rows <= MOST_ROWS && bounds.rows * bounds.columns <= MOST_CELLS) return
  throw new Fixable(
    'input',
    `${name} has a sheet of ${bounds.rows.toLocaleString('en')} rows and ${bounds.columns.toLocaleString('en')} columns: more than can be read at once`,
    'Delete what stands far below or beside the table; or save the sheet as CSV and import that.',
  )
}

const SAVE_ANEW = 'Open it, save it as .xlsx or CSV, and import that.'

/** Where a row (r="17") or a cell (r="AB17") says that it is. In the text of a cell there is no "<". */
const ADDRESS = /<(?:\w+:)?(?:row|c)\b[^<>]*?\sr\s*=\s*["']([^"']*)["']/g

const columnNumber = (letters: string): number => {
  let column = 0
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  return column
}
