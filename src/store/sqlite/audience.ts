// An audience as SQL: who belongs to it, and the zone that each has now.
import type { AddressKind, Audience } from '../../domain/mailing.ts'

/** recipients r, with the district that gives a zone to those who have none of their own. */
export const RECIPIENTS_WITH_ZONE = 'recipients r left join districts d on d.id = r.district_id'

/** '' where neither the recipient nor the district has one. */
export const ZONE_NOW = "coalesce(r.zone, d.zone, '')"

export const UNSUBSCRIBED = '(r.unsubscribed or r.unsubscribed_by_admin)'

/**
 * Somebody who has this address refused, be it the recipient or another one: who shares a phone with somebody who wants no more
 * messages gets none on it. Found by an index of those who refused.
 */
export const refusedAt = (kind: AddressKind, address: string): string => {
  const column = kind === 'phone' ? 'phone' : 'email'
  return `exists (select 1 from recipients refused where refused.${column} = ${address}
    and (refused.unsubscribed or refused.unsubscribed_by_admin))`
}

export const addressColumn = (kind: AddressKind): string => (kind === 'phone' ? 'r.phone' : 'r.email')

export interface Condition<Value = string> {
  readonly sql: string
  readonly values: readonly Value[]
}

const listed = (values: readonly string[], sql: string): Condition | null =>
  values.length === 0 ? null : { sql, values: [JSON.stringify(values)] }

/**
 * Districts of one name are one: while recipients move from a district that was merged away to the one it became
 * (districts.ts), both have the same name.
 */
const DISTRICTS_NAMED = `select named.id from districts as named where named.name in (
  select known.name from district_keys join districts as known on known.id = district_id
  where key in (select value from json_each(?)))`

const NEVER_REACHED = `not exists (select 1 from mailings reaching cross join messages reached
  on reached.mailing_id = reaching.id and reached.recipient_id = r.id where reached.state = 'sent')`

/** Of one name any of its values. */
const attributeConditions = (attributes: Audience['attributes']): readonly Condition[] =>
  [...new Set(attributes.map(({ name }) => name))].map((name) => ({
    sql: `exists (select 1 from json_each(r.attributes) a where a.key = ? and a.value in (select value from json_each(?)))`,
    values: [name, JSON.stringify(attributes.filter((each) => each.name === name).map(({ value }) => value))],
  }))

/**
 * Who of RECIPIENTS_WITH_ZONE belongs to an audience: its lists joined by "and", each value bound, so that a filter is never
 * written into the SQL. Recipients that were removed belong to none.
 */
export const audienceCondition = (audience: Audience): Condition => {
  const anyTag =
    'select 1 from recipient_tags t where t.recipient_id = r.id and t.tag in (select value from json_each(?))'
  const conditions = [
    { sql: 'r.removed_at is null', values: [] },
    listed(audience.tags, `exists (${anyTag})`),
    listed(audience.notTags, `not exists (${anyTag})`),
    listed(audience.operatorCodes, 'r.operator_code in (select value from json_each(?))'),
    listed(audience.districts, `r.district_id in (${DISTRICTS_NAMED})`),
    listed(audience.zones, `${ZONE_NOW} in (select value from json_each(?))`),
    ...attributeConditions(audience.attributes),
    audience.neverReached ? { sql: NEVER_REACHED, values: [] } : null,
  ].filter((condition) => condition !== null)
  return {
    sql: conditions.map((condition) => condition.sql).join(' and '),
    values: conditions.flatMap((condition) => condition.values),
  }
}
