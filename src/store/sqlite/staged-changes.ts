// What staged records would change of recipients who are known: before and after, for the eye.
import type { Database } from 'better-sqlite3'
import type { OnConflict } from '../../domain/on-conflict.ts'
import type { StagedChange } from '../recipient-store.ts'
import { changes, PLAIN_COLUMNS } from './merge-sql.ts'

/** As RecipientDraft calls them. */
const FIELDS: Readonly<Record<string, string>> = {
  external_id: 'externalId',
  contact_person: 'contactPerson',
  tax_number: 'taxNumber',
  unsubscribed_by_admin: 'unsubscribedByAdmin',
}

const CONSENT = ['unsubscribed', 'unsubscribed_by_admin'] as const
const COLUMNS = [...PLAIN_COLUMNS, 'district', 'tags', 'attributes', ...CONSENT] as const

type Row = { readonly line: number; readonly id: number } & Readonly<Record<string, string | number | null>>

const CHANGED = (onConflict: OnConflict): string => `
  select s.line, r.id,
    ${[...PLAIN_COLUMNS, ...CONSENT].map((column) => `r.${column} as "before ${column}", s.${column} as "after ${column}"`).join(', ')},
    (select name from districts where id = r.district_id) as "before district",
    (select coalesce(districts.name, staged_districts.name) from staged_districts
       left join district_keys using (key) left join districts on districts.id = district_id
     where key = s.district_key) as "after district",
    (select json_group_array(tag) from recipient_tags where recipient_id = r.id) as "before tags", s.tags as "after tags",
    r.attributes as "before attributes", s.attributes as "after attributes"
  from staged_recipients as s join recipients as r on r.id = s.recipient_id
  where ${changes(onConflict)} order by s.line limit ?`

export const stagedChanges = (db: Database, onConflict: OnConflict, limit: number): StagedChange[] =>
  db
    .prepare<[number], Row>(CHANGED(onConflict))
    .all(limit)
    .map((row) => {
      const columns: readonly string[] = onConflict === 'skip' ? CONSENT : COLUMNS
      const fields = columns.flatMap((column) => fieldsOf(column, row[`before ${column}`], row[`after ${column}`]))
      return { line: row.line, recipientId: row.id, fields: Object.fromEntries(fields) }
    })

type Field = readonly [name: string, change: StagedChange['fields'][string]]
type Value = string | number | null | undefined

const fieldsOf = (column: string, before: Value, after: Value): Field[] => {
  if (column === 'attributes') return attributeFields(textsOf(before), textsOf(after))
  if (after === null || after === undefined || after === before) return []
  const name = FIELDS[column] ?? column
  if (column === 'tags') return tagFields(Object.values(textsOf(before)), Object.values(textsOf(after)))
  if (typeof after === 'string')
    return [[name, [before === null || before === undefined ? null : String(before), after]]]
  return after > Number(before) ? [[name, [before === 1, true]]] : [] // consent goes one way
}

const attributeFields = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): Field[] =>
  Object.entries(after)
    .filter(([name, text]) => !Object.hasOwn(before, name) || before[name] !== text)
    .map(([name, text]) => [`attributes.${name}`, [Object.hasOwn(before, name) ? (before[name] ?? null) : null, text]])

const tagFields = (before: readonly string[], after: readonly string[]): Field[] => {
  const all = [...new Set([...before, ...after])]
  return all.length === before.length ? [] : [['tags', [before.join(', ') || null, all.join(', ')]]]
}

const textsOf = (json: Value): Readonly<Record<string, string>> => {
  const value: unknown = typeof json === 'string' ? JSON.parse(json) : null
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries<string>(Object.entries(value).map(([name, text]) => [name, String(text)]))
}
