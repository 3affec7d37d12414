// The bytes of a workbook -> the rows of one sheet, as texts that a person sees; by the process that reads it (apart-child.ts).
import { Fixable } from '../../domain/errors.ts'
import { sizeFault } from '../../domain/row-size.ts'
import { visible } from '../../domain/visible.ts'
import type { RawRecord } from '../../flow/raw-table.ts'
import type { OpenedRows, WorkbookOrder } from './apart.ts'
import { NO_RESULT, UNREADABLE } from './cell-text.ts'
import { decodeWhole } from './decode.ts'
import { detectEncoding, namedEncoding, signatureOf } from './encoding.ts'
import { type Fits, fitsTable, headerAt } from './fitting.ts'
import { headingOf } from './heading.ts'
import { checkedWorkbook } from './sheet-bounds.ts'
import { type SheetName, type SheetRow, type SheetSource, sheetNames, sheetRows } from './spreadsheet.ts'
import { tooLarge } from './zip.ts'

const BATCH_ROWS = 1_000
/** Characters of a batch; rows may be large, and a text that stands in all of them takes its memory once here, but not on its way. */
const BATCH_LENGTH = 4 * 1024 * 1024

/** Fails with Fixable('usage') for a sheet that is not there, with Fixable('input') for what is no workbook with a table. */
export const readWorkbook = (
  bytes: Buffer,
  { name, ...options }: Omit<WorkbookOrder, 'bytes'>,
): OpenedRows & { readonly records: Iterable<readonly RawRecord[]> } => {
  const { kind, source } = sourceOf(bytes, options.encoding, name)
  const { sheet, rows } = chosenSheet(openBook(source, name), options.sheet, name)
  const at = headerRow(rows, fitsTable(options.wants, options.mappings))
  const unseen = rows.slice(at + 1).filter(({ isHidden }) => isHidden).length
  const { line = 1 } = rows[at] ?? {}
  const details = [
    `sheet "${visible(sheet)}"`,
    ...(line === 1 ? [] : [`header in row ${line}`]),
    ...hiddenWords(unseen),
  ]
  refuseEndless(rows, bytes.length, name)
  const width = rows.reduce((widest, { cells }) => Math.max(widest, cells.length), 0)
  const header = textsOf(rows[at], width).map(headingOf)
  return {
    header,
    table: sheet,
    form: `${kind}, ${details.join(', ')}`,
    records: recordsOf(rows, at, header),
  }
}

/** A text that is shared by all rows stands once in the file, and once a row in the table. */
const MOST_TEXT = 512 * 1024 * 1024

const refuseEndless = (rows: readonly SheetRow[], bytes: number, name: string): void => {
  let length = 0
  for (const { cells } of rows) for (const cell of cells) length += cell?.length ?? 0
  if (length > MOST_TEXT) throw tooLarge(name, length, bytes)
}

const hiddenWords = (rows: number): string[] => {
  if (rows === 0) return []
  return [rows === 1 ? '1 row hidden there is read too' : `${rows} rows hidden there are read too`]
}

/** What it is, for people, and what of it is read. Fails with Fixable('input'). */
const sourceOf = (bytes: Buffer, encoding: string | undefined, name: string): { kind: string; source: SheetSource } => {
  const signature = signatureOf(bytes.subarray(0, 64))
  if (signature === 'a ZIP archive or an .xlsx workbook') {
    const { archive, kind } = checkedWorkbook(bytes, name)
    return { kind: `an ${kind} workbook`, source: { bytes: archive } }
  }
  if (signature === 'an .xls workbook') return { kind: 'an .xls workbook', source: { bytes } }
  const written =
    encoding === undefined ? detectEncoding(bytes.subarray(0, 65_536), name) : namedEncoding(encoding, bytes)
  return { kind: 'a table of HTML or XML', source: { text: decodeWhole(bytes, written, name) } }
}

interface Book {
  readonly sheets: readonly SheetName[]
  rows(at: number): readonly SheetRow[]
}

const openBook = (source: SheetSource, name: string): Book => {
  const inOurWords = <T>(read: () => T): T => {
    try {
      return read()
    } catch (error) {
      throw unreadable(error, name)
    }
  }
  const sheets = inOurWords(() => sheetNames(source))
  return { sheets, rows: (at) => inOurWords(() => sheetRows(source, at)) }
}

