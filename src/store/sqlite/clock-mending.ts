// What was written by a clock that was ahead, once it is set right: nothing has happened later than now, and nothing waits
// longer than a rule gives.
import type Database from 'better-sqlite3'
import { LONGEST_MS } from '../../domain/backoff.ts'
import type { ClockMend } from '../gateway-store.ts'
import type { Connection } from './connection.ts'
import { MAILING_COLUMNS, type MailingRow, mailingFromRow } from './mailing-row.ts'
import { openTurns, type Turns } from './turns.ts'

/** Ids of one look: without a lock, and about 10 ms. */
const IDS = 20_000
const PAGE = 1_000

export const mendSetBack = async (connection: Connection, mend: ClockMend): Promise<void> => {
  const { db } = connection
  const turns = openTurns(connection)
  await turns.take(() => mendSmallTables(db, mend))
  const open = db.prepare<[], MailingRow>(
    `select ${MAILING_COLUMNS} from mailings where state in ('planning', 'proposed', 'active', 'paused')`,
  )
  for (const row of open.all()) await mendWaiting(db, turns, row, mend)
  await mendRows(db, turns, MESSAGES, mend)
  await mendRows(db, turns, ATTEMPTS, mend)
}

/** Something that has happened. */
const past = (column: string): string => `${column} = iif(${column} > @now, min(@now, ${column} - @byMs), ${column})`
/** Something that is to happen soon. */
const soon = (column: string): string => `${column} = iif(${column} > @now, max(@now, ${column} - @byMs), ${column})`

const SMALL = [
  `update gateways set ${['ramp_from', 'accepted_at', 'paused_at'].map(past).join(', ')},
     ${['rests_until', 'probe_until', 'next_slot_at'].map(soon).join(', ')}`,
  `update troubles set ${past('since')}, ${past('told_at')}`,
  `update workers set ${past('started_at')}, ${past('seen_at')}`,
  `update audit set ${past('at')} where at > @now`,
  `update mailings set ${past('created_at')} where created_at > @now`,
  `update installation set ${past('held_at')}`,
]

const valuesOf = ({ now, byMs, doubtedAfter }: ClockMend) => ({ now, byMs, doubtedAfter })

const mendSmallTables = (db: Database.Database, { now, byMs }: ClockMend): void => {
  for (const sql of SMALL) db.prepare(sql).run({ now, byMs })
}

interface Table {
  readonly name: string
  readonly isFalse: string
  readonly change: string
}

const MESSAGES: Table = {
  name: 'messages',
  isFalse: '(settled_at > @now or doubt_since > @doubtedAfter)',
  change: `${past('settled_at')}, doubt_since = iif(doubt_since > @doubtedAfter, doubt_since - @byMs, doubt_since)`,
}
const ATTEMPTS: Table = { name: 'attempts', isFalse: 'at > max(@now, @doubtedAfter)', change: past('at') }

/** No index leads to them: all are looked at, a part at a time, beside whoever writes. */
const mendRows = async (db: Database.Database, turns: Turns, table: Table, mend: ClockMend): Promise<void> => {
  const where = `where id > @after and id <= @after + ${IDS} and ${table.isFalse}`
  const find = db.prepare<unknown[], number>(`select 1 from ${table.name} ${where} limit 1`).pluck()
  const change = db.prepare(`update ${table.name} set ${table.change} ${where}`)
  const last = Number(db.prepare(`select coalesce(max(id), 0) from ${table.name}`).pluck().get())
  for (let after = 0; after < last; after += IDS) {
    const values = { ...valuesOf(mend), after }
    if (find.get(values) !== undefined) await turns.take(() => change.run(values))
  }
}

interface Row {
  readonly id: number
  readonly state: 'scheduled' | 'sending'
  readonly zone: string
  readonly sendAt: number
  readonly dueAt: number
  readonly anyHour: number
}

/** What was never tried is due when it was promised, and stays. */
const waiting = (where: string): string => `select * from (
  select id, state, zone, send_at as sendAt, due_at as dueAt, any_hour as anyHour
  from messages indexed by messages_due where mailing_id = @mailingId and ${where}
    and (state = 'sending' or state = 'scheduled' and due_at <> send_at) order by due_at, id limit ${PAGE})`

/** In two parts: a row value would look from the first row of that instant on, of which there may be a million. */
const WAITING = `${waiting('due_at = @dueAt and id > @id')} union all ${waiting('due_at > @dueAt')} limit ${PAGE}`

const mendWaiting = async (
  db: Database.Database,
  turns: Turns,
  mailingRow: MailingRow,
  { now, dueAt }: ClockMend,
): Promise<void> => {
  const mailing = mailingFromRow(mailingRow)
  const page = db.prepare<unknown[], Row>(WAITING)
  const change = db.prepare('update messages set due_at = @to where id = @id and state = @state and due_at = @dueAt')
  for (
    let last: Pick<Row, 'dueAt' | 'id'> | undefined = { dueAt: now, id: Number.MAX_SAFE_INTEGER };
    last !== undefined;
  ) {
    const rows: readonly Row[] = page.all({ mailingId: mailing.id, dueAt: last.dueAt, id: last.id })
    const moved = rows.flatMap((row) => {
      const { id, state, dueAt: from } = row
      const longest = now + LONGEST_MS // a lease: who lives extends it
      const to = state === 'sending' ? Math.min(from, longest) : dueAt({ ...row, anyHour: row.anyHour === 1 }, mailing)
      return to === from ? [] : [{ id, state, dueAt: from, to }]
    })
    if (moved.length > 0) {
      await turns.take(() => {
        for (const values of moved) change.run(values)
      })
    }
    last = rows.length < PAGE ? undefined : rows.at(-1)
  }
}
