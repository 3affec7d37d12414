// A workbook: one sheet of it as a table. It is read by a process of its own: SheetJS reads all at once, and hears nobody meanwhile.
import { Fixable } from '../../domain/errors.ts'
import { readApart } from './apart.ts'
import type { InputFile } from './file.ts'
import { readWhole } from './peek.ts'
import type { InputTable, TableOptions } from './table.ts'

const LARGEST_FILE = 200 * 1024 * 1024

/** Fails with Fixable('usage') for a sheet that is not there, with Fixable('input') for what is no workbook with a table. */
export const openWorkbook = async (input: InputFile, options: TableOptions): Promise<InputTable> => {
  const { name, stop } = input
  const bytes = await readWhole(input.chunks, LARGEST_FILE)
  if (bytes === null) {
    throw new Fixable('input', `${name} is larger than 200 MiB`, 'Save the sheet as CSV and import that.')
  }
  const { wants, mappings, encoding, sheet } = options
  const rows = await readApart({ kind: 'workbook', name, bytes, encoding, sheet, wants, mappings }, stop)
  return { kind: 'xlsx', encoding: null, delimiter: null, ...rows }
}
