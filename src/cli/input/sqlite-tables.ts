// Which table of a foreign database is meant, and the table of districts that its district_id points to.
import type Database from 'better-sqlite3'
import { Fixable } from '../../domain/errors.ts'
import { visible } from '../../domain/visible.ts'
import type { Fits } from './fitting.ts'
import { headerKey, knownField } from './header-names.ts'
import type { TableOptions } from './table.ts'

export type SourceOptions = Pick<TableOptions, 'wants' | 'table' | 'query'> & { readonly fits: Fits }

export interface Source {
  readonly sql: string
  /** null: a query. */
  readonly table: string | null
  /** In words. */
  readonly told: string
}

interface Table {
  readonly name: string
  readonly isView: boolean
  /** Those that hold text or numbers; a column declared as BLOB (a photo, a scan) is left out. */
  readonly columns: readonly string[]
  readonly binary: readonly string[]
}

/** What --query or --table say; else the one table whose columns fit and whose name says most. Fails with Fixable('usage' | 'input'). */
export const chooseSource = (db: Database.Database, options: SourceOptions, name: string): Source => {
  if (options.query !== undefined && options.table !== undefined) {
    throw new Fixable('usage', '--table and --query are two answers to one question', 'Leave one of them out.')
  }
  if (options.query !== undefined) return { sql: options.query, table: null, told: 'a query' }
  const tables = tablesOf(db)
  const table = options.table === undefined ? likeliest(tables, options, name) : named(tables, options.table, name)
  return sourceOf(db, table, tables)
}

const tablesOf = (db: Database.Database): Table[] =>
  db
    .prepare<[], { name: string; type: string }>(
      "select name, type from sqlite_schema where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\' order by name",
    )
    .all()
    .map(({ name, type }) => tableOf(db, name, type === 'view'))

const tableOf = (db: Database.Database, name: string, isView: boolean): Table => {
  try {
    const all = db
      .prepare<[string], { name: string; type: string }>('select name, type from pragma_table_info(?)')
      .all(name)
    const isBinary = ({ type }: { type: string }): boolean => /blob/i.test(type)
    return {
      name,
      isView,
      columns: all.filter((column) => !isBinary(column)).map((column) => column.name),
      binary: all.filter(isBinary).map((column) => column.name),
    }
  } catch {
    return { name, isView, columns: [], binary: [] } // a view of a table that is gone, a table of a module that we do not have
  }
}

const named = (tables: readonly Table[], wanted: string, name: string): Table => {
  const table =
    tables.find((each) => each.name === wanted) ?? tables.find((each) => headerKey(each.name) === headerKey(wanted))
  if (table !== undefined) return table
  throw new Fixable('usage', `${name} has no table "${visible(wanted)}"`, `There are ${listed(tables)}.`)
}

const listed = (tables: readonly Table[]): string =>
  tables
    .slice(0, 30)
    .map((table) => visible(table.name))
    .join(', ') || 'none'

// ---------------------------------------------------------------- which one

const end = (words: string): RegExp => new RegExp(`(?:^|[^\\p{L}])(?:${words})$`, 'iu')

/** Whole words at the end: a program may put its own name before. */
const SUPPLIERS = end('suppliers?|vendors?|providers?|recipients?|поставщик\\p{L}*|контрагент\\p{L}*|получател\\p{L}*')
const PEOPLE = end(
  'clients?|customers?|subscribers?|contacts?|users?|people|persons?|клиент\\p{L}*|абонент\\p{L}*|пользовател\\p{L}*|контакт\\p{L}*',
)
const DISTRICTS = end(
  'districts?|regions?|states?|provinces?|areas?|район\\p{L}*|регион\\p{L}*|област\\p{L}*|округ\\p{L}*|субъект\\p{L}*',
)

