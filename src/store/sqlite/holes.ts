// What is empty of an audience: one reading of it, grouped by which of the wanted values are.
import type { AddressKind, Audience } from '../../domain/mailing.ts'
import { columnOf } from '../../domain/text-columns.ts'
import type { EmptyGroup } from '../sample-store.ts'
import { addressColumn, audienceCondition, RECIPIENTS_WITH_ZONE, refusedAt, UNSUBSCRIBED } from './audience.ts'
import { RECIPIENT_SOURCES } from './candidates.ts'
import type { Connection } from './connection.ts'

type GroupRow = readonly [empty: string, count: number, firstId: number, lastId: number]

export const groupsByEmpty = (
  { db }: Connection,
  audience: Audience,
  addressKind: AddressKind,
  variables: readonly string[],
): readonly EmptyGroup[] => {
  const wanted = variables.map(isEmpty)
  const rows = db
    .prepare<unknown[], GroupRow>(
      `select ${["''", ...wanted.map(({ sql }) => sql)].join(' || ')} as empty, count(*), min(r.id), max(r.id)
       from ${RECIPIENTS_WITH_ZONE} where ${reachable(audience, addressKind).sql} group by empty`,
    )
    .raw()
    .all(...wanted.flatMap(({ values }) => values), ...reachable(audience, addressKind).values)
  return rows.map(([empty, count, firstId, lastId]) => ({
    empty: variables.filter((_, i) => empty[i] === '1'),
    count,
    firstId,
    lastId,
  }))
}

/** Who of an audience can be written to: not unsubscribed, with such an address that nobody bars. */
export const reachable = (audience: Audience, addressKind: AddressKind) => {
  const who = audienceCondition(audience)
  const address = addressColumn(addressKind)
  return {
    sql: `${who.sql} and not ${UNSUBSCRIBED} and not ${refusedAt(addressKind, address)} and ${address} is not null
      and not exists (select 1 from blocked b where b.address = ${address})`,
    values: who.values,
  }
}

const isEmpty = (variable: string) => {
  const column = columnOf(variable)
  return column === 'attributes'
    ? {
        sql: "(not exists (select 1 from json_each(r.attributes) a where a.key = ? and trim(a.value) <> ''))",
        values: [variable],
      }
    : { sql: `(trim(coalesce(${RECIPIENT_SOURCES[column]}, '')) = '')`, values: [] }
}
