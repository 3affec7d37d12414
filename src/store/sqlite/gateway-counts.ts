// What waits at each gateway, and what is in hand for it.
import type { GatewayCounts, GatewayStore } from '../gateway-store.ts'
import type { Connection } from './connection.ts'

/** A row whose lease is over is due like any other. */
const COUNTS = `
  with
    hand as (
      select g.id, g.gateway, g.state, count(*) as held
      from messages m indexed by messages_in_hand join mailings g on g.id = m.mailing_id
      where m.state = 'sending' and m.due_at > @now group by g.id),
    line as (
      select g.gateway,
        (select count(*) from messages m indexed by messages_due where m.mailing_id = g.id and m.due_at <= @now) as due,
        (select count(*) from messages m indexed by messages_due where m.mailing_id = g.id and m.due_at is not null) as open,
        coalesce((select held from hand where hand.id = g.id), 0) as held
      from mailings g where g.state = 'active'
      union all
      select gateway, 0, held, held from hand where state <> 'active')
  select gateway as name, sum(due) as due, sum(open - held) as waiting, sum(held) as inHand
  from line group by gateway order by gateway`

export const gatewayCounts = ({ db }: Connection): Pick<GatewayStore, 'countByGateway'> => ({
  countByGateway: async (now) => db.prepare<{ now: number }, GatewayCounts>(COUNTS).all({ now }),
})
