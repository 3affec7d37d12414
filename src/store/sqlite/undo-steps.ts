// Taking back an import, some recipients at a time: who may go, who gets back what they had, who stays and why.
import type { Database } from 'better-sqlite3'
import type { MadeImport, UndoCounts } from '../import-store.ts'
import { BEFORE_COLUMNS } from './merge-sql.ts'

export type AddedCounts = Pick<UndoCounts, 'removed'> & Pick<UndoCounts['kept'], 'withMessages' | 'changedSince'>
export type ChangedCounts = Pick<UndoCounts, 'restored'> & Pick<UndoCounts['kept'], 'changedSince' | 'takenByOthers'>

interface UndoSteps {
  countAdded(first: number, last: number): AddedCounts
  countChanged(after: number, upto: number): ChangedCounts
  /** Inside a transaction of the caller's: so many of those whom it added; null: there are no more. */
  removeSome(rows: number): AddedCounts | null
  /** The same for those whom it changed. */
  restoreSome(rows: number, now: number): ChangedCounts | null
}

/** Ids of an import lie together: one range of an index for each mailing, instead of a look for each recipient and mailing. */
const WITH_MESSAGES = `select recipient_id from mailings cross join messages on messages.mailing_id = mailings.id
  where recipient_id between :first and :last`

/** Somebody else may have got an id in between. */
const ADDED = 'from recipients where id between :first and :last and created_at = :at'

const COUNT_ADDED = `
  select count(*) filter (where updated_at = :at and id not in (${WITH_MESSAGES})) as removed,
    count(*) filter (where updated_at = :at and id in (${WITH_MESSAGES})) as withMessages,
    count(*) filter (where updated_at <> :at) as changedSince
  ${ADDED}`

const CHANGED = `
  from import_before as b left join recipients as r on r.id = b.recipient_id
  where b.import_id = :import and b.recipient_id > :after and b.recipient_id <= :upto`

const UNTOUCHED = '(r.updated_at is :at)'

const before = (column: string): string => `(b.before ->> '$.${column}')`

/** Who goes with the same undo lets go of what the import brought them. */
const GOES_TOO = `(other.updated_at is :at and (
  exists (select 1 from import_ranges where import_id = :import and other.id between first_id and last_id)
  or exists (select 1 from import_before as theirs where theirs.import_id = :import and theirs.recipient_id = other.id
      and (theirs.before ->> '$.phone') is not other.phone)))`

/** An external id is nobody else's, and neither is a phone that an import brought. */
const TAKEN = `(
  exists (select 1 from recipients as other where other.external_id = ${before('external_id')} and other.id <> r.id)
  or ${before('phone')} is not r.phone
    and exists (select 1 from recipients as other where other.phone = ${before('phone')} and other.id <> r.id
      and not ${GOES_TOO}))`

const COUNT_CHANGED = `
  select count(*) filter (where ${UNTOUCHED} and not ${TAKEN}) as restored,
    count(*) filter (where not ${UNTOUCHED}) as changedSince,
    count(*) filter (where ${UNTOUCHED} and ${TAKEN}) as takenByOthers
  ${CHANGED}`

const RESTORE = `
  update recipients as r set
    ${BEFORE_COLUMNS.map((column) => `${column} = ${before(column)}`).join(', ')}, updated_at = :now
  from import_before as b
  where b.import_id = :import and b.recipient_id = r.id and r.id in (select id from undone)`

const RESTORE_TAGS = `
  insert into recipient_tags (recipient_id, tag)
  select b.recipient_id, t.value from import_before as b, json_each(b.before, '$.tags') as t
  where b.import_id = :import and b.recipient_id in (select id from undone) and t.type = 'text'`

export const undoSteps = (db: Database, { id, at }: MadeImport): UndoSteps => {
  db.exec('create temp table if not exists undone (id integer primary key)')
  const added = db.prepare<[object], AddedCounts>(COUNT_ADDED)
  const changed = db.prepare<[object], ChangedCounts>(COUNT_CHANGED)
  const countAdded: UndoSteps['countAdded'] = (first, last) => {
    const counts = added.get({ first, last, at })
    return counts ?? { removed: 0, withMessages: 0, changedSince: 0 }
  }
  const countChanged: UndoSteps['countChanged'] = (after, upto) => {
    const counts = changed.get({ import: id, after, upto, at })
    return counts ?? { restored: 0, changedSince: 0, takenByOthers: 0 }
  }
  const nextRange = db.prepare<[number], { first: number; last: number }>(
    'select first_id as first, last_id as last from import_ranges where import_id = ? order by first_id limit 1',
  )
  const nextPage = db
    .prepare<[number, number], number | null>(
      'select max(recipient_id) from (select recipient_id from import_before where import_id = ? order by recipient_id limit ?)',
    )
    .pluck()
  return {
    countAdded,
    countChanged,

    removeSome: (rows) => {
      const range = nextRange.get(id)
      if (range === undefined) return null
      const { first } = range
      const last = Math.min(range.last, first + rows - 1)
      const counts = countAdded(first, last)
      db.exec('delete from undone')
      db.prepare(`insert into undone select id ${ADDED} and updated_at = :at and id not in (${WITH_MESSAGES})`).run({
        first,
        last,
        at,
      })
      db.exec(`delete from recipient_tags where recipient_id in (select id from undone);
        delete from recipients where id in (select id from undone)`)
      db.prepare('delete from import_ranges where import_id = ? and first_id = ?').run(id, first)
      if (last < range.last) {
        db.prepare('insert into import_ranges (import_id, first_id, last_id) values (?, ?, ?)').run(
          id,
          last + 1,
          range.last,
        )
      }
      return counts
    },

    restoreSome: (rows, now) => {
      const upto = nextPage.get(id, rows) ?? null
      if (upto === null) return null
      const counts = countChanged(-1, upto)
      const page = { import: id, after: -1, upto, at }
      db.exec('delete from undone')
      db.prepare(`insert into undone select r.id ${CHANGED} and ${UNTOUCHED} and not ${TAKEN}`).run(page)
      db.prepare(RESTORE).run({ import: id, now })
      db.prepare(
        `delete from recipient_tags where recipient_id in (select recipient_id from import_before
         where import_id = ? and recipient_id in (select id from undone) and before ->> '$.tags' is not null)`,
      ).run(id)
      db.prepare(RESTORE_TAGS).run({ import: id })
      db.prepare('delete from import_before where import_id = ? and recipient_id <= ?').run(id, upto)
      return counts
    },
  }
}
