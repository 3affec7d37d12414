// A table, whatever file it is in: its header and its records. What the file is, its first bytes tell, not its name.
import { Fixable } from '../../domain/errors.ts'
import type { RawRecord } from '../../flow/raw-table.ts'
import type { Mapping } from './columns.ts'
import { type CsvOptions, openCsv } from './csv.ts'
import { signatureOf } from './encoding.ts'
import type { InputFile } from './file.ts'
import { fitsTable } from './fitting.ts'
import { type Peeked, peek } from './peek.ts'

export interface InputTable {
  readonly kind: TableKind
  /** Of text; null: it is none. */
  readonly encoding: string | null
  /** Of CSV. */
  readonly delimiter: string | null
  /** The sheet or the table it is read from; null: there are none, or a query made it. */
  readonly table: string | null
  /** How it is written, for people: `windows-1251, ';'`. */
  readonly form: string
  /** Trimmed. */
  readonly header: readonly string[]
  /** All records but blank ones, in batches that may be empty; to be read once. Fails with Fixable('input'). */
  readonly records: AsyncIterable<readonly RawRecord[]>
  /** Lets go of the file; to be called even when all records have been read. */
  close(): Promise<void>
}

export type TableKind = 'csv' | 'xlsx' | 'sqlite' | 'jsonl'

export interface TableOptions extends CsvOptions {
  /** What the table is to tell of. */
  readonly wants: 'recipients' | 'districts'
  readonly sheet?: string | undefined
  readonly table?: string | undefined
  readonly query?: string | undefined
  readonly mappings: readonly Mapping[]
}

/** Reads the beginning of a file and opens the table in it. Fails with Fixable('usage' | 'input'). */
export const openTable = async (input: InputFile, options: TableOptions): Promise<InputTable> => {
  const chunks = input.chunks[Symbol.asyncIterator]()
  try {
    const peeked = await peek(chunks)
    const kind = kindOf(peeked.head)
    refuseForeignFlags(kind, options, input.name)
    if (kind === 'sqlite') await chunks.return?.() // SQLite opens it for itself, and has it alone
    return await OPEN[kind]({ ...input, chunks: peeked.all }, options, peeked)
  } catch (error) {
    await chunks.return?.()
    throw error
  }
}

/** The first character of JSON, in UTF-8 and in UTF-16: no name of a column begins with a brace or a bracket. */
export const beginsLikeJson = (head: Buffer): boolean =>
  /^[\xef\xbb\xbf\xfe\xff\0\s]*[{[]/.test(head.toString('latin1', 0, 1024))

/** HTML, or XML of Excel 2003, which programs save as .xls: read as CSV it would be one cell without end. */
const beginsLikeMarkup = (head: Buffer): boolean =>
  /^[\xef\xbb\xbf\xfe\xff\0\s]*<(?:!DOCTYPE|!--|\?xml|html|head|body|meta|style|table)\b/i.test(
    head.toString('latin1', 0, 1024).replaceAll('\0', ''),
  )

/** What a file is that begins like this; 'csv': any other text. */
export const kindOf = (head: Buffer): TableKind => {
  const signature = signatureOf(head)
  if (signature === 'a ZIP archive or an .xlsx workbook' || signature === 'an .xls workbook') return 'xlsx'
  if (signature === 'an SQLite database') return 'sqlite'
  if (beginsLikeMarkup(head)) return 'xlsx'
  return beginsLikeJson(head) ? 'jsonl' : 'csv'
}

const KIND_NAMES: Readonly<Record<TableKind, string>> = {
  csv: 'CSV',
  xlsx: 'a workbook',
  sqlite: 'an SQLite database',
  jsonl: 'JSON',
}

const FLAG_KINDS = {
  encoding: ['csv', 'jsonl', 'xlsx'],
  delimiter: ['csv'],
  sheet: ['xlsx'],
  table: ['sqlite'],
  query: ['sqlite'],
} as const satisfies Readonly<Record<string, readonly TableKind[]>>

const FLAGS = ['encoding', 'delimiter', 'sheet', 'table', 'query'] as const

const refuseForeignFlags = (kind: TableKind, options: TableOptions, name: string): void => {
  for (const flag of FLAGS) {
    const kinds: readonly TableKind[] = FLAG_KINDS[flag]
    if (options[flag] === undefined || kinds.includes(kind)) continue
    const wanted = kinds.map((each) => KIND_NAMES[each]).join(' or ')
    throw new Fixable('usage', `--${flag} is for ${wanted}; ${name} is ${KIND_NAMES[kind]}`, `Leave --${flag} out.`)
  }
}

type Open = (input: InputFile, options: TableOptions, peeked: Peeked) => Promise<InputTable>

/** What reads a workbook or a database is loaded when there is one. */
const OPEN: Readonly<Record<TableKind, Open>> = {
  csv: async (input, options) => {
    const fits = fitsTable(options.wants, options.mappings)
    const { encoding, delimiter, headerLine, ...table } = await openCsv(input, { ...options, fits })
    const where = headerLine === 1 ? '' : `, header in line ${headerLine}`
    const form = `${encoding}, ${delimiter === '\t' ? 'tab' : `'${delimiter}'`}${where}`
    return { kind: 'csv', encoding, delimiter, table: null, form, ...table }
  },
  jsonl: async (input, options, { head }) => (await import('./json-lines.ts')).openJsonLines(input, options, head),
  xlsx: async (input, options) => (await import('./workbook.ts')).openWorkbook(input, options),
  sqlite: async (input, options, { head }) => (await import('./sqlite.ts')).openSqlite(input, options, head),
}
