// What is erased is gone from the file: out of the words of gateways and operators, and out of the log of the database.
import type { Database } from 'better-sqlite3'
import { forgetting, type Personal, replaced } from '../../domain/forget.ts'
import type { RecipientContent } from '../../domain/recipient-content.ts'
import type { Recipient } from '../address-book-store.ts'
import type { EraseStore } from '../erase-store.ts'
import { type Connection, whenFree } from './connection.ts'
import { recipientOf } from './recipient-row.ts'

/** Their messages, found by one look-up for each mailing. */
export const THEIRS =
  'select m.id from mailings g cross join messages m on m.mailing_id = g.id and m.recipient_id = @id'

/** Whatever somebody wrote in words of their own: hundreds of rows, and of acts as many as there were. */
const FREE_TEXTS = [
  ['audit', 'why'],
  ['mailings', 'reason'],
  ['gateways', 'reason'],
  ['gateways', 'paused_why'],
  ['installation', 'held_why'],
  ['blocked', 'why'],
  ['imports', 'file'],
] as const

const THEIR_TEXTS = [
  ['messages', 'reason', `id in (${THEIRS})`],
  ['messages', 'gateway_ref', `id in (${THEIRS})`],
  ['attempts', 'reason', `message_id in (${THEIRS})`],
] as const

type Forget = (said: string) => string

/**
 * Inside a transaction of the caller's, before the person is erased: what others wrote of them loses what they are known by.
 * Returns what does the same to words that are yet to be written.
 */
export const forgetInWords = (db: Database, id: number): Forget =>
  forgetEverywhere(db, id, forgetting(personalOf(db, id)))

/** The same for what an edit has replaced: when the person is removed, nobody knows it any more. */
export const forgetReplaced = (db: Database, before: Recipient, after: RecipientContent): Forget =>
  forgetEverywhere(db, before.id, forgetting(replaced(before, after)))

/** What somebody was tagged with by hand tells of them, and of nobody else. */
export const forgetTags = (db: Database, id: number): void => {
  db.prepare(
    "update audit set detail = json_set(detail, '$.tag', '…') where recipient_id = ? and detail ->> '$.tag' is not null",
  ).run(id)
}

const forgetEverywhere = (db: Database, id: number, forget: Forget): Forget => {
  for (const [table, column, theirs] of THEIR_TEXTS) forgetIn(db, { table, column, where: theirs }, forget, { id })
  for (const [table, column] of FREE_TEXTS) forgetIn(db, { table, column, where: 'true' }, forget, {})
  return forget
}

interface Place {
  readonly table: string
  readonly column: string
  readonly where: string
}

const forgetIn = (db: Database, { table, column, where }: Place, forget: Forget, values: object) => {
  const rows = db
    .prepare<[object], { row: number; said: string }>(
      `select rowid as row, ${column} as said from ${table} where ${where} and ${column} is not null`,
    )
    .all(values)
  const update = db.prepare(`update ${table} set ${column} = ? where rowid = ?`)
  for (const { row, said } of rows) {
    const rest = forget(said)
    if (rest !== said) update.run(rest, row)
  }
}

/** Also as it was before the last import, and as their messages knew it. */
const personalOf = (db: Database, id: number): Personal => {
  const recipient = recipientOf(db, id)
  const before = db
    .prepare<[number], string>(
      'select before from import_before where recipient_id = ? and import_id in (select id from imports)',
    )
    .pluck()
    .all(id)
    .map(fieldsOf)
  const messages = db
    .prepare<[object], { address: string | null; text: string | null }>(
      `select address, text from messages where id in (${THEIRS} where m.address is not null or m.text is not null)`,
    )
    .all({ id })
  const texts = (...values: readonly unknown[]): readonly string[] => [
    ...new Set(values.filter((value) => typeof value === 'string' && value !== '').map(String)),
  ]
  const addresses = texts(
    ...messages.map(({ address }) => address),
    ...before.flatMap(({ phone, email }) => [phone, email]),
    recipient?.phone,
    recipient?.email,
  )
  return {
    phones: addresses.filter((address) => !address.includes('@')),
    emails: addresses.filter((address) => address.includes('@')),
    names: texts(
      recipient?.name,
      recipient?.contactPerson,
      ...before.flatMap((each) => [each['name'], each['contact_person']]),
    ),
    values: texts(
      recipient?.externalId,
      recipient?.taxNumber,
      recipient?.address,
      ...Object.values(recipient?.attributes ?? {}),
      ...before.flatMap((each) => [each['external_id'], each['tax_number'], each['address']]),
      ...before.flatMap(({ attributes }) =>
        typeof attributes === 'string' ? Object.values(fieldsOf(attributes)) : [],
      ),
    ),
    texts: texts(...messages.map(({ text }) => text)),
  }
}

const fieldsOf = (json: string): Readonly<Record<string, unknown>> => {
  const value: unknown = JSON.parse(json)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** A reader or a writer is mostly gone within milliseconds. */
const PATIENCE_MS = 2_000

export const eraseStore = (connection: Connection): EraseStore => {
  const { db, clock, write } = connection
  const number = (sql: string): number => Number(db.prepare(sql).pluck().get())
  const emptyLog = async (): Promise<boolean> => {
    for (let tries = 0; tries < PATIENCE_MS / 10; tries += 1) {
      if (number('pragma wal_checkpoint(truncate)') === 0) return true
      await clock.sleep(1 + clock.random() * 9)
    }
    return false
  }
  return {
    emptyLog,
    isClean: async () => number('select clean_since is not null from installation') === 1,
    fileBytes: async () => number('pragma page_count') * number('pragma page_size'),
    writeAnew: async (now) => {
      await whenFree(db.name, clock, () => db.exec('vacuum'))
      await write(() => db.prepare('update installation set clean_since = ?').run(now))
      await emptyLog()
    },
  }
}
