// .xlsx: one sheet of a workbook as a table. Everything is text afterwards, as a person sees it in the cells.
import { readSheet, SheetNotFoundError } from 'read-excel-file/node'
import { Fixable } from '../../domain/errors.ts'
import type { RawRecord } from '../../flow/import-recipients.ts'
import { visible } from '../screen/visible.ts'
import type { InputFile } from './file.ts'
import { numberText } from './number-text.ts'
import { readWhole } from './peek.ts'
import { checkedWorkbook, type Sheet } from './sheet-bounds.ts'
import type { InputTable, TableOptions } from './table.ts'

const LARGEST_FILE = 200 * 1024 * 1024
const BATCH_ROWS = 1_000

/** Fails with Fixable('usage') for a sheet that is not there, with Fixable('input') for what is no workbook with a table. */
export const openWorkbook = async (input: InputFile, options: TableOptions): Promise<InputTable> => {
  const { name } = input
  const bytes = await readWhole(input.chunks, LARGEST_FILE)
  if (bytes === null) {
    throw new Fixable('input', `${name} is larger than 200 MiB`, 'Save the sheet as CSV and import that.')
  }
  const { archive, sheets } = checkedWorkbook(bytes, name)
  const { sheet, rows } =
    options.sheet === undefined
      ? await firstFilled(archive, sheets, name)
      : await namedSheet(archive, sheets, options.sheet, name)
  const at = headerRow(rows, options.fits)
  const header = (rows[at] ?? []).map((cell) => cellText(cell).normalize('NFC').trim())
  return {
    kind: 'xlsx',
    encoding: null,
    delimiter: null,
    table: sheet,
    form: `an .xlsx workbook, sheet "${visible(sheet)}"${at === 0 ? '' : `, header in row ${at + 1}`}`,
    header,
    records: recordsOf(rows, at, header),
    close: async () => undefined,
  }
}

/** Cells as they were read: what is text, a date, a yes or no is told by `cellText`, row by row, for a sheet may have a million. */
type Rows = readonly (readonly unknown[])[]

/** The first sheet with something in it that people see: on a hidden one stands what was put aside, such as last year's list. */
const firstFilled = async (
  archive: Buffer,
  sheets: readonly Sheet[],
  name: string,
): Promise<{ sheet: string; rows: Rows }> => {
  for (const [i, { name: sheet, isHidden }] of sheets.entries()) {
    if (isHidden) continue
    const rows = await readRows(archive, i + 1, name)
    if (rows.length > 0) return { sheet, rows }
  }
  throw new Fixable('input', `${name} is empty`, 'The first row names the columns: phone, name, district.')
}

/** By its name; else by its number, the first is 1. */
const namedSheet = async (
  archive: Buffer,
  sheets: readonly Sheet[],
  wanted: string,
  name: string,
): Promise<{ sheet: string; rows: Rows }> => {
  const key = (text: string): string => text.normalize('NFC').trim().toLowerCase()
  const byName = sheets.findIndex((sheet) => key(sheet.name) === key(wanted))
  const at = byName < 0 && /^\d+$/.test(wanted) ? Number(wanted) - 1 : byName
  const sheet = sheets[at]?.name
  if (sheet === undefined) {
    const known = sheets.slice(0, 20).map((each, i) => `${i + 1} "${visible(each.name)}"`)
    throw new Fixable('usage', `${name} has no sheet "${visible(wanted)}"`, `There are ${known.join(', ')}.`)
  }
  const rows = await readRows(archive, at + 1, name)
  if (rows.length > 0) return { sheet, rows }
  throw new Fixable('input', `${name}: the sheet "${visible(sheet)}" is empty`, 'Name another one with --sheet.')
}

/** All rows of a sheet, the n-th being row n of the sheet, all of them as wide as the widest. */
const readRows = async (archive: Buffer, sheet: number, name: string): Promise<Rows> => {
  try {
    return await readSheet(archive, sheet, { parseNumber: (text) => numberText(Number(text)) })
  } catch (error) {
    if (error instanceof SheetNotFoundError) return [] // a chart on a sheet of its own
    const what = error instanceof Error ? error.message : ''
    throw new Fixable(
      'input',
      `${name} cannot be read as an .xlsx workbook: ${visible(what)}`,
      'Open it, save it as .xlsx or CSV, and import that.',
    )
  }
}

const cellText = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (value instanceof Date) return dateText(value)
  return typeof value === 'boolean' ? String(value) : ''
}

const DAY_MS = 86_400_000
/** What spreadsheets write for an hour of no day. */
const NO_DAY = '1899-12-3'

/** 2021-10-22; with a time of day 2021-10-22 10:00, and :30 where there are seconds; 10:00 where there is no day. */
const dateText = (date: Date): string => {
  const at = Math.round(date.getTime() / 1000) * 1000 // days are counted in fractions, which end a little before the second
  if (!Number.isFinite(at)) return ''
  const [day = '', time = ''] = new Date(at).toISOString().split('T')
  const hours = time.startsWith(':00', 5) ? time.slice(0, 5) : time.slice(0, 8)
  if (day.startsWith(NO_DAY)) return hours
  return at % DAY_MS === 0 ? day : `${day} ${hours}`
}

const ROWS_LOOKED_AT = 20

/** Above the header may stand a title, a date, a name: the header is the first row that fits, else the first with anything in it. */
const headerRow = (rows: Rows, fits: (header: readonly string[]) => boolean): number => {
  const fitting = rows.slice(0, ROWS_LOOKED_AT).findIndex((row) => fits(row.map(cellText)))
  return fitting >= 0
    ? fitting
    : Math.max(
        0,
        rows.findIndex((row) => !isBlank(row)),
      )
}

const isBlank = (row: readonly unknown[]): boolean => row.every((cell) => cell === null)

async function* recordsOf(
  rows: Rows,
  headerAt: number,
  header: readonly string[],
): AsyncGenerator<readonly RawRecord[]> {
  let batch: RawRecord[] = []
  for (let at = headerAt + 1; at < rows.length; at++) {
    const row = rows[at] ?? []
    if (isBlank(row)) continue
    const cells = row.map(cellText)
    const fault = faultOf(cells, header)
    batch.push(fault === null ? { line: at + 1, cells } : { line: at + 1, cells, fault })
    if (batch.length < BATCH_ROWS) continue
    yield batch
    batch = []
  }
  yield batch
}

const ERROR = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$|^#Н\/Д$/u

/** What a formula could not reckon is nothing to send to a person. */
const faultOf = (cells: readonly string[], header: readonly string[]): string | null => {
  const at = cells.findIndex((cell, i) => cell.startsWith('#') && ERROR.test(cell) && header[i] !== '')
  return at < 0 ? null : `"${header[at] ?? ''}" is ${cells[at] ?? ''}, an error of the spreadsheet`
}
