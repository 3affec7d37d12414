// A row of recipients, whole: the columns as SQL, and what they become.
import type { Recipient } from '../address-book-store.ts'
import { RECIPIENTS_WITH_ZONE, ZONE_NOW } from './audience.ts'
import type { Connection } from './connection.ts'

/** Of RECIPIENTS_WITH_ZONE (audience.ts). */
export const RECIPIENT_SELECT = `r.id, r.external_id as externalId, r.phone, r.email, r.operator_code as operatorCode, r.name,
  r.contact_person as contactPerson, r.tax_number as taxNumber, r.address, d.name as district, r.zone,
  nullif(${ZONE_NOW}, '') as zoneNow,
  (select json_group_array(tag) from (select tag from recipient_tags where recipient_id = r.id order by tag)) as tags,
  r.unsubscribed, r.unsubscribed_by_admin as unsubscribedByAdmin,
  exists (select 1 from blocked where address = r.phone) as blockedPhone,
  exists (select 1 from blocked where address = r.email) as blockedEmail,
  r.attributes, r.created_at as createdAt, r.updated_at as updatedAt, r.removed_at as removedAt`

type Told = 'tags' | 'attributes' | 'unsubscribed' | 'unsubscribedByAdmin' | 'blocked' | 'blockedPhone' | 'blockedEmail'

export type RecipientRow = Omit<Recipient, Told> & {
  readonly tags: string
  readonly attributes: string | null
  readonly unsubscribed: number
  readonly unsubscribedByAdmin: number
  readonly blockedPhone: number
  readonly blockedEmail: number
}

export const recipientFromRow = (row: RecipientRow): Recipient => ({
  ...row,
  tags: textsOf(row.tags),
  attributes: attributesOf(row.attributes),
  unsubscribed: row.unsubscribed !== 0,
  unsubscribedByAdmin: row.unsubscribedByAdmin !== 0,
  blocked: row.blockedPhone !== 0 || row.blockedEmail !== 0,
  blockedPhone: row.blockedPhone !== 0,
  blockedEmail: row.blockedEmail !== 0,
})

/** The recipient of this number, whole. */
export const recipientOf = (db: Connection['db'], id: number | bigint): Recipient | null => {
  const row = db
    .prepare<[number | bigint], RecipientRow>(`select ${RECIPIENT_SELECT} from ${RECIPIENTS_WITH_ZONE} where r.id = ?`)
    .get(id)
  return row === undefined ? null : recipientFromRow(row)
}

const textsOf = (json: string): readonly string[] => {
  const values: unknown = JSON.parse(json)
  return Array.isArray(values) ? values.map(String) : []
}

const attributesOf = (json: string | null): Readonly<Record<string, string>> => {
  const values: unknown = json === null ? {} : JSON.parse(json)
  if (typeof values !== 'object' || values === null) return {}
  return Object.fromEntries(Object.entries(values).map(([name, value]): [string, string] => [name, String(value)]))
}