const unreadable = (error: unknown, name: string): Fixable => {
  const what = error instanceof Error ? error.message : ''
  if (/password/i.test(what))
    return new Fixable('input', `${name} has a password`, 'Save it without one, as .xlsx or CSV.')
  return new Fixable(
    'input',
    `${name} cannot be read as a workbook: ${visible(what)}`,
    'Open it, save it as .xlsx or CSV, and import that.',
  )
}

interface ChosenSheet {
  readonly sheet: string
  readonly rows: readonly SheetRow[]
}

const chosenSheet = (book: Book, wanted: string | undefined, name: string): ChosenSheet =>
  wanted === undefined ? firstFilled(book, name) : namedSheet(book, wanted, name)

/** The first sheet with something in it that people see: on a hidden one stands what was put aside, such as last year's list. */
const firstFilled = (book: Book, name: string): ChosenSheet => {
  for (const [at, { name: sheet, isHidden }] of book.sheets.entries()) {
    if (isHidden) continue
    const rows = book.rows(at)
    if (rows.length > 0) return { sheet, rows }
  }
  throw new Fixable('input', `${name} is empty`, 'The first row names the columns: phone, name, district.')
}

/** By its name; else by its number, the first is 1. */
const namedSheet = (book: Book, wanted: string, name: string): ChosenSheet => {
  const key = (text: string): string => text.normalize('NFC').trim().toLowerCase()
  const byName = book.sheets.findIndex((sheet) => key(sheet.name) === key(wanted))
  const at = byName < 0 && /^\d+$/.test(wanted) ? Number(wanted) - 1 : byName
  const sheet = book.sheets[at]?.name
  if (sheet === undefined) {
    const known = book.sheets.slice(0, 20).map((each, i) => `${i + 1} "${visible(each.name)}"`)
    throw new Fixable('usage', `${name} has no sheet "${visible(wanted)}"`, `There are ${known.join(', ')}.`)
  }
  const rows = book.rows(at)
  if (rows.length > 0) return { sheet, rows }
  throw new Fixable('input', `${name}: the sheet "${visible(sheet)}" is empty`, 'Name another one with --sheet.')
}

/** As wide as the widest row, so that a row that ends early is no short one. */
const textsOf = (row: SheetRow | undefined, width: number): string[] =>
  Array.from({ length: width }, (_, at) => row?.cells[at] ?? '')

/** A sheet has a million rows; its header is one of the first. */
const FIRST_ROWS = 20

const headerRow = (rows: readonly SheetRow[], fits: Fits): number =>
  headerAt(
    rows.slice(0, FIRST_ROWS).map(({ line, cells }) => ({ line, cells: cells.map((cell) => headingOf(cell ?? '')) })),
    fits,
  )

function* recordsOf(
  rows: readonly SheetRow[],
  headerIndex: number,
  header: readonly string[],
): Generator<readonly RawRecord[]> {
  let batch: RawRecord[] = []
  let length = 0
  for (const row of rows.slice(headerIndex + 1)) {
    const record = recordOf(row, header)
    batch.push(record)
    length += record.cells.reduce((sum, cell) => sum + cell.length, 0)
    if (batch.length < BATCH_ROWS && length < BATCH_LENGTH) continue
    yield batch
    batch = []
    length = 0
  }
  yield batch
}

/** What is too large does not go from process to process. */
const recordOf = (row: SheetRow, header: readonly string[]): RawRecord => {
  const cells = textsOf(row, header.length)
  const oversize = sizeFault(cells, (at) => header[at] ?? '')
  if (oversize !== null) return { line: row.line, cells: cells.map(() => ''), fault: oversize }
  const fault = faultOf(cells, header)
  return fault === null ? { line: row.line, cells } : { line: row.line, cells, fault }
}

const ERROR = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$|^#Н\/Д$/u

/** What a formula could not reckon, or did not, is nothing to send to a person. */
const faultOf = (cells: readonly string[], header: readonly string[]): string | null => {
  for (const [at, cell] of cells.entries()) {
    const column = header[at] ?? ''
    if (!cell.startsWith('#') || column === '') continue
    if (cell === NO_RESULT)
      return `"${column}" is a formula without its result: save the workbook in a spreadsheet program`
    if (cell === UNREADABLE) return `"${column}" is a cell of an unknown kind`
    if (ERROR.test(cell)) return `"${column}" is ${cell}, an error of the spreadsheet`
  }
  return null
}
