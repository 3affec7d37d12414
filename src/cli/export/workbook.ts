// Recipients as a workbook of one sheet, every cell a text: nothing in it is reckoned with, no phone becomes a number.
import { createWriteStream } from 'node:fs'
import { Fixable } from '../../domain/errors.ts'
import type { Recipient } from '../../store/address-book-store.ts'
import { cellsOf, headerOf } from './recipient-cells.ts'

/** Rows of a sheet, but for the header. */
const MOST_SHEET_ROWS = 1_048_575

const tooManyRows = (): Fixable =>
  new Fixable('usage', `a sheet holds ${MOST_SHEET_ROWS} rows`, 'Choose fewer with --tag or --district, or write CSV.')

/** Writes it into a file that is there; a workbook is made in memory, row upon row. */
export const writeWorkbook = async (
  file: string,
  attributes: readonly string[],
  pages: AsyncIterable<readonly Recipient[]>,
): Promise<void> => {
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const rows: (string | null)[][] = [[...headerOf(attributes)]]
  for await (const page of pages) {
    for (const recipient of page) rows.push(cellsOf(recipient, attributes).map((cell) => (cell === '' ? null : cell)))
    if (rows.length - 1 > MOST_SHEET_ROWS) throw tooManyRows()
  }
  const bytes = await writeXlsxFile(rows, { sheet: 'Recipients' }).toBuffer()
  await new Promise<void>((resolve, reject) => {
    createWriteStream(file, { flags: 'r+' })
      .on('error', reject)
      .end(bytes, () => resolve())
  })
}
