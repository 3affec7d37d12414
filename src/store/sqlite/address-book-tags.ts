// Tags, given to one recipient or to all that a filter chooses.
import type { Database } from 'better-sqlite3'
import type { AddressBookStore } from '../address-book-store.ts'
import { noteAct } from './audit.ts'
import { noteBookChange } from './book-change.ts'
import { openBulkAct } from './bulk-act.ts'
import type { Connection } from './connection.ts'
import { pageOf } from './recipient-pages.ts'
import { openTurns } from './turns.ts'

export const addressBookTags = (connection: Connection): Pick<AddressBookStore, 'tagOne' | 'tagMatching'> => {
  const { db, write } = connection
  return {
    tagOne: (id, tag, isOn, by) =>
      write(() => {
        const changed = tagger(db, tag, isOn)([id], by.at)
        if (changed > 0) noteAct(db, whatOf(isOn), by, { recipientId: id, detail: { tag } })
        return { seen: 1, changed }
      }),

    tagMatching: async (filter, tag, isOn, by, stop, onProgress) => {
      const act = openBulkAct(db, whatOf(isOn), by, { tag })
      const apply = tagger(db, tag, isOn)
      const turns = openTurns(connection)
      const counts = { seen: 0, changed: 0 }
      // of those that have no such tag there is nothing to take
      const chosen = isOn ? filter : { ...filter, withTag: tag }
      for (let after = 0; !stop.aborted; ) {
        const page = pageOf(chosen, after, turns.rows())
        const ids = db
          .prepare<unknown[], number>(page.sql)
          .pluck()
          .all(...page.values)
        const last = ids.at(-1)
        if (last === undefined) break
        const changed = await turns.take(() => {
          const rows = apply(ids, by.at)
          act.note(rows)
          return rows
        })
        act.keep()
        after = last
        counts.seen += ids.length
        counts.changed += changed
        onProgress(counts.seen)
      }
      return counts
    },
  }
}

const whatOf = (isOn: boolean): string => (isOn ? 'recipients tagged' : 'recipients untagged')

/** Inside a transaction: returns how many have it now and had not, or the other way round. */
const tagger = (db: Database, tag: string, isOn: boolean): ((ids: readonly number[], now: number) => number) => {
  const has = 'exists (select 1 from recipient_tags where recipient_id = r.id and tag = @tag)'
  const touch = db.prepare(
    `update recipients as r set updated_at = @now
     where id in (select value from json_each(@ids)) and removed_at is null and ${isOn ? `not ${has}` : has}`,
  )
  const write = db.prepare(
    isOn
      ? `insert or ignore into recipient_tags (recipient_id, tag)
         select id, @tag from recipients where id in (select value from json_each(@ids)) and removed_at is null`
      : 'delete from recipient_tags where tag = @tag and recipient_id in (select value from json_each(@ids))',
  )
  return (ids, now) => {
    const chosen = { ids: JSON.stringify(ids), tag }
    const { changes } = touch.run({ ...chosen, now })
    write.run(chosen)
    if (changes > 0) noteBookChange(db, now)
    return changes
  }
}
