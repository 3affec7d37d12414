// A table, a view or a query of an SQLite database, read as the program that owns it has it at this moment.
import { Fixable } from '../../domain/errors.ts'
import type { InputFile } from './file.ts'
import { openReadOnly, sqliteTrouble } from './sqlite-open.ts'
import { rowsOf } from './sqlite-rows.ts'
import { chooseSource } from './sqlite-tables.ts'
import type { InputTable, TableOptions } from './table.ts'

/** Fails with Fixable('usage' | 'input') for a file that cannot be read, and where it cannot be told which table is meant. */
export const openSqlite = async (input: InputFile, options: TableOptions, head: Buffer): Promise<InputTable> => {
  const { name, path } = input
  if (path === null) {
    throw new Fixable('usage', `${name} is an SQLite database`, 'Name the file: it cannot be read from a pipe.')
  }
  refuseOwnDatabase(head, name)
  const { db, close } = await openReadOnly(path, name)
  try {
    const { sql, table, told } = chooseSource(db, options, name)
    const rows = rowsOf(db, sql, name)
    const form = `an SQLite database, ${told}`
    return { kind: 'sqlite', encoding: null, delimiter: null, table, form, ...rows, close }
  } catch (error) {
    await close()
    throw sqliteTrouble(error, name)
  }
}

const APPLICATION_ID = { at: 68, notify: 0x6e6f7469 } as const

const refuseOwnDatabase = (head: Buffer, name: string): void => {
  if (head.length < APPLICATION_ID.at + 4 || head.readUInt32BE(APPLICATION_ID.at) !== APPLICATION_ID.notify) return
  throw new Fixable(
    'input',
    `${name} is a database of notify itself, not one of suppliers`,
    'Name the database of the program that keeps the suppliers.',
  )
}
