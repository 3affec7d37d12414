// Writing down: settle under the fence, give rows back, let gateways rest, close what is finished.
import type { MessageStore } from '../message-store.ts'
import type { Connection } from './connection.ts'
import { fencedSettle, IS_CANCELLED } from './fenced.ts'

type SettlingStore = Omit<MessageStore, 'claimDue' | 'listMessages'>

const FINISHED = `select id from mailings where state = 'active' and not exists
  (select 1 from messages indexed by messages_due where mailing_id = mailings.id and due_at is not null)`

const EXPIRED = `select m.id from mailings g join messages m indexed by messages_due on m.mailing_id = g.id
  where g.state = 'active' and g.expires_at <= @now and m.due_at is not null and m.state = 'scheduled' limit 5000`

const GIVEN_UP = `select id from messages where state = 'sending' and due_at <= @now and ${IS_CANCELLED}`

const SOMETHING_TO_CLOSE = `select 1 where exists (${FINISHED}) or exists (${EXPIRED}) or exists (${GIVEN_UP})`

const EXPIRE = `update messages set state = 'expired', reason = 'its time ran out before it could be sent', due_at = null,
  settled_at = @now where id in (${EXPIRED})`

/** It may have left; its mailing was cancelled, so it is not tried again to find out. */
const GIVE_UP = `update messages set state = 'unknown', reason = 'its worker was lost with it in hand', due_at = null,
  settled_at = @now where id in (${GIVEN_UP})`

const CLOSE = `update mailings set state = 'done' where id in (${FINISHED}) and @now is not null`

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

    closeFinished: async (now) => {
      if (db.prepare(SOMETHING_TO_CLOSE).get({ now }) === undefined) return // the usual case takes no lock
      await write(() => {
        for (const sql of [EXPIRE, GIVE_UP, CLOSE]) db.prepare(sql).run({ now })
      })
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
  }
}
