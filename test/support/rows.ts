// Rows put straight into the tables, as a day of sending would have left them.
import { EVERYBODY, type Mailing, type MailingState, type Plan } from '../../src/domain/mailing.ts'
import type { MessageState } from '../../src/domain/message.ts'
import { sendInstant } from '../../src/domain/send-time.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'

export interface MessageGroup {
  readonly zone: string
  readonly state: MessageState
  readonly count: number
  readonly reason?: string
  /** settled_at - send_at of the settled ones, ms; the n-th row gets the n-th, round and round. Default: 40. */
  readonly lateness?: readonly number[]
  readonly name?: string
}

export interface MailingRows {
  readonly name: string
  readonly state?: MailingState
  readonly reason?: string
  readonly text?: string
  readonly on?: string
  readonly at?: string
  readonly until?: string
  readonly terms?: Partial<Mailing['terms']>
  readonly plan?: Plan
  readonly messages?: readonly MessageGroup[]
}

const SETTLED: readonly MessageState[] = ['sent', 'failed', 'unknown', 'expired', 'cancelled']

/**
 * A mailing (`uid 1`, `uid 2`, …) through `sms`, on 2021-10-22 from 10:00 to 21:00 unless it says otherwise, with a
 * recipient for every message.
 */
export const insertMailing = ({ db }: Connection, rows: MailingRows): number => {
  const {
    name,
    state = 'active',
    reason = null,
    on = '2021-10-22',
    at = '10:00',
    until = '21:00',
    messages = [],
  } = rows
  const terms: Mailing['terms'] = {
    audience: EVERYBODY,
    ifPast: 'fail',
    ifNoZone: 'fail',
    addressKind: 'phone',
    follow: false,
    ...rows.terms,
  }
  const id = Number(
    db
      .prepare(
        `insert into mailings (uid, name, state, reason, text, gateway, at, on_date, until, expires_at, terms, plan, created_at)
         values ('uid ' || (select count(*) + 1 from mailings), ?, ?, ?, ?, 'sms', ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        name,
        state,
        reason,
        rows.text ?? 'Good morning',
        at,
        on,
        until,
        sendInstant(on, at, 'UTC').at + 3 * 86_400_000,
        JSON.stringify(terms),
        JSON.stringify(rows.plan ?? planOf(messages, on, at)),
        Date.parse('2021-10-21T18:50:00Z'),
      ).lastInsertRowid,
  )
  db.transaction(() => {
    for (const group of messages)
      insertGroup({ db }, id, group, group.zone === '' ? 0 : sendInstant(on, at, group.zone).at)
    if (state !== 'planning') seedCounts(db, id)
  })()
  return id
}

/** The counts of a mailing whose rows were put there by hand. */
const seedCounts = (db: Connection['db'], mailingId: number): void => {
  db.prepare(
    `insert into mailing_counts (mailing_id, state, count)
     select mailing_id, state, count(*) from messages where mailing_id = ? group by state`,
  ).run(mailingId)
}

const insertGroup = ({ db }: Pick<Connection, 'db'>, mailingId: number, group: MessageGroup, sendAt: number): void => {
  const recipient = db.prepare(
    'insert into recipients (name, phone, zone, created_at, updated_at) values (?, ?, ?, 1, 1)',
  )
  const message = db.prepare(
    `insert into messages (mailing_id, recipient_id, zone, send_at, due_at, state, reason, attempts, address, settled_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const { zone, state, count, reason = null, lateness = [40], name = 'ООО «Ромашка»' } = group
  const waits = state === 'scheduled' || state === 'sending'
  const tried = state !== 'scheduled' && state !== 'skipped' && state !== 'cancelled'
  for (let i = 0; i < count; i += 1) {
    const phone = `+7916${String(i).padStart(7, '0')}`
    const person = recipient.run(name, phone, zone === '' ? null : zone).lastInsertRowid
    const settledAt = SETTLED.includes(state) ? sendAt + (lateness[i % lateness.length] ?? 0) : null
    message.run(
      mailingId,
      person,
      zone,
      sendAt,
      waits ? sendAt : null,
      state,
      reason,
      tried ? 1 : 0,
      tried ? phone : null,
      settledAt,
    )
  }
}

const planOf = (messages: readonly MessageGroup[], on: string, at: string): Plan => {
  const zones = [...new Set(messages.map(({ zone }) => zone).filter((zone) => zone !== ''))]
  const countIn = (zone: string): number =>
    messages
      .filter((group) => group.zone === zone && group.state !== 'skipped')
      .reduce((sum, { count }) => sum + count, 0)
  const planned = zones.map((zone) => ({ zone, count: countIn(zone), sendAt: sendInstant(on, at, zone).at, notes: [] }))
  return { total: planned.reduce((sum, { count }) => sum + count, 0), zones: planned, skipped: [] }
}
