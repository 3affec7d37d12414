// Recipients that a filter chooses, as SQL: page by key, and counted.
import type { RecipientFilter } from '../address-book-store.ts'
import { audienceCondition, type Condition, RECIPIENTS_WITH_ZONE, UNSUBSCRIBED } from './audience.ts'

/** Tags that are each walked by their own index. */
const MOST_WALKED = 50

/**
 * Numbers of the recipients behind `after`, in order: `order by id limit ?`. With tags each is walked by (tag, recipient_id), in
 * the order of the numbers: a page of a tag that nobody else has, and of one that all have, costs the same.
 */
export const pageOf = (filter: RecipientFilter, after: number, limit: number): Condition<string | number> => {
  const tags = walkedTags(filter)
  if (tags.length === 0 || tags.length > MOST_WALKED) {
    const who = conditionOf(filter)
    return {
      sql: `select r.id from ${RECIPIENTS_WITH_ZONE} where r.id > ? and ${who.sql} order by r.id limit ?`,
      values: [after, ...who.values, limit],
    }
  }
  const who = conditionOf(withoutTags(filter))
  const walk = `select * from (select t.recipient_id as id
    from recipient_tags t cross join ${RECIPIENTS_WITH_ZONE.replace('recipients r', 'recipients r on r.id = t.recipient_id')}
    where t.tag = ? and t.recipient_id > ? and ${who.sql} order by t.recipient_id limit ?)`
  return {
    sql: `${tags.map(() => walk).join(' union ')} order by id limit ?`,
    values: [...tags.flatMap((tag) => [[tag, after], who.values, [limit]].flat()), limit],
  }
}

/** How many there are; null: it would take too long, for of each recipient every mailing would be asked. */
export const countOf = (filter: RecipientFilter): Condition | null => {
  if (filter.audience.neverReached) return null
  const tags = walkedTags(filter)
  const rest = withoutTags(filter)
  const [tag] = tags
  // those that were removed have no tags
  if (tags.length === 1 && tag !== undefined && asksNothing(rest))
    return { sql: 'select count(*) from recipient_tags where tag = ?', values: [tag] }
  if (tags.length === 0) {
    const who = conditionOf(filter)
    return { sql: `select count(*) from ${RECIPIENTS_WITH_ZONE} where ${who.sql}`, values: who.values }
  }
  const who = conditionOf(rest)
  const recipients = RECIPIENTS_WITH_ZONE.replace('recipients r', 'recipients r on r.id = t.recipient_id')
  if (tags.length === 1 && tag !== undefined)
    return {
      sql: `select count(*) from recipient_tags t cross join ${recipients} where t.tag = ? and ${who.sql}`,
      values: [tag, ...who.values],
    }
  return {
    sql: `select count(*) from (select distinct recipient_id from recipient_tags
      where tag in (select value from json_each(?))) t cross join ${recipients} where ${who.sql}`,
    values: [JSON.stringify(tags), ...who.values],
  }
}

/** Any of them leads to everybody that the filter chooses. */
const walkedTags = ({ audience, withTag }: RecipientFilter): readonly string[] =>
  audience.tags.length > 0 || withTag === null ? [...new Set(audience.tags)] : [withTag]

const withoutTags = (filter: RecipientFilter): RecipientFilter =>
  filter.audience.tags.length > 0
    ? { ...filter, audience: { ...filter.audience, tags: [] } }
    : { ...filter, withTag: null }

const asksNothing = (filter: RecipientFilter): boolean => conditionOf(filter).values.length === 0 && !isNarrow(filter)

const isNarrow = ({ unsubscribed, blocked, audience }: RecipientFilter): boolean =>
  unsubscribed || blocked || audience.neverReached

const conditionOf = (filter: RecipientFilter): Condition => {
  const conditions = [
    audienceCondition(filter.audience),
    ...(filter.unsubscribed ? [{ sql: UNSUBSCRIBED, values: [] }] : []),
    ...(filter.blocked ? [{ sql: BLOCKED, values: [] }] : []),
    ...(filter.withTag === null ? [] : [{ sql: HAS_TAG, values: [filter.withTag] }]),
    ...(filter.search === null ? [] : [searchCondition(filter.search)]),
  ]
  return {
    sql: conditions.map(({ sql }) => sql).join(' and '),
    values: conditions.flatMap(({ values }) => values),
  }
}

const BLOCKED = 'exists (select 1 from blocked where address = r.phone or address = r.email)'
const HAS_TAG = 'exists (select 1 from recipient_tags t where t.recipient_id = r.id and t.tag = ?)'

// ---------------------------------------------------------------- part of a name, a phone, an e-mail, an external id

const like = (column: string, pattern: string): Condition => ({
  sql: `${column} like ? escape '\\'`,
  values: [pattern],
})

const part = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`

const searchCondition = (search: string): Condition => {
  const conditions = [
    ...inAnyCase(search).map((text) => like('r.name', part(text))),
    like('r.external_id', part(search)),
    like('r.email', part(search)),
    ...phoneParts(search).map((pattern) => like('r.phone', pattern)),
  ]
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(' or ')})`,
    values: conditions.flatMap(({ values }) => values),
  }
}

/** LIKE knows no case but that of ASCII; a function of ours for each of a million names would take seconds. */
const inAnyCase = (text: string): readonly string[] => {
  const lower = text.toLowerCase()
  return [...new Set([text, lower, text.toUpperCase(), lower.charAt(0).toUpperCase() + lower.slice(1)])]
}

/** Of 8 916 123 both +7 916 123… and …8916123…; fewer than three digits are no phone. */
const phoneParts = (text: string): readonly string[] => {
  if (/[^\d\s()+.-]/.test(text)) return []
  const digits = text.replaceAll(/\D/g, '')
  if (digits.length < 3) return []
  return [`%${digits}%`, ...(/^8\d/.test(digits) ? [`+7${digits.slice(1)}%`] : [])]
}
