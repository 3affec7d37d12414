// Rows of a foreign SQLite database -> records: every value as the text that a person would see.
import { statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { Fixable } from '../../domain/errors.ts'
import { sizeFault } from '../../domain/row-size.ts'
import { visible } from '../../domain/visible.ts'
import type { RawRecord } from '../../flow/raw-table.ts'
import { numberText } from './number-text.ts'
import { sqliteTrouble } from './sqlite-open.ts'

const BATCH_ROWS = 1_000

export interface Rows {
  readonly header: readonly string[]
  readonly records: AsyncIterable<readonly RawRecord[]>
}

/** One statement that only reads; its rows are those of one instant, however long they are read. Fails with Fixable('usage'). */
export const rowsOf = (db: Database.Database, sql: string, path: string, name: string): Rows => {
  const statement = prepare(db, sql)
  if (!statement.reader || !statement.readonly) {
    throw new Fixable(
      'usage',
      'the query returns no rows',
      'Write a select: --query "select phone, name from suppliers"',
    )
  }
  const header = statement.columns().map((column) => column.name.normalize('NFC').trim())
  return { header, records: recordsOf(statement.raw().safeIntegers(), header, mostRows(path), name) }
}

const prepare = (db: Database.Database, sql: string): Database.Statement<[], unknown[]> => {
  try {
    return db.prepare<[], unknown[]>(sql)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'SQLITE_ERROR' // several statements: a RangeError
    if (!(error instanceof Error) || code !== 'SQLITE_ERROR') throw error
    throw new Fixable('usage', `the query cannot be run: ${visible(error.message)}`, 'Write one select.')
  }
}

/** No table has more rows than its file has bytes; a query that makes so many of nothing has no end. */
const mostRows = (path: string): number => Math.max(1_000_000, statSync(path).size)

/** Characters of a batch; rows may be large. */
const BATCH_LENGTH = 4 * 1024 * 1024

/** Blank rows count, but are left out. */
async function* recordsOf(
  statement: Database.Statement<[], unknown[]>,
  header: readonly string[],
  most: number,
  name: string,
): AsyncGenerator<readonly RawRecord[]> {
  let batch: RawRecord[] = []
  let [line, read, length] = [0, 0, 0]
  try {
    for (const values of statement.iterate()) {
      line += 1
      read += 1
      if (line > most) throw endless(most, name)
      if (values.some((value) => value !== null && value !== '')) {
        const record = recordOf(values, header, line)
        batch.push(record)
        length += record.cells.reduce((sum, cell) => sum + cell.length, 0)
      }
      if (read < BATCH_ROWS && length < BATCH_LENGTH) continue
      yield batch
      batch = []
      read = 0
      length = 0
    }
  } catch (error) {
    throw sqliteTrouble(error, name)
  }
  yield batch
}

const endless = (most: number, name: string): Fixable =>
  new Fixable(
    'input',
    `${name} tells more than ${most.toLocaleString('en')} rows, more than its file can hold`,
    'Has the view or --query an end?',
  )

/** What is too large does not go from process to process. */
const recordOf = (values: readonly unknown[], header: readonly string[], line: number): RawRecord => {
  const cells = values.map(valueText)
  const texts = cells.map((cell) => cell ?? '')
  const binary = cells.indexOf(null)
  const nameOf = (at: number): string => header[at] ?? ''
  const fault = binary < 0 ? sizeFault(texts, nameOf) : `"${nameOf(binary)}" is binary data`
  if (fault === null) return { line, cells: texts }
  return { line, cells: sizeFault(texts, nameOf) === null ? texts : texts.map(() => ''), fault }
}

/** null: it is no text. */
const valueText = (value: unknown): string | null => {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value)
  return typeof value === 'bigint' ? String(value) : null
}
