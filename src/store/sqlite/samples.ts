// The sentences about recipients to show a text for.
import type { RecipientColumn } from '../../domain/message.ts'
import type { Sample, SampleStore } from '../sample-store.ts'
import { RECIPIENTS_WITH_ZONE } from './audience.ts'
import { RECIPIENT_SOURCES } from './candidates.ts'
import type { Connection } from './connection.ts'
import { groupsByEmpty, reachable } from './holes.ts'

type SampleRow = readonly [id: number, name: string | null, ...values: (string | null)[]]

export const sampleStore = (connection: Connection): SampleStore => ({
  groupByEmpty: async (audience, addressKind, variables) => groupsByEmpty(connection, audience, addressKind, variables),

  listSamples: async (audience, addressKind, columns, { after, limit }) => {
    const who = reachable(audience, addressKind)
    const rows = connection.db
      .prepare<unknown[], SampleRow>(`${selecting(columns)} where r.id > ? and ${who.sql} order by r.id limit ?`)
      .raw()
      .all(after, ...who.values, limit)
    return rows.map((row) => sampleOf(row, columns))
  },

  findSample: async (who, columns) => {
    const byId = 'id' in who
    const row = connection.db
      .prepare<unknown[], SampleRow>(
        `${selecting(columns)} where r.removed_at is null and ${byId ? 'r.id = @id' : '(r.phone = @address or r.email = @address)'}
         order by r.id limit 1`,
      )
      .raw()
      .get(who)
    return row === undefined ? null : sampleOf(row, columns)
  },
})

const selecting = (columns: readonly RecipientColumn[]): string =>
  `select r.id, r.name ${columns.map((column) => `, ${RECIPIENT_SOURCES[column]}`).join('')} from ${RECIPIENTS_WITH_ZONE}`

const FIRST_VALUE = 2

const sampleOf = (row: SampleRow, columns: readonly RecipientColumn[]): Sample => {
  const values: Partial<Record<RecipientColumn, string | null>> = {}
  for (const [i, column] of columns.entries()) {
    const value = row[FIRST_VALUE + i]
    values[column] = typeof value === 'string' ? value : null
  }
  return { id: row[0], name: row[1], values }
}
