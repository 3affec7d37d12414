// Workbooks of every kind that SheetJS reads -> sheets, rows and texts. It reads all at once: what may be read is checked before.
import { type CellObject, type ParsingOptions, read, SSF, set_cptable, type WorkBook, type WorkSheet } from '@e965/xlsx'
import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs'
import { type CellStyle, cellText } from './cell-text.ts'

set_cptable(codepages) // the oldest .xls say by a code page which letters they mean

export interface SheetName {
  readonly name: string
  /** Nobody who opens the workbook sees it. */
  readonly isHidden: boolean
}

export interface SheetRow {
  /** In the sheet, counted from 1. */
  readonly line: number
  /** null: an empty cell. The last one is none. */
  readonly cells: readonly (string | null)[]
  /** By a filter, or by hand. */
  readonly isHidden: boolean
}

/** `text`: a table of HTML or XML, already decoded. Reading fails with Error, in words of SheetJS. */
export type SheetSource = { readonly bytes: Buffer } | { readonly text: string }

export const sheetNames = (source: SheetSource): SheetName[] => {
  const { SheetNames, Workbook } = readWith(source, { sheets: [] }) // bookSheets would not tell which are hidden
  return SheetNames.map((name, i) => ({ name, isHidden: (Workbook?.Sheets?.[i]?.Hidden ?? 0) !== 0 }))
}

/** The sheet at this place, the first is 0: its rows that are not empty. A chart on a sheet of its own has none. */
export const sheetRows = (source: SheetSource, at: number): SheetRow[] => {
  const book = readWith(source, { sheets: [at], cellStyles: true, cellNF: true, cellHTML: false, raw: true })
  const sheet = book.Sheets[book.SheetNames[at] ?? '']
  if (sheet === undefined) return []
  return textsOf(sheet, {
    is1904: book.Workbook?.WBProps?.date1904 === true,
    hasDecimalComma: isCyrillic(sheet),
    ...FORMATS,
  })
}

// oxlint-disable-next-line typescript/no-unsafe-assignment -- SheetJS gives SSF no type
const { is_date: isDate, format }: { is_date: CellStyle['isDate']; format: CellStyle['format'] } = SSF
const FORMATS = { isDate, format }

const ROWS_LOOKED_AT = 20

/** A format does not say how its numbers look where the workbook was made; the words beside them do. */
const isCyrillic = (sheet: WorkSheet): boolean =>
  rowsIn(sheet)
    .slice(0, ROWS_LOOKED_AT)
    .some((row) => row?.some((cell) => /\p{Script=Cyrillic}/u.test(String(cell?.v))))

/** Rows and cells that nobody wrote are holes. */
const rowsIn = (sheet: WorkSheet): readonly ((CellObject | undefined)[] | undefined)[] => sheet['!data'] ?? []

const readWith = (source: SheetSource, options: ParsingOptions): WorkBook =>
  'text' in source
    ? read(source.text, { type: 'string', dense: true, ...options })
    : read(source.bytes, { type: 'buffer', dense: true, ...options })

const textsOf = (sheet: WorkSheet, style: CellStyle): SheetRow[] => {
  const hidden: readonly ({ readonly hidden?: boolean } | undefined)[] = sheet['!rows'] ?? []
  const rows: SheetRow[] = []
  rowsIn(sheet).forEach((row, at) => {
    const cells = Array.from(row ?? [], (cell) => cellText(cell, style))
    cells.length = cells.findLastIndex((cell) => cell !== null) + 1
    if (cells.length > 0) rows.push({ line: at + 1, cells, isHidden: hidden[at]?.hidden === true })
  })
  return rows
}
