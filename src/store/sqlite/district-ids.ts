// Numbers of districts in the operator's books, met beside their names: other keys of the same districts.
import type { Database } from 'better-sqlite3'
import type { Connection } from './connection.ts'
import { moveMerged } from './districts.ts'
import { openTurns } from './turns.ts'

interface District {
  readonly id: number
  readonly name: string
  readonly zone: string | null
}

/**
 * A number that nobody knows yet becomes a key of the district. One that is known as a district of nothing but that number, as
 * a table {"3": 3} makes it, turns out to be the named one and gives it its zone. One that a district of another name has
 * stays with that: by its clock nobody is to be written to who says that they live elsewhere.
 */
export const joinDistrictIds = async (connection: Connection): Promise<void> => {
  const { db } = connection
  const staged = db.prepare<[string, number], { key: string; idKey: string }>(
    'select key, id_key as idKey from staged_districts where key > ? and id_key is not null order by key limit ?',
  )
  const turns = openTurns(connection)
  const join = joiner(db)
  let isMerged = false
  for (let page = staged.all('', turns.rows()); page.length > 0; ) {
    const districts = page
    const merged = await turns.take(() => districts.filter(({ key, idKey }) => join(key, idKey)).length)
    isMerged ||= merged > 0
    page = staged.all(districts.at(-1)?.key ?? '', turns.rows())
  }
  if (isMerged) await moveMerged(connection)
}

/** True: two districts became one, and the recipients of one are still to be moved. */
const joiner = (db: Database): ((key: string, idKey: string) => boolean) => {
  const find = db.prepare<[string], District>(
    'select id, name, zone from districts where id = (select district_id from district_keys where key = ?)',
  )
  const addKey = db.prepare('insert into district_keys (key, district_id) values (?, ?)')
  const moveKeys = db.prepare('update district_keys set district_id = ? where district_id = ?')
  const rewrite = db.prepare('update districts set name = ?, zone = ? where id in (?, ?)')
  return (key, idKey) => {
    const named = find.get(key)
    const numbered = find.get(idKey)
    if (named === undefined || named.id === numbered?.id) return false
    if (numbered === undefined) {
      addKey.run(idKey, named.id)
      return false
    }
    const agree = named.zone === null || numbered.zone === null || named.zone === numbered.zone
    if (numbered.name !== idKey || !agree) return false
    moveKeys.run(named.id, numbered.id)
    rewrite.run(named.name, named.zone ?? numbered.zone, named.id, numbered.id)
    return true
  }
}
