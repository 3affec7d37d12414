// What is old and done with is taken out, in turns: whoever sends meanwhile hardly waits.
import type { MessageState } from '../../domain/message.ts'
import type { PrunableMailing, PruneStore } from '../prune-store.ts'
import { noteAct } from './audit.ts'
import type { Connection } from './connection.ts'
import { openCounts } from './counts.ts'
import { countLeftovers, pruneLeftovers } from './leftovers.ts'
import { openTurns, type Turns } from './turns.ts'

/** No row waits, none is in hand, and none was settled since; nor did an operator do anything to it. */
const IS_OLD = `g.state in ('done', 'cancelled') and g.created_at < @before
  and not exists (select 1 from messages m where m.mailing_id = g.id
    and (m.settled_at >= @before or m.due_at is not null or m.state in ('scheduled', 'sending')))
  and not exists (select 1 from audit a where a.mailing_id = g.id and a.at >= @before)`

/** An act names its mailing by number, and ten thousand of them may belong to one that was much retried. */
const DELETE_ACTS = 'delete from audit where id in (select id from audit where mailing_id = ? limit ?)'

const DELETE_MESSAGES = `delete from messages where id in
  (select id from messages indexed by messages_once where mailing_id = ? order by recipient_id limit ?) returning state`

export const pruningStore = (connection: Connection): PruneStore => {
  const { db, write } = connection
  const pragma = (name: string): number => Number(db.pragma(name, { simple: true }))
  return {
    prunableMailings: async (before) =>
      db
        .prepare<unknown[], PrunableMailing>(
          `select g.id, g.name, g.state,
             (select count(*) from messages m indexed by messages_once where m.mailing_id = g.id) as messages
           from mailings g where ${IS_OLD} order by g.id`,
        )
        .all({ before }),

    pruneMailing: async (mailing, before, by, onRows, stop) => {
      const { changes } = await write(() =>
        db
          .prepare(
            `update mailings as g set state = 'cancelled', reason = 'being pruned' where g.id = @id and ${IS_OLD}`,
          )
          .run({ id: mailing.id, before }),
      )
      if (changes === 0) return false
      const turns = openTurns(connection)
      if (!(await deleteMessages(connection, turns, mailing.id, onRows, stop))) return false
      const acts = db.prepare(DELETE_ACTS)
      await inTurns(turns, stop, (rows) => acts.run(mailing.id, rows).changes)
      if (stop.aborted) return false
      await write(() => {
        acts.run(mailing.id, -1)
        db.prepare('delete from mailings where id = ?').run(mailing.id) // its texts and counts go with it
        const { id, name, messages } = mailing
        noteAct(db, 'mailing pruned', by, { detail: { mailing: [String(id), null], name: [name, null], messages } })
      })
      return true
    },

    countLeftovers: async (before) => countLeftovers(connection, before),
    pruneLeftovers: (before, stop) => pruneLeftovers(connection, before, stop),
    unusedBytes: async () => pragma('freelist_count') * pragma('page_size'),
  }
}

/** Attempts go with their messages. True: none is left. */
const deleteMessages = async (
  { db }: Connection,
  turns: Turns,
  id: number,
  onRows: (count: number) => void,
  stop: AbortSignal,
): Promise<boolean> => {
  const remove = db.prepare<[number, number], MessageState>(DELETE_MESSAGES).pluck()
  await inTurns(turns, stop, (rows) => {
    const states = remove.all(id, rows)
    const counts = openCounts(db)
    for (const state of states) counts.move(id, state, null, 1)
    counts.write()
    onRows(states.length)
    return states.length
  })
  return !stop.aborted
}

/** Until a turn finds fewer rows than it might take, or `stop`. */
const inTurns = async (turns: Turns, stop: AbortSignal, take: (rows: number) => number): Promise<void> => {
  for (;;) {
    if (stop.aborted) return
    const rows = turns.rows()
    if ((await turns.take(() => take(rows))) < rows) return
  }
}
