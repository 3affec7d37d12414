// The rows that should move, and those in hand: what the watchdog looks at, and who forbids them to leave.
import type { HandStore } from '../hand-store.ts'
import type { WatchedRow, WatchStore } from '../message-store.ts'
import type { Connection } from './connection.ts'
import { handStore } from './hands.ts'

const COLUMNS =
  'm.id as message, m.mailing_id as mailing, m.recipient_id as recipient, m.due_at as dueAt, m.attempts as attempts'

export const watchStore = (connection: Connection): WatchStore & HandStore => {
  const { db } = connection
  const active = db.prepare<[string], number>("select id from mailings where state = 'active' and gateway = ?").pluck()
  /** One step into the index, however many rows are due. */
  const first = db.prepare<[number, number], WatchedRow>(
    `select ${COLUMNS} from messages m indexed by messages_due
     where m.mailing_id = ? and m.due_at <= ? order by m.due_at, m.id limit 1`,
  )
  const inHand = db.prepare<[number], WatchedRow & { readonly gateway: string }>(
    `select ${COLUMNS}, g.gateway as gateway
     from messages m indexed by messages_in_hand join mailings g on g.id = m.mailing_id
     where m.worker_id = ? and m.state = 'sending'`,
  )
  return {
    ...handStore(connection),
    firstDue: async (gateway, now) => {
      const rows = active.all(gateway).flatMap((mailing) => first.get(mailing, now) ?? [])
      return rows.toSorted((a, b) => a.dueAt - b.dueAt || a.message - b.message)[0] ?? null
    },
    inHandOf: async (workerId) => inHand.all(workerId),
  }
}
