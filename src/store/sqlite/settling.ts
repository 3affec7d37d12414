// Writing down: settle under the fence, close what is finished.
import { opensAt } from '../../domain/gateway-health.ts'
import type { MessageState } from '../../domain/message.ts'
import type { MessageStore } from '../message-store.ts'
import type { Connection } from './connection.ts'
import { openCounts } from './counts.ts'
import { fencedSettle, IS_CANCELLED } from './fenced.ts'
import { HOLD, healthRows } from './gateways.ts'

type SettlingStore = Omit<MessageStore, 'claimDue' | 'listMessages' | 'countMessages'>

/** When the closing hour of a mailing has passed on its day everywhere: the last place on earth is twelve hours behind UTC. */
const CLOSED_EVERYWHERE = `(unixepoch(on_date || ' ' || until) + 12 * 3600 + iif(until <= at, 86400, 0)) * 1000`

/** One that follows the address book stays open for who joins, until its day is over. */
const FINISHED = `select id from mailings where state = 'active'
  and (not json_extract(terms, '$.follow') or @now >= ${CLOSED_EVERYWHERE}) and not exists
  (select 1 from messages indexed by messages_due where mailing_id = mailings.id and due_at is not null)`

const EXPIRED = `select m.id from mailings g join messages m indexed by messages_due on m.mailing_id = g.id
  where g.state = 'active' and g.expires_at <= @now and m.due_at is not null and m.state = 'scheduled' limit 5000`

const GIVEN_UP = `select id from messages where state = 'sending' and due_at <= @now and ${IS_CANCELLED}
  and (worker_id is null or worker_id not in (select id from workers))`

const SOMETHING_TO_CLOSE = `select 1 where exists (${FINISHED}) or exists (${EXPIRED}) or exists (${GIVEN_UP})`

const EXPIRE = `update messages set state = iif(doubt_since is null, 'expired', 'unknown'),
  reason = iif(doubt_since is null, 'its time ran out before it could be sent',
    'it may have been taken; its time ran out before that was known'),
  due_at = null, settled_at = @now where id in (${EXPIRED}) returning mailing_id as mailingId, state`

/** It may have left; its mailing was cancelled, so it is not tried again to find out. */
const GIVE_UP = `update messages set state = 'unknown', reason = 'its worker was lost with it in hand', due_at = null,
  settled_at = @now where id in (${GIVEN_UP}) returning mailing_id as mailingId, state`

const CLOSE = `update mailings set state = 'done' where id in (${FINISHED})`

interface Ended {
  readonly mailingId: number
  readonly state: MessageState
}

export const settlingStore = (connection: Connection): SettlingStore => {
  const { db, write } = connection
  const settleRows = fencedSettle(connection)
  const activeOn = db
    .prepare<[string], number>("select id from mailings where state = 'active' and gateway = ?")
    .pluck()
  const firstDue = db
    .prepare<[number], number | null>(
      // rows of a state that this version does not know are left alone
      `select due_at from messages indexed by messages_due where mailing_id = ? and due_at is not null
         and state in ('scheduled', 'sending') order by due_at limit 1`,
    )
    .pluck()
  const inUse = db
    .prepare<[], string>("select distinct gateway from mailings where state = 'active' order by 1")
    .pluck()
  const hold = db.prepare(HOLD)
  const health = healthRows(connection)

  return {
    settle: async (workerId, settlements) => {
      const written = await write(() => {
        const counts = openCounts(db)
        const rows = settleRows(workerId, settlements, counts)
        counts.write()
        return rows
      })
      return { written, stale: settlements.length - written }
    },

    countDue: async (now) => {
      const due = db
        .prepare<[number, string], number>(
          `select count(*) from mailings g join messages m indexed by messages_due on m.mailing_id = g.id and m.due_at <= ?
           where g.state = 'active' and g.gateway = ?`,
        )
        .pluck()
      const isOpen = (gateway: string): boolean => opensAt(health.read(gateway), now) === now
      return inUse.all().reduce((sum, gateway) => sum + (isOpen(gateway) ? (due.get(now, gateway) ?? 0) : 0), 0)
    },

    nextDueAt: async (gateway, now) => {
      const instants = activeOn
        .all(gateway)
        .map((id) => firstDue.get(id) ?? null)
        .filter((at) => at !== null)
      if (instants.length === 0 || hold.get() !== undefined) return null
      const opening = opensAt(health.read(gateway), now)
      return opening === null ? null : Math.max(Math.min(...instants), opening)
    },

    gatewaysInUse: async () => inUse.all(),

    closeFinished: async (now) => {
      if (hold.get() !== undefined) return // also by a clock that was set: by it everything would expire
      if (db.prepare(SOMETHING_TO_CLOSE).get({ now }) === undefined) return // the usual case takes no lock
      await write(() => {
        const counts = openCounts(db)
        for (const { mailingId, state } of db.prepare<unknown[], Ended>(EXPIRE).all({ now }))
          counts.move(mailingId, 'scheduled', state, 1)
        for (const { mailingId, state } of db.prepare<unknown[], Ended>(GIVE_UP).all({ now }))
          counts.move(mailingId, 'sending', state, 1)
        counts.write()
        db.prepare(CLOSE).run({ now })
      })
    },
  }
}