/** The more telling name, then more columns that are known, then a table before a view of it. */
const likeliest = (tables: readonly Table[], { fits, wants }: SourceOptions, name: string): Table => {
  const ranked = tables
    .filter(({ columns }) => fits(columns))
    .map((table) => ({ table, rank: rankOf(table, wants) }))
    .toSorted((a, b) => b.rank - a.rank)
  const [first, second] = ranked
  if (first === undefined) {
    throw new Fixable(
      'input',
      `${name} has no table of ${wants}; its tables: ${listed(tables)}`,
      'Name one with --table, and its columns with --map; or write --query "select … as phone, … as name from …".',
    )
  }
  if (second?.rank !== first.rank) return first.table
  const rivals = ranked.filter(({ rank }) => rank === first.rank).map(({ table }) => table)
  throw new Fixable(
    'input',
    `${name} has several tables that could be meant: ${listed(rivals)}`,
    'Say which: --table NAME.',
  )
}

const rankOf = ({ name, isView, columns }: Table, wants: TableOptions['wants']): number => {
  const isNamed = wants === 'districts' ? DISTRICTS.test(name) : SUPPLIERS.test(name)
  const isLikely = wants === 'recipients' && PEOPLE.test(name)
  const known = columns.filter((column) => knownField(column) !== null).length
  return (isNamed ? 10_000 : isLikely ? 5_000 : 0) + known * 2 + (isView ? 0 : 1)
}

// ---------------------------------------------------------------- with its districts

const sourceOf = (db: Database.Database, table: Table, tables: readonly Table[]): Source => {
  const districts = districtsOf(db, table, tables)
  const columns = table.columns.map((column) =>
    column === districts?.column ? `t.${quoted(column)} as "district_id"` : `t.${quoted(column)}`,
  )
  if (districts !== null) columns.push(`(${districts.lookUp}) as "district"`)
  const left = table.binary.length === 0 ? '' : `, without the binary ${table.binary.map(visible).join(', ')}`
  return {
    sql: `select ${columns.join(', ')} from ${quoted(table.name)} as t`,
    table: table.name,
    told: `${table.isView ? 'view' : 'table'} "${visible(table.name)}"${districts === null ? '' : ` with "${visible(districts.name)}"`}${left}`,
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

interface Districts {
  readonly name: string
  /** Which column of the suppliers points to it. */
  readonly column: string
  readonly lookUp: string
}

/** The table that a district_id points to: as a foreign key says, else by its name. */
const districtsOf = (db: Database.Database, suppliers: Table, tables: readonly Table[]): Districts | null => {
  const reference = referenceOf(db, suppliers)
  if (reference === null) return null
  const { column, to } = reference
  const table = tables.find(
    ({ name }) =>
      name !== suppliers.name && (reference.table === null ? DISTRICTS.test(name) : name === reference.table),
  )
  const id = to ?? table?.columns.find((each) => headerKey(each) === 'id')
  const title = table?.columns.find((each) => NAMES.includes(headerKey(each)))
  if (table === undefined || id === undefined || title === undefined) return null
  const lookUp = `select d.${quoted(title)} from ${quoted(table.name)} as d where d.${quoted(id)} = t.${quoted(column)} limit 1`
  return { name: table.name, column, lookUp }
}

interface Reference {
  readonly column: string
  /** null: no foreign key says it. */
  readonly table: string | null
  /** null: its primary key. */
  readonly to: string | null
}

/** The column that holds ids of districts: a district_id, or a district that is a foreign key. null where names are there already. */
const referenceOf = (db: Database.Database, { name, columns }: Table): Reference | null => {
  const [idColumn, textColumn] = (['districtId', 'district'] as const).map((field) =>
    columns.find((column) => knownField(column) === field),
  )
  if (idColumn !== undefined && textColumn !== undefined) return null
  const column = idColumn ?? textColumn
  if (column === undefined) return null
  const key = db
    .prepare<[string], Reference>('select "from" as "column", "table", "to" from pragma_foreign_key_list(?)')
    .all(name)
    .find((each) => each.column === column)
  if (key !== undefined) return key
  return idColumn === undefined ? null : { column, table: null, to: null }
}

const NAMES =
  'name,title,fullname,district,districtname,region,regionname,наименование,название,имя,область,регион,район'.split(
    ',',
  )
