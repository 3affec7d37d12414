// The rows, in SQLite's dialect. No logic: migrations are generated from this file (npx drizzle-kit generate).
// Every instant is epoch milliseconds UTC; every zone is canonical (src/domain/zone.ts).
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** One row: which installation this file is. Its id goes into every idempotency key. */
export const installation = sqliteTable('installation', {
  id: text('id').primaryKey(),
  createdAt: integer('created_at').notNull(),
  heldAt: integer('held_at'), // nothing at all is sent from this instant on; null: it goes its way
  heldBy: text('held_by'),
  heldWhy: text('held_why'),
  home: text('home'), // path and inode of the file that sends: a copy of it differs
  restoredTo: integer('restored_to'), // of a restored file: when its backup was made; null once it is reconciled
  clock: text('clock'), // JSON: boot id, wall clock and uptime as last seen together, to notice a clock that was set
})

export const districts = sqliteTable('districts', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  zone: text('zone'), // null: named by a recipient, no table has told its zone yet
})

/** Everything a district is called, as a key: its id in the operator's books, its name, its other names. */
export const districtKeys = sqliteTable('district_keys', {
  key: text('key').primaryKey(),
  districtId: integer('district_id')
    .notNull()
    .references(() => districts.id),
})

export const recipients = sqliteTable(
  'recipients',
  {
    id: integer('id').primaryKey(),
    externalId: text('external_id'),
    phone: text('phone'), // E.164, with the plus
    email: text('email'),
    operatorCode: text('operator_code'),
    name: text('name'),
    contactPerson: text('contact_person'),
    taxNumber: text('tax_number'),
    address: text('address'),
    districtId: integer('district_id').references(() => districts.id),
    zone: text('zone'), // their own zone; null: the district's
    unsubscribed: integer('unsubscribed').notNull().default(0), // by themselves
    unsubscribedByAdmin: integer('unsubscribed_by_admin').notNull().default(0),
    attributes: text('attributes'), // JSON object of the columns that have no place of their own
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('recipients_external_id').on(t.externalId).where(sql`external_id is not null`),
    index('recipients_phone').on(t.phone).where(sql`phone is not null`),
    index('recipients_email').on(t.email).where(sql`email is not null`),
  ],
)

export const recipientTags = sqliteTable(
  'recipient_tags',
  {
    recipientId: integer('recipient_id')
      .notNull()
      .references(() => recipients.id, { onDelete: 'cascade' }),
    tag: text('tag').notNull(),
  },
  (t) => [primaryKey({ columns: [t.recipientId, t.tag] }), index('recipient_tags_tag').on(t.tag, t.recipientId)],
)

/** Names of attributes that at least one recipient has: what a text may mention beside the columns. */
export const attributeNames = sqliteTable('attribute_names', { name: text('name').primaryKey() })

export const mailings = sqliteTable(
  'mailings',
  {
    id: integer('id').primaryKey({ autoIncrement: true }), // never handed out twice: who takes one back may still be at it
    uid: text('uid').notNull(),
    name: text('name').notNull(),
    state: text('state').notNull(), // src/domain/mailing.ts
    reason: text('reason'), // why it is paused or cancelled
    text: text('text').notNull(),
    gateway: text('gateway').notNull(),
    at: text('at').notNull(), // HH:MM
    on: text('on_date').notNull(), // YYYY-MM-DD
    until: text('until').notNull(), // HH:MM
    expiresAt: integer('expires_at').notNull(),
    terms: text('terms').notNull(), // JSON of what the operator asked for: audience, ifPast, ifNoZone
    plan: text('plan').notNull(), // JSON of the plan per zone, as it was shown
    plannerId: integer('planner_id'), // the worker that writes its rows; null once they are all there
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('mailings_uid').on(t.uid),
    uniqueIndex('mailings_name').on(t.name).where(sql`state <> 'cancelled'`),
    index('mailings_open').on(t.state).where(sql`state in ('planning', 'active', 'paused')`),
  ],
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
    gatewayRef: text('gateway_ref'),
    settledAt: integer('settled_at'),
    doubtSince: integer('doubt_since'), // first instant at which it may have been taken without our knowing; null: never
    deaths: integer('deaths').notNull().default(0), // workers that died with it in hand (src/domain/admission.ts)
  },
  (t) => [
    uniqueIndex('messages_once').on(t.mailingId, t.recipientId),
    index('messages_due').on(t.mailingId, t.dueAt, t.id).where(sql`due_at is not null`),
    index('messages_in_hand').on(t.workerId).where(sql`state = 'sending'`), // a few hundred rows: what a dead worker held
  ],
)

/** One row per process that claims or plans: what proves it alive or dead. */
export const workers = sqliteTable('workers', {
  id: integer('id').primaryKey({ autoIncrement: true }), // never handed out twice
  kind: text('kind').notNull(), // run-due | daemon | schedule
  host: text('host').notNull(),
  bootId: text('boot_id').notNull(),
  pid: integer('pid').notNull(),
  pidStart: text('pid_start').notNull(),
  startedAt: integer('started_at').notNull(),
  seenAt: integer('seen_at').notNull(),
  seenMono: integer('seen_mono'), // the same beat on the clock that nobody sets, ms since boot; means something within one boot
})

/** Health of a gateway, shared by every process (src/domain/gateway-health.ts); no row: healthy, never used. */
export const gateways = sqliteTable('gateways', {
  name: text('name').primaryKey(),
  restsUntil: integer('rests_until'), // nothing is claimed for it before this instant
  reason: text('reason'), // why it rests
  failures: integer('failures').notNull().default(0), // times in a row that it was found down; above 0 one message probes it
  probeUntil: integer('probe_until'), // a worker probes it until then
  rampFrom: integer('ramp_from'), // since when it is loaded slowly; null: at full speed
  rampMs: integer('ramp_ms'), // full speed after this long; null: doubling every 10 s
  nextSlotAt: real('next_slot_at'), // with a rate: when the next message may leave
  acceptedAt: integer('accepted_at'), // last time it is known to have taken something; a minute old at most while it works
  pausedAt: integer('paused_at'),
  pausedBy: text('paused_by'),
  pausedWhy: text('paused_why'),
})

/** Trouble already told to the operator, so that cron does not mail it every minute. */
export const troubles = sqliteTable('troubles', {
  key: text('key').primaryKey(),
  since: integer('since').notNull(),
  toldAt: integer('told_at').notNull(),
})

/** What operators did to mailings and messages: who, when, what, why. */
export const audit = sqliteTable('audit', {
  id: integer('id').primaryKey(),
  at: integer('at').notNull(),
  who: text('who').notNull(),
  what: text('what').notNull(),
  mailingId: integer('mailing_id').references(() => mailings.id),
  why: text('why'),
})
