// What happened on one day, and what waits for the next: what the evening's report tells.
import { latenessOf } from '../../domain/lateness.ts'
import { type MessageState, noMessages } from '../../domain/message.ts'
import type { AnswerStore, AuditRow, Scheduled, SettledOnDay, WaitingMailing } from '../answer-store.ts'
import type { Connection } from './connection.ts'
import { MAILING_COLUMNS, type MailingRow, mailingFromRow } from './mailing-row.ts'
import { inOneView } from './one-view.ts'

type DayStore = Pick<
  AnswerStore,
  'settledBetween' | 'waitingMailings' | 'actsBetween' | 'scheduledBetween' | 'countBook'
>

/** Messages that expire are settled by the next pass: it may come days after the mailing's end, where cron stood still. */
const LATE_ENDS = 7 * 86_400_000

export const AUDIT_COLUMNS = `id, at, who, what, mailing_id as mailingId, message_id as messageId,
  recipient_id as recipientId, why, detail`

export const dayStore = (connection: Connection): DayStore => ({
  settledBetween: inOneView(connection, (from: number, to: number) =>
    mailingsAt(connection, from, to).flatMap((row) => settledOf(connection, row, from, to)),
  ),

  waitingMailings: inOneView(connection, (from: number, to: number) =>
    connection.db
      .prepare<[], MailingRow>(
        `select ${MAILING_COLUMNS} from mailings where state in ('planning', 'proposed', 'active', 'paused') order by id`,
      )
      .all()
      .flatMap((row) => waitingOf(connection, row, from, to)),
  ),

  actsBetween: async (from, to, limit) =>
    connection.db
      .prepare<[number, number, number], AuditRow>(
        `select ${AUDIT_COLUMNS} from audit where at >= ? and at < ? order by id limit ?`,
      )
      .all(from, to, limit),

  scheduledBetween: async (from, to, limit) =>
    connection.db
      .prepare<[number, number, number], Scheduled>(
        `select id, created_at as at, created_by as who from mailings
         where created_at >= ? and created_at < ? and (state <> 'planning' or edit is not null) order by id limit ?`,
      )
      .all(from, to, limit),

  countBook: async () =>
    connection.db
      .prepare<[], { recipients: number; unsubscribed: number }>(
        `select count(*) as recipients, count(*) filter (where unsubscribed or unsubscribed_by_admin) as unsubscribed
         from recipients where removed_at is null`,
      )
      .get() ?? { recipients: 0, unsubscribed: 0 },
})

/** Mailings that may have rows settled then: there already, and not over, or over since not long, or somebody saw to them that day. */
const mailingsAt = ({ db }: Connection, from: number, to: number): readonly MailingRow[] =>
  db
    .prepare<{ from: number; to: number }, MailingRow>(
      `select ${MAILING_COLUMNS} from mailings
       where created_at < @to
         and (state in ('planning', 'proposed', 'active', 'paused') or expires_at >= @from - ${LATE_ENDS}
           or id in (select mailing_id from audit where at >= @from and at < @to))
       order by id`,
    )
    .all({ from, to })

const settledOf = ({ db }: Connection, row: MailingRow, from: number, to: number): readonly SettledOnDay[] => {
  const states = noMessages()
  const counts = db
    .prepare<[number, number, number], { readonly state: MessageState; readonly count: number }>(
      `select state, count(*) as count from messages
       where mailing_id = ? and settled_at >= ? and settled_at < ? and state not in ('scheduled', 'sending') group by state`,
    )
    .all(row.id, from, to)
  if (counts.length === 0) return []
  for (const { state, count } of counts) states[state] = count
  const late = new Float64Array(states.sent)
  let filled = 0
  const sent = db
    .prepare<[number, number, number], number>(
      `select settled_at - send_at from messages
       where mailing_id = ? and state = 'sent' and settled_at >= ? and settled_at < ?`,
    )
    .pluck()
    .iterate(row.id, from, to)
  for (const each of sent) late[filled++] = each
  const reasons = reasonsOf(db, row.id, from, to)
  return [{ mailing: mailingFromRow(row), states, reasons, lateness: latenessOf(late) }]
}

const MOST_REASONS = 5

const reasonsOf = (db: Connection['db'], mailingId: number, from: number, to: number): SettledOnDay['reasons'] =>
  db
    .prepare<[number, number, number], SettledOnDay['reasons'][number]>(
      `select state, reason, count(*) as count from messages indexed by messages_trouble
       where mailing_id = ? and state in ('failed', 'unknown', 'expired') and settled_at >= ? and settled_at < ?
         and reason is not null
       group by state, reason order by count(*) desc, state, reason limit ${MOST_REASONS}`,
    )
    .all(mailingId, from, to)

const waitingOf = ({ db }: Connection, row: MailingRow, from: number, to: number): readonly WaitingMailing[] => {
  const count = db
    .prepare<[number, number, number], { readonly waiting: number; readonly due: number }>(
      `select count(*) as waiting, count(*) filter (where due_at >= ? and due_at < ?) as due
       from messages indexed by messages_due where mailing_id = ? and due_at is not null`,
    )
    .get(from, to, row.id)
  if (count === undefined || count.waiting === 0) return []
  return [{ mailing: mailingFromRow(row), ...count }]
}
