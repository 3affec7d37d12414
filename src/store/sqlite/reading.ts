// What people look at: messages listed, mailings counted.
import type { Mailing } from '../../domain/mailing.ts'
import { type CountByState, type MessageState, noMessages } from '../../domain/message.ts'
import type { MailingCounts, MailingDetail, MessageRow, MessageStore, StatsStore } from '../store.ts'
import type { Connection } from './connection.ts'
import { MAILING_COLUMNS, type MailingRow, mailingFromRow } from './mailing-row.ts'

type ReadingStore = StatsStore & Pick<MessageStore, 'listMessages'>

export const readingStore = (connection: Connection): ReadingStore => ({
  countByState: async (limit) =>
    connection.db
      .prepare<[number], MailingRow>(`select ${MAILING_COLUMNS} from mailings order by id desc limit ?`)
      .all(limit)
      .map((row) => countsOf(connection, mailingFromRow(row))),

  mailingCounts: async (mailing) => countsOf(connection, mailing),

  mailingDetail: async (mailing) => ({
    ...countsOf(connection, mailing),
    zones: zonesOf(connection, mailing),
    reasons: reasonsOf(connection, mailing),
    lateness: latenessOf(connection, mailing),
  }),

  listMessages: async (mailingId, { state, after, limit }) =>
    connection.db
      .prepare<unknown[], MessageRow>(
        `select m.id, m.mailing_id as mailingId, g.uid as mailingUid, m.recipient_id as recipientId,
                r.created_at as recipientCreatedAt, r.name as recipientName, m.address, m.zone, m.send_at as sendAt,
                m.due_at as dueAt, m.state, m.reason, m.attempts, m.gateway_ref as gatewayRef, m.settled_at as settledAt
         from messages m join recipients r on r.id = m.recipient_id join mailings g on g.id = m.mailing_id
         where m.mailing_id = @mailingId and m.recipient_id > @after and (@state is null or m.state = @state)
         order by m.recipient_id limit @limit`,
      )
      .all({ mailingId, after: after ?? 0, state: state ?? null, limit }),
})

const countsOf = ({ db }: Connection, mailing: Mailing): MailingCounts => {
  const rows = db
    .prepare<[number], { state: MessageState; count: number; first: number; last: number }>(
      'select state, count(*) as count, min(send_at) as first, max(send_at) as last from messages where mailing_id = ? group by state',
    )
    .all(mailing.id)
  const states = noMessages()
  for (const row of rows) states[row.state] = row.count
  const promised = rows.filter((row) => row.state !== 'skipped')
  return {
    mailing,
    total: rows.reduce((sum, row) => sum + row.count, 0),
    states,
    firstSendAt: promised.length === 0 ? null : Math.min(...promised.map((row) => row.first)),
    lastSendAt: promised.length === 0 ? null : Math.max(...promised.map((row) => row.last)),
  }
}

const zonesOf = ({ db }: Connection, mailing: Mailing): MailingDetail['zones'] => {
  const rows = db
    .prepare<[number], { zone: string; state: MessageState; count: number; first: number }>(
      `select zone, state, count(*) as count, min(send_at) as first from messages
       where mailing_id = ? group by zone, state`,
    )
    .all(mailing.id)
  const zones = new Map<string, { zone: string; sendAt: number; total: number; states: CountByState }>()
  for (const row of rows) {
    const zone = zones.get(row.zone) ?? { zone: row.zone, sendAt: row.first, total: 0, states: noMessages() }
    zone.states[row.state] = row.count
    zone.total += row.count
    zone.sendAt = Math.min(zone.sendAt, row.first)
    zones.set(row.zone, zone)
  }
  return [...zones.values()].sort((a, b) => a.sendAt - b.sendAt || a.zone.localeCompare(b.zone, 'en'))
}

const reasonsOf = ({ db }: Connection, mailing: Mailing): MailingDetail['reasons'] =>
  db
    .prepare<[number], { state: MessageState; reason: string; count: number }>(
      `select state, reason, count(*) as count from messages
       where mailing_id = ? and reason is not null group by state, reason order by count desc, state, reason limit 50`,
    )
    .all(mailing.id)

/** settled_at - send_at of what was sent. Sorted in a typed array: 1,000,000 rows take 8 MB and no temporary file. */
const latenessOf = ({ db }: Connection, mailing: Mailing): MailingDetail['lateness'] => {
  const count = db
    .prepare<[number], number>("select count(*) from messages where mailing_id = ? and state = 'sent'")
    .pluck()
    .get(mailing.id)
  if (count === undefined || count === 0) return null
  const late = new Float64Array(count)
  let filled = 0
  const rows = db
    .prepare<[number, number], number>(
      "select settled_at - send_at from messages where mailing_id = ? and state = 'sent' limit ?",
    )
    .pluck()
    .iterate(mailing.id, count)
  for (const value of rows) late[filled++] = value
  const sorted = late.subarray(0, filled).sort()
  const at = (share: number): number => sorted[Math.min(filled - 1, Math.ceil(filled * share) - 1)] ?? 0
  return { p50: at(0.5), p99: at(0.99), max: at(1) }
}
