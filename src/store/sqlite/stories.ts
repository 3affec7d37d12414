// Answers for one story.
import type { AuditRow } from '../answer-store.ts'
import type { BlockedAddress } from '../block-store.ts'
import type { StoryStore } from '../story-store.ts'
import { AUDIT_COLUMNS } from './answers-day.ts'
import type { Connection } from './connection.ts'

const ACTS = `select * from (select ${AUDIT_COLUMNS} from audit
  where mailing_id = @mailingId or message_id = @messageId or recipient_id = @recipientId order by id desc limit @limit)
  order by id`

export const storyStore = ({ db }: Connection): StoryStore => ({
  actsAbout: async ({ mailingId, messageId, recipientId }, limit) =>
    db.prepare<unknown[], AuditRow>(ACTS).all({
      mailingId: mailingId ?? null,
      messageId: messageId ?? null,
      recipientId: recipientId ?? null,
      limit,
    }),

  sentSpan: async (mailingId) => {
    const span = db
      .prepare<[number], { first: number | null; last: number | null }>(
        "select min(settled_at) as first, max(settled_at) as last from messages where mailing_id = ? and state = 'sent'",
      )
      .get(mailingId)
    return span === undefined || span.first === null || span.last === null
      ? null
      : { first: span.first, last: span.last }
  },

  blocksOf: async (addresses) =>
    db
      .prepare<[string], BlockedAddress>(
        'select address, at, who, why from blocked where address in (select value from json_each(?))',
      )
      .all(JSON.stringify(addresses)),
})
