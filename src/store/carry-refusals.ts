// A backup is a past. Who unsubscribed, was blocked or removed since then said so once, and is not asked again: taken over from the
// database that the backup replaces.
import Database from 'better-sqlite3'
import type { CarriedRefusals } from './installation-store.ts'

interface Refusal {
  readonly externalId: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly unsubscribed: number
  readonly unsubscribedByAdmin: number
}

/** `from`: null where it cannot be read. null: so nothing could be taken over. The copy is nobody else's yet; all or nothing. */
export const carryRefusals = (from: Database.Database | null, copy: string, now: number): CarriedRefusals | null => {
  if (from === null) return null
  const to = new Database(copy)
  try {
    to.pragma('synchronous = full')
    return to
      .transaction(() => ({
        blocked: carryBlocked(from, to),
        removed: carryRemoved(from, to),
        unsubscribed: carryUnsubscribed(from, to, now),
      }))
      .immediate()
  } catch (error) {
    if (error instanceof Database.SqliteError) return null // damaged there: what can be said is that nothing was taken over
    throw error
  } finally {
    to.close()
  }
}

/** Databases of older versions have no such table. */
const has = (db: Database.Database, table: string): boolean =>
  db.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(table) !== undefined

const carryBlocked = (from: Database.Database, to: Database.Database): number => {
  if (!has(from, 'blocked')) return 0
  const insert = to.prepare('insert or ignore into blocked (address, at, who, why) values (@address, @at, @who, @why)')
  let carried = 0
  for (const row of from.prepare<[], object>('select address, at, who, why from blocked').iterate()) {
    carried += insert.run(row).changes
  }
  return carried
}

/** Their hashes mean something in the same installation only. */
const carryRemoved = (from: Database.Database, to: Database.Database): number => {
  const idOf = (db: Database.Database): unknown => db.prepare('select id from installation').pluck().get()
  if (!has(from, 'removed_addresses') || idOf(from) !== idOf(to)) return 0
  const insert = to.prepare('insert or ignore into removed_addresses (hash, at) values (@hash, @at)')
  let carried = 0
  for (const row of from.prepare<[], object>('select hash, at from removed_addresses').iterate()) {
    carried += insert.run(row).changes
  }
  return carried
}

const REFUSED = `select external_id as externalId, phone, email, unsubscribed, unsubscribed_by_admin as unsubscribedByAdmin
  from recipients where (unsubscribed or unsubscribed_by_admin) and coalesce(external_id, phone, email) is not null`

const SAME = 'select id from recipients where external_id = @externalId or phone = @phone or email = @email'

/** Whoever came after the backup is written down with the address alone: the next import tells the rest, and loosens nothing. */
const carryUnsubscribed = (from: Database.Database, to: Database.Database, now: number): number => {
  const same = to.prepare<[Refusal]>(`${SAME} limit 1`)
  const refuse = to.prepare<[Refusal & { now: number }]>(
    `update recipients set unsubscribed = max(unsubscribed, @unsubscribed),
       unsubscribed_by_admin = max(unsubscribed_by_admin, @unsubscribedByAdmin), updated_at = @now
     where id in (${SAME}) and (unsubscribed < @unsubscribed or unsubscribed_by_admin < @unsubscribedByAdmin)`,
  )
  const add = to.prepare<[Refusal & { now: number }]>(
    `insert into recipients (external_id, phone, email, unsubscribed, unsubscribed_by_admin, created_at, updated_at)
     values (@externalId, @phone, @email, @unsubscribed, @unsubscribedByAdmin, @now, @now)`,
  )
  let carried = 0
  for (const refusal of from.prepare<[], Refusal>(REFUSED).iterate()) {
    const known = same.get(refusal) !== undefined
    carried += (known ? refuse : add).run({ ...refusal, now }).changes > 0 ? 1 : 0
  }
  return carried
}
