// Names that staged recipients bring along: districts that nobody knows yet, and attributes.
import type { Database } from 'better-sqlite3'
import type { Connection } from './connection.ts'
import { joinDistrictIds } from './district-ids.ts'
import { openTurns } from './turns.ts'

/** Districts that staged recipients name and nobody has told of yet get a row without a zone: in a file of nonsense, every row brings one. */
export const insertDistricts = async (connection: Connection): Promise<void> => {
  const { db } = connection
  const turns = openTurns(connection)
  const unknown = db.prepare<[string, number], { key: string; name: string }>(
    `select key, name from staged_districts
     where key > ? and not exists (select 1 from district_keys where district_keys.key = staged_districts.key)
     order by key limit ?`,
  )
  const isKnown = db.prepare('select 1 from district_keys where key = ?')
  const insert = db.prepare('insert into districts (name, zone) values (?, null)')
  const insertKey = db.prepare('insert into district_keys (key, district_id) values (?, ?)')
  for (let chunk = unknown.all('', turns.rows()); chunk.length > 0; ) {
    const districts = chunk
    await turns.take(() => {
      for (const { key, name } of districts) {
        if (isKnown.get(key) === undefined) insertKey.run(key, insert.run(name).lastInsertRowid)
      }
    })
    chunk = unknown.all(districts.at(-1)?.key ?? '', turns.rows())
  }
  await joinDistrictIds(connection)
}

/** Forgets districts that only rejected records named. */
export const dropUnusedDistricts = (db: Database): void => {
  db.exec(`delete from staged_districts
    where key not in (select district_key from staged_recipients where district_key is not null)`)
}

/** Names of districts whose zone nobody has told, by name or by number, of records without a zone of their own. */
export const districtsWithoutZone = (db: Database): string[] =>
  db
    .prepare<[], string>(
      `select coalesce(districts.name, staged_districts.name) as name
       from (select district_key as key from staged_recipients where district_key is not null and zone is null
             group by district_key)
         join staged_districts using (key) left join district_keys using (key) left join districts on id = district_id
       where districts.zone is null and not exists (
         select 1 from district_keys as numbered join districts as d on d.id = numbered.district_id
         where numbered.key = id_key and d.name = id_key and d.zone is not null)
       group by 1 order by 1`,
    )
    .pluck()
    .all()

/** What a text may mention from now on. */
export const insertAttributeNames = async (connection: Connection, names: ReadonlySet<string>): Promise<void> => {
  const insert = connection.db.prepare('insert or ignore into attribute_names (name) values (?)')
  const turns = openTurns(connection)
  const left = [...names]
  while (left.length > 0) {
    const some = left.splice(0, turns.rows())
    await turns.take(() => {
      for (const name of some) insert.run(name)
    })
  }
}
