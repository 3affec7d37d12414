// What a merge would do, counted without doing it.
import type { Database } from 'better-sqlite3'
import type { OnConflict } from '../../domain/on-conflict.ts'
import type { MergeCounts } from '../recipient-store.ts'
import { changes, SAYS_ELSE } from './merge-sql.ts'
import { districtsWithoutZone } from './staged-names.ts'

const KNOWN = 'staged_recipients as s join recipients as r on r.id = s.recipient_id'

export const countMerge = (db: Database, onConflict: OnConflict): MergeCounts => {
  const rows = countOf(db, 'select count(*) from staged_recipients')
  const matched = countOf(db, `select count(*) from ${KNOWN}`)
  const changed = countOf(db, `select count(*) from ${KNOWN} where ${changes(onConflict)}`)
  return { added: rows - matched, changed, unchanged: matched - changed, ...countAround(db, onConflict) }
}

/** What is told of a merge beside what it adds and changes. */
export const countAround = (
  db: Database,
  onConflict: OnConflict,
): Pick<MergeCounts, 'skipped' | 'unsubscribed' | 'districtsWithoutZone'> => ({
  skipped:
    onConflict === 'skip'
      ? countOf(db, `select count(*) from ${KNOWN} where ${SAYS_ELSE} and not ${changes(onConflict)}`)
      : 0,
  unsubscribed: countOf(
    db,
    `select count(*) from staged_recipients as s left join recipients as r on r.id = s.recipient_id
     where s.unsubscribed or s.unsubscribed_by_admin or r.unsubscribed or r.unsubscribed_by_admin`,
  ),
  districtsWithoutZone: districtsWithoutZone(db),
})

const countOf = (db: Database, sql: string): number => Number(db.prepare(sql).pluck().get())
