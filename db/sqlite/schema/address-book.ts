// The rows of the address book, in SQLite's dialect. See mailings.ts.
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

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
    removedAt: integer('removed_at'), // by an operator: the person is forgotten, the row stays for the messages that name it
  },
  (t) => [
    uniqueIndex('recipients_external_id').on(t.externalId).where(sql`external_id is not null`),
    index('recipients_phone').on(t.phone).where(sql`phone is not null`),
    index('recipients_email').on(t.email).where(sql`email is not null`),
    // few: looked up for every message, since who unsubscribed may share an address with somebody who did not
    index('recipients_phone_refused').on(t.phone).where(sql`unsubscribed or unsubscribed_by_admin`),
    index('recipients_email_refused').on(t.email).where(sql`unsubscribed or unsubscribed_by_admin`),
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

/** Addresses that are never written to, whoever has them; imports do not touch them. */
export const blocked = sqliteTable('blocked', {
  address: text('address').primaryKey(), // E.164 or a checked e-mail address
  at: integer('at').notNull(),
  who: text('who').notNull(),
  why: text('why'),
})

/** Addresses of people whom an operator removed, each as a keyed hash: an import does not bring them back. */
export const removedAddresses = sqliteTable('removed_addresses', {
  hash: text('hash').primaryKey(), // src/domain/removed-address.ts
  at: integer('at').notNull(),
})

/** Imports of recipients; what the newest one did is kept, so that it can be taken back. */
export const imports = sqliteTable('imports', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  at: integer('at').notNull(), // updated_at of every recipient that it wrote
  who: text('who').notNull(),
  file: text('file').notNull(),
  state: text('state').notNull(), // saving | saved | undone
  added: integer('added').notNull().default(0),
  changed: integer('changed').notNull().default(0),
})

/** Recipients that an import added: their ids lie together, so a range says it of thousands. */
export const importRanges = sqliteTable(
  'import_ranges',
  {
    importId: integer('import_id').notNull(),
    firstId: integer('first_id').notNull(),
    lastId: integer('last_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.firstId] })],
)

/** Recipients that an import changed, as they were before. */
export const importBefore = sqliteTable(
  'import_before',
  {
    importId: integer('import_id').notNull(),
    recipientId: integer('recipient_id').notNull(),
    before: text('before').notNull(), // JSON of the columns of recipients, and tags
  },
  (t) => [primaryKey({ columns: [t.importId, t.recipientId] })],
)
