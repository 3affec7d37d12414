// Districts and their zones.
import type { Database } from 'better-sqlite3'
import type { DistrictDraft } from '../../domain/district.ts'
import {
  type DistrictChange,
  type DistrictPlan,
  type KnownDistrict,
  planDistricts,
} from '../../domain/district-plan.ts'
import type { DistrictStore } from '../district-store.ts'
import { noteBookChange } from './book-change.ts'
import type { Connection } from './connection.ts'
import { countMoved, districtEditing } from './district-editing.ts'
import { openTurns, type Turns } from './turns.ts'

export const districtStore = (connection: Connection): DistrictStore => {
  const { db, write } = connection
  return {
    saveDistricts: async (rows, { dryRun, now }) => {
      if (!dryRun) await moveMerged(connection) // what an interrupted import left over
      const plan = dryRun ? planDistricts(knownDistricts(db), rows) : await write(() => planAndWrite(db, rows, now))
      const { changes: _, movedIds, ...counts } = plan
      const recipientsMoved = countMoved(db, movedIds)
      if (!dryRun) await moveMerged(connection)
      return { ...counts, recipientsMoved }
    },

    ...districtEditing(connection),
  }
}

const planAndWrite = (db: Database, rows: readonly DistrictDraft[], now: number): DistrictPlan => {
  const plan = planDistricts(knownDistricts(db), rows)
  if (plan.conflicts.length === 0) writeChanges(db, plan.changes)
  if (plan.conflicts.length === 0 && plan.changes.length > 0) noteBookChange(db, now)
  return plan
}

const knownDistricts = (db: Database): KnownDistrict[] =>
  db
    .prepare<[], { id: number; name: string; zone: string | null; keys: string }>(
      `select id, name, zone, json_group_array(key) as keys
       from districts join district_keys on district_id = id group by id`,
    )
    .all()
    .map(({ id, name, zone, keys }) => ({ id, name, zone, keys: textsOf(keys) }))

const textsOf = (json: string): string[] => {
  const values: unknown = JSON.parse(json)
  return Array.isArray(values) ? values.map(String) : []
}

/** A district that turns out to be another gives it its keys, and takes its name and its zone. */
const writeChanges = (db: Database, changes: readonly DistrictChange[]): void => {
  const add = db.prepare('insert into districts (name, zone) values (?, ?)')
  const change = db.prepare('update districts set name = ?, zone = ? where id = ?')
  const addKey = db.prepare('insert into district_keys (key, district_id) values (?, ?)')
  const merges: { from: number; into: number }[] = []
  for (const { id: known, name, zone, newKeys, absorbed } of changes) {
    const id = known ?? Number(add.run(name, zone).lastInsertRowid)
    if (known !== null) change.run(name, zone, id)
    for (const key of newKeys) addKey.run(key, id)
    for (const from of absorbed) {
      change.run(name, zone, from)
      merges.push({ from, into: id })
    }
  }
  if (merges.length > 0) moveKeys(db, JSON.stringify(merges))
}

/** All merges at once: one pass, however many there are. */
const moveKeys = (db: Database, merges: string): void => {
  db.prepare(
    `with merged (old, new) as materialized (select value ->> 'from', value ->> 'into' from json_each(?))
     update district_keys set district_id = merged.new from merged where district_id = merged.old`,
  ).run(merges)
}

/** Districts without a key of their own, and the one that has their name and their keys. */
const MERGED = `
  create temp table merged_districts (old integer primary key, new integer not null);
  insert into merged_districts
  select alias.id, whole.id from districts as alias join districts as whole on whole.name = alias.name
  where alias.name <> '' and alias.id not in (select district_id from district_keys)
    and whole.id in (select district_id from district_keys)`

/**
 * Brings the recipients of districts that were merged away to the ones they became, in turns with other writers: a million in
 * one transaction held the lock for 3 s and more. All or none holds nevertheless: since the one transaction that merged them both
 * have the same name and the same zone, which is all that a person, a plan or a claim sees of a district; audience.ts and
 * district-editing.ts count districts of one name as one. Interrupted, it is finished by the next import of a table.
 */
export const moveMerged = async (connection: Connection): Promise<void> => {
  const { db } = connection
  db.exec(MERGED)
  try {
    if (db.prepare('select 1 from merged_districts').get() === undefined) return
    const turns = openTurns(connection)
    await inPages(connection, turns, 'recipients', MOVE)
    await inPages(connection, turns, 'import_before', MOVE_BEFORE) // an import that is taken back finds them where they are
    // not deleted: there is no index of recipients by district, and SQLite would look through them all for each
    await turns.take(() => db.exec("update districts set name = '' where id in (select old from merged_districts)"))
  } finally {
    db.exec('drop table merged_districts')
  }
}

const MOVE = `update recipients set district_id = (select new from merged_districts where old = district_id)
  where id > ? and id <= ? and district_id in (select old from merged_districts)`

const MOVE_BEFORE = `update import_before set before = json_set(before, '$.district_id',
    (select new from merged_districts where old = before ->> '$.district_id'))
  where rowid > ? and rowid <= ? and before ->> '$.district_id' in (select old from merged_districts)`

const inPages = async ({ db }: Connection, turns: Turns, table: string, sql: string): Promise<void> => {
  const upto = db
    .prepare<[number, number], number | null>(
      `select max(rowid) from (select rowid from ${table} where rowid > ? order by rowid limit ?)`,
    )
    .pluck()
  const move = db.prepare(sql)
  for (let after = 0, last = upto.get(after, turns.rows()); last; last = upto.get(after, turns.rows())) {
    const end = last
    await turns.take(() => move.run(after, end))
    after = end
  }
}
