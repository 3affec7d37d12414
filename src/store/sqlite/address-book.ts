// The address book, read: recipients listed, counted, looked up, and what became of them.
import type {
  AddressBookStore,
  Recipient,
  RecipientMessage,
  RecipientNames,
  RecordedAct,
} from '../address-book-store.ts'
import { addressBookRemoval } from './address-book-removal.ts'
import { addressBookTags } from './address-book-tags.ts'
import { addressBookWriting } from './address-book-writing.ts'
import { RECIPIENTS_WITH_ZONE } from './audience.ts'
import type { Connection } from './connection.ts'
import { countOf, pageOf } from './recipient-pages.ts'
import { RECIPIENT_SELECT, type RecipientRow, recipientFromRow, recipientOf } from './recipient-row.ts'

type Reading = Pick<
  AddressBookStore,
  'listRecipients' | 'countMatching' | 'lookUpRecipients' | 'messagesOf' | 'actsOn' | 'countWaiting'
>

export const addressBookStore = (connection: Connection): AddressBookStore => ({
  ...reading(connection),
  ...addressBookWriting(connection),
  ...addressBookRemoval(connection),
  ...addressBookTags(connection),
})

const reading = ({ db }: Connection): Reading => ({
  listRecipients: async (filter, { after, limit }) => {
    const page = pageOf(filter, after, limit)
    return db
      .prepare<unknown[], RecipientRow>(
        `with page (id) as materialized (${page.sql})
         select ${RECIPIENT_SELECT} from page cross join ${joinedBy('r.id = page.id')} order by page.id`,
      )
      .all(...page.values)
      .map(recipientFromRow)
  },

  countMatching: async (filter) => {
    const count = countOf(filter)
    if (count === null) return null
    return (
      db
        .prepare<unknown[], number>(count.sql)
        .pluck()
        .get(...count.values) ?? 0
    )
  },

  lookUpRecipients: async (names) => lookUp(db, names),

  // there is no index of messages by recipient: a look-up for each mailing, and they are some hundreds
  messagesOf: async (recipientId, limit) =>
    db
      .prepare<unknown[], RecipientMessage>(
        `select m.id, g.id as mailingId, g.name as mailing, g.on_date as "on", m.zone, m.state, m.reason, m.send_at as sendAt,
                m.settled_at as settledAt
         from mailings g cross join messages m on m.mailing_id = g.id and m.recipient_id = ? order by g.id desc limit ?`,
      )
      .all(recipientId, limit),

  actsOn: async (recipientId, limit) =>
    db
      .prepare<unknown[], RecordedAct>(
        'select at, who, what, why, detail from audit where recipient_id = ? order by id desc limit ?',
      )
      .all(recipientId, limit),

  countWaiting: async (recipientId) =>
    db
      .prepare<[number], number>(
        `select count(*) from mailings g cross join messages m on m.mailing_id = g.id and m.recipient_id = ?
         where m.state = 'scheduled' and m.due_at is not null`,
      )
      .pluck()
      .get(recipientId) ?? 0,
})

/** RECIPIENTS_WITH_ZONE with a condition on its first table. */
const joinedBy = (condition: string): string =>
  RECIPIENTS_WITH_ZONE.replace('recipients r', `recipients r on ${condition}`)

const MOST_OF_ONE_NAME = 10

const lookUp = (db: Connection['db'], { id, externalId, phone, email }: RecipientNames): readonly Recipient[] => {
  const ids = (column: string, value: string | null): readonly number[] =>
    value === null
      ? []
      : db
          .prepare<[string, number], number>(
            `select id from recipients where ${column} = ? and removed_at is null order by id limit ?`,
          )
          .pluck()
          .all(value, MOST_OF_ONE_NAME)
  const found = new Set([
    ...(id === null ? [] : [id]),
    ...ids('external_id', externalId),
    ...ids('phone', phone),
    ...ids('email', email),
  ])
  return [...found].flatMap((each) => recipientOf(db, each) ?? [])
}
