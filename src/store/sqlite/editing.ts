// The sentences by which a mailing is changed after it was scheduled.
import { Fixable } from '../../domain/errors.ts'
import type { Mailing } from '../../domain/mailing.ts'
import { differences } from '../../domain/mailing-differences.ts'
import type { RowEdit } from '../../domain/mailing-edit.ts'
import type { EditStore, RowPass } from '../edit-store.ts'
import { ZONE_NOW } from './audience.ts'
import { noteAct } from './audit.ts'
import { noteBookChange } from './book-change.ts'
import type { Connection } from './connection.ts'
import { openCounts } from './counts.ts'
import { MAILING_COLUMNS, type MailingRow, mailingFromRow } from './mailing-row.ts'
import { findChanges, lastOf, mayJoin, sharersOf, UNTAKEN, writeChanges } from './row-changes.ts'
import { type AddressConditions, sharedAddresses } from './shared-addresses.ts'
import { openTurns } from './turns.ts'
import { withdrawInHand } from './withdrawing.ts'

/** Rows that a comparison looks at at once: it holds no lock, but whoever else is in this process waits. */
const COMPARED = 5_000

type EditingStore = Omit<EditStore, 'mailingsToFollow' | 'noteFollowed'>

export const editStore = (connection: Connection): EditingStore => {
  const { db, write } = connection
  const turns = openTurns(connection)
  const shared = sharedAddresses(connection, 'edited_sharers')
  let lookedFor: RowPass | null = null
  /** Once a pass, at its first use: a look at a million addresses takes 0.2 s, and is never to be taken with the lock in hand. */
  const addressesOf = (pass: RowPass): AddressConditions => {
    const isNew = lookedFor !== pass
    lookedFor = pass
    return isNew ? shared.look(sharersOf(pass)) : shared.recall(sharersOf(pass))
  }
  const isWanted = (mailingId: number, edit: RowEdit | null): boolean => {
    const row = db
      .prepare<[number], { state: string; edit: string | null }>('select state, edit from mailings where id = ?')
      .get(mailingId)
    if (edit === null) return row?.state === 'active'
    return row?.state === 'planning' && row.edit === JSON.stringify(edit)
  }
  const isNameTaken = (name: string, exceptId: number): boolean =>
    db.prepare("select 1 from mailings where name = ? and id <> ? and state <> 'cancelled'").get(name, exceptId) !==
    undefined

  return {
    saveEdit: (before, after, rows, what, by) =>
      write(() => {
        requireUnchanged(db, before)
        if (isNameTaken(after.name, before.id)) {
          throw new Fixable('state', `a mailing named "${after.name}" exists already`, 'Give this one another --name.')
        }
        saveMailing(db, before, after, rows)
        noteAct(db, what, by, { mailingId: before.id, detail: differences(before, after) })
      }),

    compareRows: async (pass, after) => {
      const last = lastOf(connection, pass, after, COMPARED)
      if (last === null) return { last, changes: [] }
      if (pass.members === 'add' && !mayJoin(connection, pass, after, last)) return { last, changes: [] }
      return { last, changes: findChanges(connection, pass, addressesOf(pass), after, last) }
    },

    changeRows: async (pass, edit, after) => {
      const last = lastOf(connection, pass, after, turns.rows())
      if (last === null) return { last, changes: [] }
      const addresses = addressesOf(pass)
      return turns.take(() => {
        if (!isWanted(pass.mailing.id, edit)) return { last: null, changes: [] }
        const changes = findChanges(connection, pass, addresses, after, last)
        if (changes.length > 0) writeChanges(connection, pass.mailing.id)
        const counts = openCounts(db)
        for (const { was, skip, count } of changes)
          counts.move(pass.mailing.id, was, skip === null ? 'scheduled' : 'skipped', count)
        counts.write()
        return { last, changes }
      })
    },

    finishEdit: (mailing, edit) =>
      write(() => {
        const { changes } = db
          .prepare(
            `update mailings set state = ?, plan = ?, planner_id = null, edit = null
             where id = ? and state = 'planning' and edit = ?`,
          )
          .run(edit.state, JSON.stringify(mailing.plan), mailing.id, JSON.stringify(edit))
        if (changes > 0 && edit.members === 'audience' && withdrawInHand(connection, mailing))
          noteBookChange(db, edit.now)
        return changes > 0
      }),

    plannedRows: async (mailingId) => ({
      zones: db
        .prepare<[number], { zone: string; count: number; sendAt: number }>(
          `select zone, count(*) as count, min(send_at) as sendAt from messages
           where mailing_id = ? and state not in ('skipped', 'cancelled') group by zone order by 3, 1`,
        )
        .all(mailingId),
      skipped: db
        .prepare<[number], { reason: string; count: number }>(
          `select coalesce(reason, '') as reason, count(*) as count from messages
           where mailing_id = ? and state = 'skipped' group by 1 order by 2 desc, 1`,
        )
        .all(mailingId),
    }),

    countWithoutZone: async (mailingId) =>
      db
        .prepare<[number], number>(
          `select count(*) from messages m join recipients r on r.id = m.recipient_id
             left join districts d on d.id = r.district_id
           where m.mailing_id = ? and m.zone <> '' and m.state = 'scheduled' and ${UNTAKEN} and ${ZONE_NOW} = ''`,
        )
        .pluck()
        .get(mailingId) ?? 0,

    countTaken: async (mailingId) =>
      db
        .prepare<[number], number>(`select count(*) from messages m where m.mailing_id = ? and not ${UNTAKEN}`)
        .pluck()
        .get(mailingId) ?? 0,

    isNameTaken: async (name, exceptId) => isNameTaken(name, exceptId),
  }
}

/** What was shown to the operator is what is changed. */
const requireUnchanged = (db: Connection['db'], before: Mailing): void => {
  const row = db.prepare<[number], MailingRow>(`select ${MAILING_COLUMNS} from mailings where id = ?`).get(before.id)
  const now = row === undefined ? null : mailingFromRow(row)
  if (
    now !== null &&
    now.state === before.state &&
    JSON.stringify({ ...now, plan: before.plan }) === JSON.stringify(before)
  )
    return
  throw new Fixable(
    'state',
    `mailing ${before.id} "${before.name}" was changed by somebody else meanwhile`,
    'Look at it and say it again: notify mailings show.',
  )
}

const saveMailing = (
  db: Connection['db'],
  before: Mailing,
  after: Mailing,
  rows: { readonly edit: RowEdit; readonly plannerId: number } | null,
): void => {
  if (after.textNo !== before.textNo) {
    db.prepare('insert or ignore into mailing_texts (mailing_id, no, text) values (?, ?, ?)').run(
      before.id,
      before.textNo,
      before.text,
    )
  }
  const { id, name, text, textNo, at, on, until, expiresAt, terms, state, createdBy, approvedBy } = after
  db.prepare(
    `update mailings set name = @name, text = @text, text_no = @textNo, at = @at, on_date = @on, until = @until,
       expires_at = @expiresAt, terms = @terms, created_by = @createdBy, approved_by = @approvedBy,
       state = iif(@edit is null, @state, 'planning'), edit = @edit, planner_id = @plannerId
     where id = @id`,
  ).run({
    ...{ id, name, text, textNo, at, on, until, expiresAt, state, createdBy, approvedBy },
    terms: JSON.stringify(terms),
    edit: rows === null ? null : JSON.stringify(rows.edit),
    plannerId: rows?.plannerId ?? null,
  })
}
