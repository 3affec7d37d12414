// Names that staged recipients bring along: districts that nobody knows yet, and attributes.
import type { Database } from 'better-sqlite3'
import type { Connection } from './connection.ts'

/** Names a transaction: a file of nonsense may bring a new district in every row. */
const CHUNK_NAMES = 1000

/** Districts that staged recipients name and nobody has told of yet get a row without a zone. */
export const insertDistricts = async ({ db, write }: Connection): Promise<void> => {
  const unknown = db.prepare<[string, number], { key: string; name: string }>(
    `select key, name from staged_districts
     where key > ? and not exists (select 1 from district_keys where district_keys.key = staged_districts.key)
     order by key limit ?`,
  )
  const isKnown = db.prepare('select 1 from district_keys where key = ?')
  const insert = db.prepare('insert into districts (name, zone) values (?, null)')
  const insertKey = db.prepare('insert into district_keys (key, district_id) values (?, ?)')
  for (let chunk = unknown.all('', CHUNK_NAMES); chunk.length > 0; ) {
    const districts = chunk
    await write(() => {
      for (const { key, name } of districts) {
        if (isKnown.get(key) === undefined) insertKey.run(key, insert.run(name).lastInsertRowid)
      }
    })
    chunk = unknown.all(districts.at(-1)?.key ?? '', CHUNK_NAMES)
  }
}

/** Forgets districts that only rejected records named. */
export const dropUnusedDistricts = (db: Database): void => {
  db.exec(`delete from staged_districts
    where key not in (select district_key from staged_recipients where district_key is not null)`)
}

/** Names of districts whose zone nobody has told, of records without a zone of their own. */
export const districtsWithoutZone = (db: Database): string[] =>
  db
    .prepare<[], string>(
      `select coalesce(districts.name, staged_districts.name) as name
       from (select district_key as key from staged_recipients where district_key is not null and zone is null
             group by district_key)
         join staged_districts using (key) left join district_keys using (key) left join districts on id = district_id
       where districts.zone is null
       group by 1 order by 1`,
    )
    .pluck()
    .all()

/** What a text may mention from now on. */
export const insertAttributeNames = ({ db, write }: Connection, names: Iterable<string>): Promise<void> =>
  write(() => {
    const insert = db.prepare('insert or ignore into attribute_names (name) values (?)')
    for (const name of names) insert.run(name)
  })
