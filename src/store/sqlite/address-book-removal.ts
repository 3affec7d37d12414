// A person is forgotten: what the address book and the messages say of them, erased.
import type { Database } from 'better-sqlite3'
import type { AddressBookStore, RemovedRecipient } from '../address-book-store.ts'
import type { OperatorAct } from '../mailing-store.ts'
import { addressHash } from './address-hash.ts'
import { noteAct } from './audit.ts'
import { noteBookChange } from './book-change.ts'
import type { Connection } from './connection.ts'
import { openCounts } from './counts.ts'
import { forgetInWords, forgetTags, THEIRS } from './erasing.ts'

export const addressBookRemoval = ({ db, write }: Connection): Pick<AddressBookStore, 'removeRecipient'> => ({
  removeRecipient: (id, by) =>
    write(() => {
      const forgetWords = forgetInWords(db, id)
      forgetTags(db, id)
      const ended = endWaiting(db, id, by)
      // also of what is in hand: its worker has both in memory, and no claim takes it again (src/domain/admission.ts)
      db.prepare(
        `update messages set address = null, text = null
         where id in (${THEIRS} where m.address is not null or m.text is not null)`,
      ).run({ id })
      // what an import would bring back when it is taken back
      db.prepare('delete from import_before where recipient_id = ? and import_id in (select id from imports)').run(id)
      rememberRemoval(db, id, by.at)
      const district = db.prepare('select district_id from recipients where id = ?').pluck().get(id)
      const deleted = forget(db, id, by.at)
      forgetDistrict(db, district)
      noteBookChange(db, by.at)
      const told = { ...by, why: by.why === null ? null : forgetWords(by.why) }
      noteAct(db, 'recipient removed', told, { ...(deleted ? {} : { recipientId: id }), detail: { ...ended } })
      return { ...ended, deleted }
    }),
})

/**
 * Not of a mailing whose rows are being written: nobody but its planner changes those, and counts them. The claim ends them, for
 * nobody is left to write to.
 */
const endWaiting = (db: Database, id: number, by: OperatorAct): Omit<RemovedRecipient, 'deleted'> => {
  const ended = db
    .prepare<unknown[], { mailingId: number; state: 'cancelled' | 'unknown' }>(
      `update messages set state = iif(doubt_since is null, 'cancelled', 'unknown'), reason = 'recipient removed',
         due_at = null, settled_at = @at
       where id in (${THEIRS} where m.state = 'scheduled' and g.state <> 'planning') returning mailing_id as mailingId, state`,
    )
    .all({ id, at: by.at })
  const counts = openCounts(db)
  for (const { mailingId, state } of ended) counts.move(mailingId, 'scheduled', state, 1)
  counts.write()
  const inHand = db
    .prepare<{ id: number }, number>(`select count(*) from (${THEIRS} where m.state = 'sending')`)
    .pluck()
    .get({ id })
  const unknown = ended.filter(({ state }) => state === 'unknown').length
  return { cancelled: ended.length - unknown, unknown, inHand: inHand ?? 0 }
}

/** The wish outlives the row: an import that brings one of the addresses back leaves it out. */
const rememberRemoval = (db: Database, id: number, now: number): void => {
  const addresses = db
    .prepare<{ id: number }, string>(
      `select phone from recipients where id = @id and phone is not null
       union select email from recipients where id = @id and email is not null`,
    )
    .pluck()
    .all({ id })
  const remember = db.prepare('insert or replace into removed_addresses (hash, at) values (?, ?)')
  const hash = addressHash(db)
  for (const address of addresses) remember.run(hash(address), now)
}

/** One that no table has told of, and that nobody else named, may be where they lived. */
const forgetDistrict = (db: Database, district: unknown): void => {
  const isTheirs = db
    .prepare(
      'select 1 from districts where id = @id and zone is null and @id not in (select district_id from recipients where district_id is not null)',
    )
    .get({ id: district })
  if (isTheirs === undefined) return
  db.prepare('delete from district_keys where district_id = ?').run(district)
  db.prepare('delete from districts where id = ?').run(district)
}

/** True: the row is gone. */
const forget = (db: Database, id: number, now: number): boolean => {
  if (db.prepare(`${THEIRS} limit 1`).get({ id }) === undefined) {
    db.prepare('delete from recipients where id = ?').run(id)
    db.prepare('update audit set recipient_id = null where recipient_id = ?').run(id) // whoever gets the number next is another
    return true
  }
  db.prepare(
    `update recipients set external_id = null, phone = null, email = null, operator_code = null, name = null,
       contact_person = null, tax_number = null, address = null, district_id = null, zone = null, attributes = null,
       updated_at = @now, removed_at = coalesce(removed_at, @now) where id = @id`,
  ).run({ id, now })
  db.prepare('delete from recipient_tags where recipient_id = ?').run(id)
  return false
}
