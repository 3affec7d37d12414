// One mailing or two? Found by what it says; named so that no two living ones share a name.
import type Database from 'better-sqlite3'
import { Fixable } from '../../domain/errors.ts'
import type { Mailing } from '../../domain/mailing.ts'
import type { MailingDraft, MailingWords } from '../mailing-store.ts'
import { MAILING_COLUMNS, type MailingRow, mailingFromRow } from './mailing-row.ts'

export const findSame = (
  db: Database.Database,
  { name, text, gateway, at, on, until, terms }: MailingWords,
): Mailing | null => {
  const row = db
    .prepare<unknown[], MailingRow>(
      `select ${MAILING_COLUMNS} from mailings
       where state <> 'cancelled' and on_date = @on and at = @at and until = @until and text = @text and gateway = @gateway
         and json_extract(terms, '$.audience') = json(@audience) and (@name is null or name = @name)
       order by id desc limit 1`,
    )
    .get({ name, text, gateway, at, on, until, audience: JSON.stringify(terms.audience) })
  return row === undefined ? null : mailingFromRow(row)
}

/** The name that is wanted, or the first free one after date and hour. Fails with Fixable('state') when a wanted one is taken. */
export const freeName = (db: Database.Database, { name, on, at }: MailingDraft): string => {
  const taken = db.prepare<[string], { id: number; state: string }>(
    "select id, state from mailings where name = ? and state <> 'cancelled'",
  )
  if (name !== null) {
    const other = taken.get(name)
    if (other === undefined) return name
    throw new Fixable(
      'state',
      `a mailing named "${name}" exists already (${other.id}, ${other.state}) and says something else`,
      `Give this one another --name, or end that one first: notify mailings cancel ${other.id}`,
    )
  }
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? `${on} ${at}` : `${on} ${at} (${number})`
    if (taken.get(free) === undefined) return free
  }
}

/** A new row in state `planning`. Its rows are written after this: the address book of this moment will be in it. */
export const insertMailing = (
  db: Database.Database,
  draft: MailingDraft & { readonly name: string },
  plannerId: number,
  now: number,
): Mailing => {
  const { uid, name, text, gateway, at, on, until, expiresAt, terms, plan, createdBy } = draft
  const row = db
    .prepare<unknown[], MailingRow>(
      `insert into mailings
         (uid, name, state, text, gateway, at, on_date, until, expires_at, terms, plan, planner_id, created_by, created_at,
          followed_at)
       values (?, ?, 'planning', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (select book_changed_at from installation)) returning ${MAILING_COLUMNS}`,
    )
    .get(
      uid,
      name,
      text,
      gateway,
      at,
      on,
      until,
      expiresAt,
      JSON.stringify(terms),
      JSON.stringify(plan),
      plannerId,
      createdBy,
      now,
    )
  if (row === undefined) throw new Error('insert … returning gave no row')
  return mailingFromRow(row)
}
