// The rows about the database as a whole and about who works on it, in SQLite's dialect. See mailings.ts.
import { sql } from 'drizzle-orm'
import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { mailings } from './mailings.ts'

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
  cleanSince: integer('clean_since'), // what is deleted since then is overwritten; null: free pages may hold what older versions deleted
  bookChangedAt: integer('book_changed_at'), // when recipients or districts last changed: mailings that follow look again
})

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
  schema: integer('schema'), // what its program knows; null: one of before this column
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
  witnesses: text('witnesses'), // messages that failed since it took the last one, each with the rest it asked for (JSON pairs)
  checksAt: integer('checks_at'), // few messages asked for its rest: from then on another one may ask whether it holds
})

/** Trouble already told to the operator, so that cron does not mail it every minute. */
export const troubles = sqliteTable('troubles', {
  key: text('key').primaryKey(),
  since: integer('since').notNull(),
  toldAt: integer('told_at').notNull(),
})

/** What operators did to mailings, messages and recipients: who, when, what, why. */
export const audit = sqliteTable(
  'audit',
  {
    id: integer('id').primaryKey(),
    at: integer('at').notNull(),
    who: text('who').notNull(),
    what: text('what').notNull(),
    mailingId: integer('mailing_id').references(() => mailings.id),
    messageId: integer('message_id'),
    recipientId: integer('recipient_id'),
    why: text('why'),
    detail: text('detail'), // JSON: what changed, { name: [before, after] }; never an address or a text of a recipient
  },
  (t) => [
    index('audit_mailing').on(t.mailingId),
    index('audit_recipient').on(t.recipientId).where(sql`recipient_id is not null`),
  ],
)
