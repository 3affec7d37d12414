// The rows of mailings, in SQLite's dialect. No logic: migrations are generated from this folder (npx drizzle-kit generate).
// Every instant is epoch milliseconds UTC; every zone is canonical (src/domain/zone.ts).
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { recipients } from './address-book.ts'

export const mailings = sqliteTable(
  'mailings',
  {
    id: integer('id').primaryKey({ autoIncrement: true }), // never handed out twice: who takes one back may still be at it
    uid: text('uid').notNull(),
    name: text('name').notNull(),
    state: text('state').notNull(), // src/domain/mailing.ts
    reason: text('reason'), // why it is paused or cancelled
    text: text('text').notNull(),
    textNo: integer('text_no').notNull().default(1), // rises when the text is edited; earlier ones are in mailing_texts
    gateway: text('gateway').notNull(),
    at: text('at').notNull(), // HH:MM
    on: text('on_date').notNull(), // YYYY-MM-DD
    until: text('until').notNull(), // HH:MM
    expiresAt: integer('expires_at').notNull(),
    terms: text('terms').notNull(), // JSON of what the operator asked for: audience, ifPast, ifNoZone, follow
    plan: text('plan').notNull(), // JSON of the plan per zone, as it was shown
    plannerId: integer('planner_id'), // the worker that writes its rows; null once they are all there
    edit: text('edit'), // JSON of an edit that is being applied to its rows (state planning): finished, never rolled back
    followedAt: integer('followed_at'), // the address book as of then is in it (terms.follow)
    createdBy: text('created_by'),
    approvedBy: text('approved_by'), // the second person, where the configuration demands one
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('mailings_uid').on(t.uid),
    uniqueIndex('mailings_name').on(t.name).where(sql`state <> 'cancelled'`),
    index('mailings_open').on(t.state).where(sql`state in ('planning', 'proposed', 'active', 'paused')`),
  ],
)

/** Texts of a mailing before it was edited: what was tried with one of them is repeated with the same. */
export const mailingTexts = sqliteTable(
  'mailing_texts',
  {
    mailingId: integer('mailing_id')
      .notNull()
      .references(() => mailings.id, { onDelete: 'cascade' }),
    no: integer('no').notNull(),
    text: text('text').notNull(),
  },
  (t) => [primaryKey({ columns: [t.mailingId, t.no] })],
)

/** Messages of a mailing by state: written in the transaction that changes the rows, so that nobody counts ten million of them. */
export const mailingCounts = sqliteTable(
  'mailing_counts',
  {
    mailingId: integer('mailing_id')
      .notNull()
      .references(() => mailings.id, { onDelete: 'cascade' }),
    state: text('state').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.mailingId, t.state] })],
)

export const messages = sqliteTable(
  'messages',
  {
    id: integer('id').primaryKey(),
    mailingId: integer('mailing_id')
      .notNull()
      .references(() => mailings.id),
    recipientId: integer('recipient_id')
      .notNull()
      .references(() => recipients.id),
    zone: text('zone').notNull(), // '' where none is known (then the row is skipped)
    sendAt: integer('send_at').notNull(),
    dueAt: integer('due_at'), // when this row next wants attention; null: never again
    state: text('state').notNull(), // src/domain/message.ts
    reason: text('reason'),
    attempts: integer('attempts').notNull().default(0), // rises at claim; the fence
    workerId: integer('worker_id'),
    address: text('address'), // frozen at the first claim
    text: text('text'), // frozen at the first claim; null: the mailing's own text, word for word
    textNo: integer('text_no'), // which text of its mailing it was first tried with; null: not tried, or tried before texts had numbers
    resend: integer('resend').notNull().default(0), // rises when an operator wants a second effect, or it goes to another address than it was tried at; part of the key
    anyHour: integer('any_hour').notNull().default(0), // an operator said now: the hours of the mailing do not hold for it
    gatewayRef: text('gateway_ref'),
    settledAt: integer('settled_at'),
    doubtSince: integer('doubt_since'), // first instant at which it may have been taken without our knowing; null: never
    deaths: integer('deaths').notNull().default(0), // workers that died with it in hand (src/domain/admission.ts)
  },
  (t) => [
    uniqueIndex('messages_once').on(t.mailingId, t.recipientId),
    index('messages_due').on(t.mailingId, t.dueAt, t.id).where(sql`due_at is not null`),
    index('messages_in_hand').on(t.workerId).where(sql`state = 'sending'`), // a few hundred rows: what a dead worker held
    index('messages_trouble')
      .on(t.mailingId, t.state, t.recipientId)
      .where(sql`state in ('failed', 'unknown', 'expired')`), // what an operator looks for
  ],
)

/** Attempts that did not end as sent at the first try: what a message went through. */
export const attempts = sqliteTable(
  'attempts',
  {
    id: integer('id').primaryKey(),
    messageId: integer('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    attempt: integer('attempt').notNull(),
    at: integer('at').notNull(),
    state: text('state').notNull(), // of the row after it
    reason: text('reason'),
  },
  (t) => [index('attempts_message').on(t.messageId)],
)
