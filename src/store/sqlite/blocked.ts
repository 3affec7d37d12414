// The blocklist.
import type { BlockCounts, BlockedAddress, BlockStore } from '../block-store.ts'
import type { OperatorAct } from '../mailing-store.ts'
import { refusedAt } from './audience.ts'
import { noteBookChange } from './book-change.ts'
import { openBulkAct } from './bulk-act.ts'
import type { Connection } from './connection.ts'
import { openTurns } from './turns.ts'

const RECIPIENTS_OF = `
  select count(*) from recipients where removed_at is null and (phone = @address or email = @address)`

export const blockStore = (connection: Connection): BlockStore => {
  const { db } = connection
  const isBlocked = db.prepare<[string], number>('select 1 from blocked where address = ?').pluck()
  const recipientsOf = db.prepare<[{ address: string }], number>(RECIPIENTS_OF).pluck()
  const barredAt = db
    .prepare<[string], 'blocked' | 'unsubscribed' | null>(
      `select case when exists (select 1 from blocked where address = it) then 'blocked'
         when ${refusedAt('phone', 'it')} or ${refusedAt('email', 'it')} then 'unsubscribed' end from (select ? as it)`,
    )
    .pluck()
  return {
    block: (addresses, by, stop) => {
      const insert = db.prepare('insert or ignore into blocked (address, at, who, why) values (?, ?, ?, ?)')
      return inTurns(connection, { what: 'addresses blocked', by, addresses, stop }, (address) =>
        insert.run(address, by.at, by.who, by.why),
      )
    },

    unblock: (addresses, by, stop) => {
      const remove = db.prepare('delete from blocked where address = ?')
      return inTurns(connection, { what: 'addresses unblocked', by, addresses, stop }, (address) => remove.run(address))
    },

    countUnblocked: async (addresses) => {
      const free = addresses.filter((address) => isBlocked.get(address) === undefined)
      return {
        changed: free.length,
        seen: addresses.length,
        recipients: free.reduce((sum, address) => sum + (recipientsOf.get({ address }) ?? 0), 0),
      }
    },

    listBlocked: async ({ after, limit }) =>
      db
        .prepare<[string, number], BlockedAddress>(
          'select address, at, who, why from blocked where address > ? order by address limit ?',
        )
        .all(after, limit),

    barredAt: async (address) => barredAt.get(address) ?? null,

    countBlocked: async () => Number(db.prepare('select count(*) from blocked').pluck().get()),
  }
}

interface BlockOrder {
  readonly what: string
  readonly by: OperatorAct
  readonly addresses: readonly string[]
  readonly stop: AbortSignal
}

const inTurns = async (
  connection: Connection,
  { what, by, addresses, stop }: BlockOrder,
  write: (address: string) => { readonly changes: number },
): Promise<BlockCounts> => {
  const { db } = connection
  const recipientsOf = db.prepare<[{ address: string }], number>(RECIPIENTS_OF).pluck()
  const act = openBulkAct(db, what, by)
  const turns = openTurns(connection)
  const total = { changed: 0, seen: 0, recipients: 0 }
  while (total.seen < addresses.length && !stop.aborted) {
    const some = addresses.slice(total.seen, total.seen + turns.rows())
    const changed = await turns.take(() => {
      const done = some.filter((address) => write(address).changes > 0)
      act.note(done.length)
      if (done.length > 0) noteBookChange(db, by.at)
      return done
    })
    act.keep()
    total.seen += some.length
    total.changed += changed.length
    for (const address of changed) total.recipients += recipientsOf.get({ address }) ?? 0
  }
  return total
}
