// The sentences about mailings that exist: found, listed, paused, resumed, cancelled.
import type { MailingState } from '../../domain/mailing.ts'
import type { MailingStore, OperatorAct } from '../mailing-store.ts'
import { noteAct } from './audit.ts'
import type { Connection } from './connection.ts'
import { openCounts } from './counts.ts'
import { MAILING_COLUMNS, type MailingRow, mailingFromRow } from './mailing-row.ts'
import { openTurns } from './turns.ts'

type ExistingMailings = Pick<
  MailingStore,
  | 'findMailing'
  | 'rowWriter'
  | 'lookUpMailing'
  | 'listMailings'
  | 'mailingNames'
  | 'pauseMailing'
  | 'resumeMailing'
  | 'approveMailing'
  | 'cancelMailing'
>

export const mailingStore = (connection: Connection): ExistingMailings => {
  const { db, write } = connection
  const byId = db.prepare<[number], MailingRow>(`select ${MAILING_COLUMNS} from mailings where id = ?`)
  const findMailing = async (id: number) => {
    const row = byId.get(id)
    return row === undefined ? null : mailingFromRow(row)
  }
  return {
    findMailing,

    rowWriter: async (id) => {
      const row = db.prepare<[number], RowWriterRow>(ROW_WRITER).get(id)
      if (row === undefined) return null
      const { isEdit, who, host, pid } = row
      return { isEdit: isEdit === 1, who, process: host === null || pid === null ? null : { host, pid } }
    },

    lookUpMailing: async (numberOrName) => {
      const number = /^\d{1,15}$/.test(numberOrName) ? await findMailing(Number(numberOrName)) : null
      if (number !== null) return number
      const row = db
        .prepare<[string], MailingRow>(
          `select ${MAILING_COLUMNS} from mailings where name = ? order by state = 'cancelled', id desc limit 1`,
        )
        .get(numberOrName)
      return row === undefined ? null : mailingFromRow(row)
    },

    listMailings: async ({ states, limit }) =>
      db
        .prepare<unknown[], MailingRow>(
          `select ${MAILING_COLUMNS} from mailings
           where @states is null or state in (select value from json_each(@states)) order by id desc limit @limit`,
        )
        .all({ states: states === undefined ? null : JSON.stringify(states), limit: limit ?? -1 })
        .map(mailingFromRow),

    mailingNames: async (limit) =>
      db.prepare<[number], string>('select name from mailings order by id desc limit ?').pluck().all(limit),

    pauseMailing: async (id, by) => changeState(connection, id, 'active', 'paused', 'mailing paused', by),
    resumeMailing: async (id, by) => changeState(connection, id, 'paused', 'active', 'mailing resumed', by),
    approveMailing: (mailing, by) =>
      write(() => {
        const { id, text, gateway, at, on, until, expiresAt, terms } = mailing
        const values = { id, text, gateway, at, on, until, expiresAt, terms: JSON.stringify(terms), who: by.who }
        const { changes } = db.prepare(APPROVE).run(values)
        if (changes > 0) noteAct(db, 'mailing approved', by, { mailingId: id })
        return changes > 0
      }),
    cancelMailing: async (id, by) => {
      const isCancelled = await write(() => {
        const { changes } = db
          .prepare(
            "update mailings set state = 'cancelled', reason = ? where id = ? and state in ('proposed', 'active', 'paused')",
          )
          .run(by.why, id)
        if (changes > 0) noteAct(db, 'mailing cancelled', by, { mailingId: id })
        return changes > 0 || byId.get(id)?.state === 'cancelled'
      })
      return isCancelled ? cancelRows(connection, id, by) : 0 // while somebody edits it, its rows are theirs
    },
  }
}

interface RowWriterRow {
  readonly isEdit: 0 | 1
  readonly who: string
  readonly host: string | null
  readonly pid: number | null
}

/** The act of an edit is written with its intent: the last of them is the one under way. */
const ROW_WRITER = `select g.edit is not null as isEdit, w.host, w.pid,
    coalesce(iif(g.edit is null, g.created_by, (select a.who from audit a where a.mailing_id = g.id
      and a.what in ('mailing edited', 'mailing replanned') order by a.id desc limit 1)), 'somebody') as who
  from mailings g left join workers w on w.id = g.planner_id where g.id = ? and g.state = 'planning'`

const APPROVE = `update mailings set state = 'active', approved_by = @who
  where id = @id and state = 'proposed' and text = @text and gateway = @gateway and at = @at and on_date = @on
    and until = @until and expires_at = @expiresAt and json(terms) = json(@terms)`

const changeState = async (
  connection: Connection,
  id: number,
  from: MailingState,
  to: MailingState,
  what: string,
  by: OperatorAct,
): Promise<number> => {
  const { db, write } = connection
  await write(() => {
    const { changes } = db
      .prepare('update mailings set state = ?, reason = ? where id = ? and state = ?')
      .run(to, to === 'paused' ? by.why : null, id, from)
    if (changes > 0) noteAct(db, what, by, { mailingId: id })
  })
  const waiting = "select count(*) from messages where mailing_id = ? and due_at is not null and state = 'scheduled'"
  return db.prepare<[number], number>(waiting).pluck().get(id) ?? 0
}

const cancelRows = async (connection: Connection, id: number, by: OperatorAct): Promise<number> => {
  const cancel = connection.db
    .prepare<unknown[], 'cancelled' | 'unknown'>(
      `update messages set state = iif(doubt_since is null, 'cancelled', 'unknown'), reason = ?, due_at = null, settled_at = ? where id in
       (select id from messages where mailing_id = ? and due_at is not null and state = 'scheduled' limit ?)
       returning state`,
    )
    .pluck()
  const turns = openTurns(connection)
  for (let total = 0; ; ) {
    const rows = turns.rows()
    const changes = await turns.take(() => {
      const counts = openCounts(connection.db)
      const states = cancel.all(by.why, by.at, id, rows)
      for (const state of states) counts.move(id, 'scheduled', state, 1)
      counts.write()
      return states.length
    })
    total += changes
    if (changes < rows) return total
  }
}
