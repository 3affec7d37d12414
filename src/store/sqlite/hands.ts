// The sentences about messages in hand and the address book of this moment.
import type { HandStore, InHand, InHandOf, StandingNow } from '../hand-store.ts'
import { refusedAt } from './audience.ts'
import { barredCase, barredOf } from './candidates.ts'
import type { Connection } from './connection.ts'

const BARRED = barredCase(
  `(${refusedAt('phone', 'm.address')} or ${refusedAt('email', 'm.address')})`,
  'exists (select 1 from blocked where address = m.address)',
)

/** A few hundred rows at most. */
const IN_HAND = `select m.id, m.address from messages m indexed by messages_in_hand
  join recipients r on r.id = m.recipient_id join mailings g on g.id = m.mailing_id where m.state = 'sending'`

const OTHER_ADDRESS = `m.address is not iif(json_extract(g.terms, '$.addressKind') = 'phone', r.phone, r.email)`

const WHOSE = {
  recipient: 'm.recipient_id = ?',
  mailing: 'm.mailing_id = ?',
  forbidden: `(${BARRED} <> 0 or ${OTHER_ADDRESS})`,
}

export const handStore = ({ db }: Connection): HandStore => ({
  standingNow: async (ids) =>
    db
      .prepare<[string], Omit<StandingNow, 'barred'> & { readonly barred: number }>(
        `select m.id, ${BARRED} as barred, r.phone, r.email from messages m join recipients r on r.id = m.recipient_id
         where m.id in (select value from json_each(?))`,
      )
      .all(JSON.stringify(ids))
      .map(({ id, barred, phone, email }): StandingNow => ({ id, barred: barredOf(barred), phone, email })),

  inHand: async (of) => {
    const [where, values] = whose(of)
    return db.prepare<number[], InHand>(`${IN_HAND} and ${where}`).all(...values)
  },

  countLeft: async (messages) => {
    const counts = db
      .prepare<[string], { readonly inHand: number | null; readonly gone: number | null }>(
        `select sum(m.state = 'sending') as inHand, sum(m.state in ('sent', 'unknown')) as gone
         from json_each(?) asked join messages m on m.id = asked.value ->> 'id' and m.address is asked.value ->> 'address'`,
      )
      .get(JSON.stringify(messages))
    return { inHand: counts?.inHand ?? 0, gone: counts?.gone ?? 0 }
  },
})

const whose = (of: InHandOf): readonly [sql: string, values: readonly number[]] => {
  if (of === 'forbidden') return [WHOSE.forbidden, []]
  return 'recipientId' in of ? [WHOSE.recipient, [of.recipientId]] : [WHOSE.mailing, [of.mailingId]]
}
