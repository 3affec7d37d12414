// Writing down: settle under the fence, give rows back, let gateways rest, close what is finished.
import type { MessageStore } from '../message-store.ts'
import type { Connection } from './connection.ts'
import { fencedSettle, IS_CANCELLED } from './fenced.ts'

type SettlingStore = Omit<MessageStore, 'claimDue' | 'listMessages'>

export const settlingStore = (connection: Connection): SettlingStore => {
  const { db, write } = connection
  const settleRows = fencedSettle(connection)
  const activeOn = db
    .prepare<[string], number>("select id from mailings where state = 'active' and gateway = ?")
    .pluck()
  const firstDue = db
    .prepare<[number], number | null>(
      'select min(due_at) from messages indexed by messages_due where mailing_id = ? and due_at is not null',
    )
    .pluck()
  const restOf = db.prepare<[string], number | null>('select rests_until from gateways where name = ?').pluck()
  const finished = `select id from mailings where state = 'active' and not exists
    (select 1 from messages indexed by messages_due where mailing_id = mailings.id and due_at is not null)`

  return {
    settle: async (workerId, settlements) => {
      const written = await write(() => settleRows(workerId, settlements))
      return { written, stale: settlements.length - written }
    },

    countDue: async (now) =>
      db
        .prepare<[number, number], number>(
          `select count(*) from mailings g join messages m indexed by messages_due on m.mailing_id = g.id and m.due_at <= ?
           where g.state = 'active' and not exists (select 1 from gateways w where w.name = g.gateway and w.rests_until > ?)`,
        )
        .pluck()
        .get(now, now) ?? 0,

    nextDueAt: async (gateway) => {
      const instants = activeOn
        .all(gateway)
        .map((id) => firstDue.get(id) ?? null)
        .filter((at) => at !== null)
      if (instants.length === 0) return null
      return Math.max(Math.min(...instants), restOf.get(gateway) ?? 0)
    },

    gatewaysInUse: async () =>
      db.prepare<[], string>("select distinct gateway from mailings where state = 'active' order by 1").pluck().all(),

    closeFinishedMailings: async () => {
      if (db.prepare(`${finished} limit 1`).get() === undefined) return 0
      return write(() => db.prepare(`update mailings set state = 'done' where id in (${finished})`).run().changes)
    },

    releaseRowsOf: (workerId, now) =>
      write(
        () =>
          // In hand at the death of its worker: it may have left. Due again under the same key, unless its mailing was cancelled.
          db
            .prepare(
              `update messages set state = iif(${IS_CANCELLED}, 'unknown', 'scheduled'),
                 reason = 'its worker died with it in hand', due_at = iif(${IS_CANCELLED}, null, ?)
               where worker_id = ? and state = 'sending'`,
            )
            .run(now, workerId).changes,
      ),

    restGateway: async (gateway, until, reason) => {
      await write(() =>
        db
          .prepare(
            `insert into gateways (name, rests_until, reason) values (?, ?, ?)
             on conflict (name) do update set rests_until = excluded.rests_until, reason = excluded.reason
             where coalesce(rests_until, 0) < excluded.rests_until`,
          )
          .run(gateway, until, reason),
      )
    },

    restingGateways: async (now) =>
      db
        .prepare<[number], { name: string; restsUntil: number; reason: string | null }>(
          'select name, rests_until as restsUntil, reason from gateways where rests_until > ? order by name',
        )
        .all(now),

    wakeGateway: async (gateway) => {
      await write(() => db.prepare('delete from gateways where name = ?').run(gateway))
    },
  }
}
