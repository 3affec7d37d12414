// What the columns of a file mean: by their usual names, or as --map says.

import { consentHeading } from '../../domain/consent.ts'
import { Fixable } from '../../domain/errors.ts'
import type { Column } from '../../domain/recipient.ts'
import { visible } from '../../domain/visible.ts'
import { EXPORT_COLUMNS, FIELD_NAMES, headerKey, isExport, knownField } from './header-names.ts'
import { refuseDamaged } from './heading.ts'
import { lesserColumns, refuseUnknownNames } from './lesser-columns.ts'
import { listed, quoted } from './quoted.ts'
import { headingKeys, twinsOf } from './twins.ts'

/** One --map name=Header. */
export interface Mapping {
  /** A field by any of its names, or the name that an attribute is to have. */
  readonly name: string
  readonly header: string
}

/** 'phone=Тел. (моб.)' -> its two sides. Fails with Fixable('usage'). */
export const parseMapping = (text: string): Mapping => {
  const [, name, header] = /^\s*([^=]*\S)\s*=\s*(.*\S)\s*$/.exec(text) ?? []
  if (name !== undefined && header !== undefined) return { name, header }
  throw new Fixable('usage', `--map ${quoted(text)} is not name=Header`, 'Such as: --map phone="Тел. (моб.)"')
}

/**
 * One column for each header, in order; a column without a name is ignored. Fails with Fixable('usage') for a --map that fits
 * no header, with Fixable('input') for headers that are ambiguous or tell no address.
 */
export const planColumns = (header: readonly string[], mappings: readonly Mapping[], file: string): Column[] => {
  if (mappings.length === 0 && isExport(header)) return header.map(exportedColumn)
  const mapped = mapColumns(header, mappings)
  const taken = new Set([...mapped.values()].map(nameOf))
  const twins = new Set(twinsOf(header, mappings).map(({ second }) => second))
  const lesser = lesserColumns(header, taken)
  const columns = header.map(
    (name, i): Column =>
      twins.has(i) ? { kind: 'ignored' } : (mapped.get(i) ?? columnOf(name, lesser.has(i) ? EVERY_FIELD : taken)),
  )
  refuseRivals(header, columns, file)
  refuseDamaged(header, file)
  refuseUnclearConsent(header, columns, mapped, file)
  if (columns.some((column) => ADDRESSES.includes(nameOf(column)))) {
    refuseUnknownNames(header, columns, mapped, file)
    return columns
  }
  const example = header.find(looksLikeNumber) ?? 'HEADER'
  throw new Fixable(
    'input',
    `${file} has no column for a phone or an e-mail; its columns: ${listed(header.map(quoted))}`,
    `Say which it is: --map phone=${quoted(example)}. If these names cannot be read: --encoding, --delimiter.`,
  )
}

/** Beside a number some programs put what kind it is: Google's `Phone 1 - Label`, `Phone 1 - Value`. */
const looksLikeNumber = (name: string): boolean =>
  /тел|моб|сот|phone|mobile|msisdn/iu.test(name) && !/label|type|kind|метка|тип|вид/iu.test(name)

/** Whether a table with these headers tells an address, by itself or by a --map. */
export const tellsAddress = (header: readonly string[], mappings: readonly Mapping[]): boolean => {
  const keys = new Set(header.map(headerKey))
  const isMapped = mappings.some(
    (mapping) => isAddress(knownField(mapping.name)) && keys.has(headerKey(mapping.header)),
  )
  return isMapped || header.some((name) => isAddress(knownField(name)))
}

const isAddress = (field: ReturnType<typeof knownField>): boolean => field === 'phone' || field === 'email'

const exportedColumn = (name: string, i: number): Column =>
  i < EXPORT_COLUMNS.length ? columnOf(name, new Set()) : meant({ kind: 'attribute', name })

const meant = (column: Column): Column => (column.kind === 'attribute' ? { ...column, isMeant: true } : column)

