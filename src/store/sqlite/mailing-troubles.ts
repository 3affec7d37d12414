// The sentences about what stands in mailings that an operator should hear of.
import { ITSELF } from '../../domain/hold.ts'
import type { TroubleState } from '../../domain/message.ts'
import type { CommonReason, MailingTrouble, TroubleStore } from '../trouble-store.ts'
import type { Connection } from './connection.ts'

interface Row extends Pick<MailingTrouble, 'kind' | 'count' | 'why'> {
  readonly id: number
  readonly name: string
}

export const troubleStore = ({ db }: Connection): TroubleStore => ({
  mailingTroubles: async (since) =>
    db
      .prepare<{ since: number; itself: string }, Row>(TROUBLES)
      .all({ since, itself: ITSELF })
      .map(({ id, name, kind, count, why }) => ({ mailing: { id, name }, kind, count, why })),

  commonestReason: async (mailingId, state) =>
    db.prepare<{ mailingId: number; state: TroubleState }, CommonReason>(COMMONEST).get({ mailingId, state }) ?? null,
})

const TROUBLES = `
  select m.id, m.name, c.state as kind, c.count, null as why
  from mailings m join mailing_counts c on c.mailing_id = m.id
  where c.state in ('failed', 'unknown', 'expired') and c.count > 0
    and m.state <> 'cancelled' and (m.state <> 'done' or m.expires_at >= @since)
  union all
  select m.id, m.name, 'paused', coalesce((select count from mailing_counts where mailing_id = m.id and state = 'scheduled'), 0),
    m.reason
  from mailings m
  where m.state = 'paused'
    and (select who from audit where mailing_id = m.id and what = 'mailing paused' order by id desc limit 1) = @itself
  order by 1 desc, 3`

const COMMONEST = `
  select reason, count(*) as count
  from (select reason from messages indexed by messages_trouble
        where mailing_id = @mailingId and state = @state and state in ('failed', 'unknown', 'expired') limit 100000)
  group by reason order by count(*) desc, reason limit 1`
