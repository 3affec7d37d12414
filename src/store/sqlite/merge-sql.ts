// What a staged record `s` does to the recipient `r` that it is about, as SQL.
import type { OnConflict } from '../../domain/on-conflict.ts'

/** Columns that a record simply has, named alike in both tables. */
export const PLAIN_COLUMNS = [
  'external_id',
  'phone',
  'email',
  'name',
  'contact_person',
  'tax_number',
  'address',
  'zone',
] as const

const DISTRICT = '(select district_id from district_keys where key = s.district_key)'

const CONSENT_DIFFERS = '(s.unsubscribed > r.unsubscribed or s.unsubscribed_by_admin > r.unsubscribed_by_admin)'

/** True where the record says something that is not known. */
export const SAYS_ELSE = `(
  ${PLAIN_COLUMNS.map((column) => `s.${column} is not null and r.${column} is not s.${column}`).join(' or ')}
  or s.district_key is not null and (r.district_id is null or r.district_id is not ${DISTRICT})
  or ${CONSENT_DIFFERS}
  or s.attributes is not null and json_patch(coalesce(r.attributes, '{}'), s.attributes) is not r.attributes
  or s.tags is not null and exists (
    select 1 from json_each(s.tags) as t where not exists (
      select 1 from recipient_tags where recipient_id = r.id and tag = t.value)))`

/** True where the recipient is to be changed. */
export const changes = (onConflict: OnConflict): string => (onConflict === 'skip' ? CONSENT_DIFFERS : SAYS_ELSE)

/** Every column of recipients that an import may change, and what it does not change but an undo has to look at. */
export const BEFORE_COLUMNS = [
  ...PLAIN_COLUMNS,
  'operator_code',
  'district_id',
  'unsubscribed',
  'unsubscribed_by_admin',
  'attributes',
] as const

/** Keeps those who are about to be changed, as they are. */
export const keepBefore = (onConflict: OnConflict): string => `
  insert or rollback into import_before (import_id, recipient_id, before)
  select :import, r.id, json_object(${BEFORE_COLUMNS.map((column) => `'${column}', r.${column}`).join(', ')},
    'tags', case when s.tags is null then null
            else json((select json_group_array(tag) from recipient_tags where recipient_id = r.id)) end)
  from staged_recipients as s join recipients as r on r.id = s.recipient_id
  where s.line > :after and s.line <= :upto and ${changes(onConflict)}`

const CONSENT = `
  unsubscribed = max(r.unsubscribed, s.unsubscribed),
  unsubscribed_by_admin = max(r.unsubscribed_by_admin, s.unsubscribed_by_admin),
  updated_at = :now`

const ALL = `
  ${PLAIN_COLUMNS.map((column) => `${column} = coalesce(s.${column}, r.${column})`).join(', ')},
  operator_code = case when s.phone is null then r.operator_code else s.operator_code end,
  district_id = coalesce(${DISTRICT}, r.district_id),
  attributes = case when s.attributes is null then r.attributes
               else json_patch(coalesce(r.attributes, '{}'), s.attributes) end,
  ${CONSENT}`

/**
 * Changes those that `keepBefore` kept. What the record leaves blank stays; consent goes one way. `or rollback`: see
 * withMergePragmas.
 */
export const update = (onConflict: OnConflict): string => `
  update or rollback recipients as r set ${onConflict === 'skip' ? CONSENT : ALL}
  from staged_recipients as s
  where s.line > :after and s.line <= :upto and r.id = s.recipient_id
    and exists (select 1 from import_before where import_id = :import and recipient_id = r.id)`

/** Ids are the line on top of a base that no recipient has: the tags of a new recipient find it without a look-up. */
const NEW_ID = 'coalesce(s.recipient_id, :base + s.line)'

export const INSERT = `
  insert or rollback into recipients (id, external_id, phone, email, operator_code, name, contact_person, tax_number, address,
    district_id, zone, unsubscribed, unsubscribed_by_admin, attributes, created_at, updated_at)
  select ${NEW_ID}, external_id, phone, email, operator_code, name, contact_person, tax_number, address,
    ${DISTRICT}, zone, unsubscribed, unsubscribed_by_admin, attributes, :now, :now
  from staged_recipients as s
  where line > :after and line <= :upto and recipient_id is null`

export const insertTags = (onConflict: OnConflict): string => `
  insert or ignore into recipient_tags (recipient_id, tag)
  select ${NEW_ID}, t.value from staged_recipients as s, json_each(s.tags) as t
  where s.line > :after and s.line <= :upto and s.tags is not null
    ${onConflict === 'skip' ? 'and s.recipient_id is null' : ''}`
