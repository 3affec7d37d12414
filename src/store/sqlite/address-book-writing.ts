// The address book, written by hand: a recipient added, changed, unsubscribed, subscribed again.
import type { Database } from 'better-sqlite3'
import { differences, type RecipientContent } from '../../domain/recipient-content.ts'
import { districtKey } from '../../domain/zone.ts'
import type { AddressBookStore, Recipient, SavedRecipient } from '../address-book-store.ts'
import { forgetRemoval } from './address-hash.ts'
import { noteAct } from './audit.ts'
import { noteBookChange } from './book-change.ts'
import type { Connection } from './connection.ts'
import { forgetReplaced } from './erasing.ts'
import { recipientOf } from './recipient-row.ts'

type Writing = Pick<AddressBookStore, 'addRecipient' | 'changeRecipient' | 'setConsent'>

export const addressBookWriting = ({ db, write }: Connection): Writing => ({
  addRecipient: (draft, by) =>
    write(() => {
      const conflict = conflictOf(db, null, draft)
      if (conflict !== null) return conflict
      const { lastInsertRowid: id } = db
        .prepare(
          'insert into recipients (unsubscribed, unsubscribed_by_admin, created_at, updated_at) values (?, ?, ?, ?)',
        )
        .run(draft.unsubscribed ? 1 : 0, draft.unsubscribedByAdmin ? 1 : 0, by.at, by.at)
      writeContent(db, id, draft, by.at)
      forgetRemoval(db, [draft.phone, draft.email])
      noteAct(db, 'recipient added', by, { recipientId: Number(id) })
      return saved(db, null, id)
    }),

  changeRecipient: async (id, change, by, { dryRun }) => {
    const body = (): SavedRecipient => {
      const before = recipientOf(db, id)
      if (before === null || before.removedAt !== null) return { kind: 'gone' }
      const content = change(before)
      const fields = differences(before, content).map(({ field }) => field)
      const conflict = conflictOf(db, id, content)
      if (conflict !== null) return conflict
      if (dryRun || fields.length === 0) return { kind: 'saved', before, after: { ...before, ...content } }
      writeContent(db, id, content, by.at)
      forgetBefore(db, id)
      const forgetWords = forgetReplaced(db, before, content)
      const told = { ...by, why: by.why === null ? null : forgetWords(by.why) }
      noteAct(db, 'recipient changed', told, { recipientId: id, detail: { fields } })
      return saved(db, before, id)
    }
    return dryRun ? body() : write(body)
  },

  setConsent: (id, consent, by) =>
    write(() => {
      const before = recipientOf(db, id)
      if (before === null || before.removedAt !== null) return { kind: 'gone' }
      const { unsubscribed = before.unsubscribed, unsubscribedByAdmin = before.unsubscribedByAdmin } = consent
      const detail = {
        ...(unsubscribed === before.unsubscribed ? {} : { unsubscribed: [before.unsubscribed, unsubscribed] }),
        ...(unsubscribedByAdmin === before.unsubscribedByAdmin
          ? {}
          : { unsubscribedByAdmin: [before.unsubscribedByAdmin, unsubscribedByAdmin] }),
      }
      keepThroughUndo(db, id, consent)
      if (Object.keys(detail).length === 0) return { kind: 'saved', before, after: before }
      db.prepare('update recipients set unsubscribed = ?, unsubscribed_by_admin = ?, updated_at = ? where id = ?').run(
        unsubscribed ? 1 : 0,
        unsubscribedByAdmin ? 1 : 0,
        by.at,
        id,
      )
      noteBookChange(db, by.at)
      const what = unsubscribed || unsubscribedByAdmin ? 'recipient unsubscribed' : 'recipient subscribed again'
      noteAct(db, what, by, { recipientId: id, detail })
      return saved(db, before, id)
    }),
})

/** Whom an import unsubscribed, and who says so too, stays so when that import is taken back. */
const keepThroughUndo = (
  db: Database,
  id: number,
  { unsubscribed, unsubscribedByAdmin }: Parameters<Writing['setConsent']>[1],
): void => {
  const said = [
    ...(unsubscribed === true ? ["'$.unsubscribed', 1"] : []),
    ...(unsubscribedByAdmin === true ? ["'$.unsubscribed_by_admin', 1"] : []),
  ]
  if (said.length === 0) return
  db.prepare(
    `update import_before set before = json_set(before, ${said.join(', ')})
     where recipient_id = ? and import_id in (select id from imports)`,
  ).run(id)
}

/** Whoever was changed since an import stays as they are when it is taken back: what they were before it serves nobody any more. */
const forgetBefore = (db: Database, id: number): void => {
  db.prepare(
    "update import_before set before = '{}' where recipient_id = ? and import_id in (select id from imports)",
  ).run(id)
}

const saved = (db: Database, before: Recipient | null, id: number | bigint): SavedRecipient => {
  const after = recipientOf(db, id)
  return after === null ? { kind: 'gone' } : { kind: 'saved', before, after }
}

/** What an import would refuse too: an external id or a phone of somebody else; nothing but an e-mail that somebody has. */
const conflictOf = (db: Database, self: number | null, content: RecipientContent): SavedRecipient | null => {
  const owner = (column: string, value: string | null): Recipient | null => {
    if (value === null) return null
    const id = db
      .prepare<[string, number], number>(
        `select id from recipients where ${column} = ? and id <> ? and removed_at is null order by id limit 1`,
      )
      .pluck()
      .get(value, self ?? -1)
    return id === undefined ? null : recipientOf(db, id)
  }
  const isEmailOnly = content.externalId === null && content.phone === null
  const rivals = [
    ['external id', owner('external_id', content.externalId)],
    ['phone', owner('phone', content.phone)],
    ['e-mail', isEmailOnly ? owner('email', content.email) : null],
  ] as const
  for (const [what, other] of rivals) if (other !== null) return { kind: 'conflict', what, other }
  return null
}

const writeContent = (db: Database, id: number | bigint, content: RecipientContent, now: number): void => {
  db.prepare(
    `update recipients set external_id = @externalId, phone = @phone, email = @email, operator_code = @operatorCode,
       name = @name, contact_person = @contactPerson, tax_number = @taxNumber, address = @address,
       district_id = @districtId, zone = @zone, attributes = @attributes, updated_at = @now where id = @id`,
  ).run({
    ...content,
    id,
    now,
    districtId: content.district === null ? null : districtIdOf(db, content.district),
    attributes: Object.keys(content.attributes).length === 0 ? null : JSON.stringify(content.attributes),
  })
  const tags = JSON.stringify(content.tags)
  db.prepare('delete from recipient_tags where recipient_id = ? and tag not in (select value from json_each(?))').run(
    id,
    tags,
  )
  db.prepare('insert or ignore into recipient_tags (recipient_id, tag) select ?, value from json_each(?)').run(id, tags)
  const name = db.prepare('insert or ignore into attribute_names (name) values (?)')
  for (const each of Object.keys(content.attributes)) name.run(each)
  noteBookChange(db, now)
}

/** One that nobody has told of yet gets a row without a zone. */
const districtIdOf = (db: Database, name: string): number | bigint => {
  const key = districtKey(name)
  const known = db.prepare<[string], number>('select district_id from district_keys where key = ?').pluck().get(key)
  if (known !== undefined) return known
  const { lastInsertRowid } = db.prepare('insert into districts (name, zone) values (?, null)').run(name)
  db.prepare('insert into district_keys (key, district_id) values (?, ?)').run(key, lastInsertRowid)
  return lastInsertRowid
}
