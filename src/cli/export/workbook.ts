// Recipients as a workbook of one sheet, every cell a text: nothing in it is reckoned with, no phone becomes a number.
import { getHeapStatistics } from 'node:v8'
import { Fixable } from '../../domain/errors.ts'
import type { Recipient } from '../../store/address-book-store.ts'
import { cellsOf, headerOf } from './recipient-cells.ts'

/** Rows of a sheet, but for the header. */
const MOST_SHEET_ROWS = 1_048_575

/** A workbook is made in memory: 1,000,000 rows with 7 filled cells each took 3.4 GB. Beyond its heap Node ends the process. */
const CELL_BYTES = 600

const tooMany = (why: string): Fixable =>
  new Fixable(
    'usage',
    `these are too many recipients for a workbook: ${why}; nothing is written`,
    'Choose fewer with --tag or --district, or write CSV for Excel: --format excel-csv.',
  )

/** The bytes of one. Fixable('usage') for more than a workbook holds. */
export const workbookOf = async (
  attributes: readonly string[],
  pages: AsyncIterable<readonly Recipient[]>,
): Promise<Uint8Array> => {
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const mostCells = getHeapStatistics().heap_size_limit / CELL_BYTES
  const rows: (string | null)[][] = [[...headerOf(attributes)]]
  let cells = 0
  for await (const page of pages) {
    for (const recipient of page) {
      const row = cellsOf(recipient, attributes).map((cell) => (cell === '' ? null : cell))
      cells += row.filter((cell) => cell !== null).length
      rows.push(row)
    }
    if (rows.length - 1 > MOST_SHEET_ROWS) throw tooMany(`a sheet holds ${MOST_SHEET_ROWS} rows`)
    if (cells > mostCells) throw tooMany('it is made in memory, and there is not enough of it')
  }
  return writeXlsxFile(rows, { sheet: 'Recipients' }).toBuffer()
}
