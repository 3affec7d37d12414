// Districts and their zones.
import type { Database } from 'better-sqlite3'
import { type DistrictChange, type KnownDistrict, planDistricts } from '../../domain/district-plan.ts'
import type { DistrictStore } from '../district-store.ts'
import type { Connection } from './connection.ts'

export const districtStore = ({ db, write }: Connection): DistrictStore => ({
  saveDistricts: (rows, { dryRun }) =>
    write(() => {
      const { changes, movedIds, ...counts } = planDistricts(knownDistricts(db), rows)
      const recipientsMoved = countMoved(db, movedIds)
      if (!dryRun && counts.conflicts.length === 0) writeChanges(db, changes)
      return { ...counts, recipientsMoved }
    }),

  listDistricts: async () =>
    db
      .prepare<[], { name: string; zone: string | null; recipients: number }>(
        `select name, zone, coalesce(n, 0) as recipients
         from districts left join
           (select district_id, count(*) as n from recipients where district_id is not null group by district_id)
           on district_id = districts.id
         order by name`,
      )
      .all(),
})

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

/** Recipients whose zone is that of their district. There is no index by district: one pass over them all. */
const countMoved = (db: Database, ids: readonly number[]): number =>
  ids.length === 0
    ? 0
    : Number(
        db
          .prepare(
            'select count(*) from recipients where zone is null and district_id in (select value from json_each(?))',
          )
          .pluck()
          .get(JSON.stringify(ids)),
      )

const writeChanges = (db: Database, changes: readonly DistrictChange[]): void => {
  const add = db.prepare('insert into districts (name, zone) values (?, ?)')
  const change = db.prepare('update districts set name = ?, zone = ? where id = ?')
  const addKey = db.prepare('insert into district_keys (key, district_id) values (?, ?)')
  const merges: { from: number; into: number }[] = []
  for (const { id: known, name, zone, newKeys, absorbed } of changes) {
    const id = known ?? Number(add.run(name, zone).lastInsertRowid)
    if (known !== null) change.run(name, zone, id)
    for (const key of newKeys) addKey.run(key, id)
    for (const from of absorbed) merges.push({ from, into: id })
  }
  if (merges.length > 0) writeMerges(db, JSON.stringify(merges))
}

/** All merges at once: each statement is one pass, however many there are. */
const writeMerges = (db: Database, merges: string): void => {
  const merged = "merged (old, new) as materialized (select value ->> 'from', value ->> 'into' from json_each(?))"
  for (const table of ['recipients', 'district_keys']) {
    db.prepare(
      `with ${merged} update ${table} set district_id = merged.new from merged where district_id = merged.old`,
    ).run(merges)
  }
  db.prepare(`with ${merged} delete from districts where id in (select old from merged)`).run(merges)
}