/** 'phone = "Телефон", name = "Наименование"; attributes: "Рейтинг"; without a name, left out: column 7' */
export const describeColumns = (header: readonly string[], columns: readonly Column[]): string => {
  const headers = columns.map((column, i) => ({ column, text: quoted(header[i] ?? ''), place: i + 1 }))
  const fields = headers.flatMap(({ column, text }) => (column.kind === 'field' ? [`${nameOf(column)} = ${text}`] : []))
  const attributes = headers.flatMap(({ column, text }) => {
    if (column.kind !== 'attribute') return []
    return [quoted(column.name) === text ? text : `${visible(column.name)} = ${text}`]
  })
  const nameless = headers.flatMap(({ text, place }) => (text === '""' ? [place] : []))
  return [
    fields.join(', '),
    ...(attributes.length > 0 ? [`attributes: ${listed(attributes)}`] : []),
    ...(nameless.length > 0 ? [`left out, without a name: column ${listed(nameless)}`] : []),
  ].join('; ')
}

const ADDRESSES = [FIELD_NAMES.phone, FIELD_NAMES.email]

/** What the column is to the recipient; empty: nothing. */
const nameOf = (column: Column): string => {
  if (column.kind === 'field') return FIELD_NAMES[column.field]
  return column.kind === 'attribute' ? column.name : ''
}

const EVERY_FIELD: ReadonlySet<string> = new Set(Object.values(FIELD_NAMES))

const columnOf = (name: string, taken: ReadonlySet<string>): Column => {
  const field = name === '' ? 'ignored' : knownField(name)
  if (field === 'ignored') return { kind: 'ignored' }
  return field === null || taken.has(FIELD_NAMES[field]) ? { kind: 'attribute', name } : { kind: 'field', field }
}

const mapColumns = (header: readonly string[], mappings: readonly Mapping[]): ReadonlyMap<number, Column> => {
  const mapped = new Map<number, Column>()
  const keys = headingKeys(header)
  for (const { name, header: wanted } of mappings) {
    const at = keys.indexOf(headerKey(wanted))
    if (at < 0) {
      const known = header.filter((each) => each !== '').map(quoted)
      throw new Fixable('usage', `--map ${name}: there is no column ${quoted(wanted)}`, `There are ${listed(known)}.`)
    }
    const column = meant(columnOf(name, new Set()))
    const isTwice = mapped.has(at) || [...mapped.values()].some((other) => nameOf(other) === nameOf(column))
    if (isTwice) throw new Fixable('usage', `--map names ${quoted(wanted)} or ${quoted(name)} twice`)
    mapped.set(at, column)
  }
  return mapped
}

/** A column about who may be written to that nobody understands: as an attribute it would be passed over, and they would be written to. */
const refuseUnclearConsent = (
  header: readonly string[],
  columns: readonly Column[],
  mapped: ReadonlyMap<number, Column>,
  file: string,
): void => {
  const at = columns.findIndex(
    (column, i) => column.kind === 'attribute' && !mapped.has(i) && consentHeading(header[i] ?? '') !== null,
  )
  if (at < 0) return
  const name = quoted(header[at] ?? '')
  throw new Fixable(
    'input',
    `${file}: the column ${name} seems to say who may be written to, and is not understood`,
    `Say what yes means there: --map unsubscribed=${name} (gets nothing) or --map subscribed=${name} (gets messages). It is only an attribute: --map ${name}=${name}`,
  )
}

/** Two columns that would be the same to a recipient. */
const refuseRivals = (header: readonly string[], columns: readonly Column[], file: string): void => {
  const seen = new Map<string, string>()
  for (const [i, column] of columns.entries()) {
    const name = nameOf(column)
    const rival = seen.get(name)
    const own = header[i] ?? ''
    if (name !== '' && rival !== undefined) {
      throw new Fixable(
        'input',
        `${file}: ${quoted(rival)} and ${quoted(own)} are both taken for ${name}`,
        `Say which it is: --map ${name}=${quoted(rival)}; the other is kept as an attribute.`,
      )
    }
    seen.set(name, own)
  }
}
