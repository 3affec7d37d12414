// A table, a view or a query of an SQLite database, read as the program that owns it has it at this moment.
import type Database from 'better-sqlite3'
import { Fixable } from '../../domain/errors.ts'
import { type OpenedRows, readApart } from './apart.ts'
import type { InputFile } from './file.ts'
import { type Rows, rowsOf } from './sqlite-rows.ts'
import { chooseSource, type SourceOptions } from './sqlite-tables.ts'
import type { InputTable, TableOptions } from './table.ts'

/** Fails with Fixable('usage' | 'input') for a file that cannot be read, and where it cannot be told which table is meant. */
export const openSqlite = async (input: InputFile, options: TableOptions, head: Buffer): Promise<InputTable> => {
  const { name, path, stop } = input
  if (path === null) {
    throw new Fixable('usage', `${name} is an SQLite database`, 'Name the file: it cannot be read from a pipe.')
  }
  refuseOwnDatabase(head, name)
  const { wants, table, query, mappings } = options
  const rows = await readApart({ kind: 'sqlite', path, name, wants, table, query, mappings }, stop)
  return { kind: 'sqlite', encoding: null, delimiter: null, ...rows }
}

/** What is read of an open database; `path`: how large it is says how many rows it may tell. */
export const chooseRows = (
  db: Database.Database,
  options: SourceOptions,
  path: string,
  name: string,
): OpenedRows & Rows => {
  const { sql, table, told } = chooseSource(db, options, name)
  return { ...rowsOf(db, sql, path, name), table, form: `an SQLite database, ${told}` }
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
