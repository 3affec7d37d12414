// The sentences about single messages.
import type { ActStore, MessageDetail, PastAttempt } from '../act-store.ts'
import { noteAct } from './audit.ts'
import type { Connection } from './connection.ts'
import { openCounts } from './counts.ts'

const DETAIL = `select m.id, m.mailing_id as mailingId, m.recipient_id as recipientId, r.created_at as recipientCreatedAt,
    r.name as recipientName, m.address, m.zone, m.send_at as sendAt, m.due_at as dueAt, m.state, m.reason, m.attempts,
    m.gateway_ref as gatewayRef, m.settled_at as settledAt, m.doubt_since as doubtSince, m.deaths, m.resend,
    m.any_hour as anyHour,
    coalesce(m.text, (select t.text from mailing_texts t where t.mailing_id = m.mailing_id and t.no = m.text_no)) as triedText
  from messages m join recipients r on r.id = m.recipient_id where m.id = ?`

const CANCEL = `update messages set state = iif(doubt_since is null, 'cancelled', 'unknown'), reason = @why, due_at = null,
    settled_at = @at
  where id = @id and state = 'scheduled' and (select state from mailings where id = messages.mailing_id) <> 'planning'
  returning state, mailing_id as mailingId`

const SEND_NOW = `update messages set due_at = @at, any_hour = max(any_hour, @anyHour)
  where id = @id and state = 'scheduled' and (select state from mailings where id = messages.mailing_id) = 'active'
  returning mailing_id as mailingId`

export const messageActs = ({ db, write }: Connection): ActStore => ({
  findMessage: async (id) => {
    const row = db.prepare<[number], Omit<MessageDetail, 'anyHour'> & { readonly anyHour: number }>(DETAIL).get(id)
    return row === undefined ? null : { ...row, anyHour: row.anyHour === 1 }
  },

  attemptsOf: async (messageId) =>
    db
      .prepare<[number], PastAttempt>(
        'select attempt, at, state, reason from attempts where message_id = ? order by id',
      )
      .all(messageId),

  cancelMessage: (id, by) =>
    write(() => {
      const row = db
        .prepare<unknown[], { state: 'cancelled' | 'unknown'; mailingId: number }>(CANCEL)
        .get({ id, why: by.why, at: by.at })
      if (row === undefined) return null
      const counts = openCounts(db)
      counts.move(row.mailingId, 'scheduled', row.state, 1)
      counts.write()
      noteAct(db, 'message cancelled', by, { mailingId: row.mailingId, messageId: id })
      return row.state
    }),

  sendMessageNow: (id, anyHour, by) =>
    write(() => {
      const row = db
        .prepare<unknown[], { mailingId: number }>(SEND_NOW)
        .get({ id, at: by.at, anyHour: anyHour ? 1 : 0 })
      if (row === undefined) return false
      const detail = anyHour ? { anyHour } : {}
      noteAct(db, 'message sent now', by, { mailingId: row.mailingId, messageId: id, detail })
      return true
    }),

  noteTest: async ({ mailingId, gateway, state }, by) => {
    const about = { ...(mailingId === null ? {} : { mailingId }), detail: { gateway, state } }
    await write(() => noteAct(db, 'test sent', by, about))
  },
})
