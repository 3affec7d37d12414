// An edit that leaves out somebody whose message was tried before, or is in the hand of a worker.
import type { Mailing } from '../../domain/mailing.ts'
import { LEFT } from '../../domain/skip-reasons.ts'
import { audienceCondition } from './audience.ts'
import type { Connection } from './connection.ts'

/** Of messages m: tried before, it waits for another try; or it came back from a hand in which it was when it was left out. */
export const leaves = (audience: string): string =>
  `(m.state = 'scheduled' and ((m.any_hour = 0 and not (${audience})) or m.reason is '${LEFT}'))`

/**
 * Marks those in hand who do not belong to the mailing any more, so that what has not begun to leave never does, however late its
 * worker hears of it; true: there are some.
 */
export const withdrawInHand = ({ db }: Pick<Connection, 'db'>, { id, terms: { audience } }: Mailing): boolean => {
  const { sql, values } = audienceCondition(audience)
  const belongs = `exists (select 1 from recipients r left join districts d on d.id = r.district_id
    where r.id = messages.recipient_id and ${sql})`
  const mark = `update messages indexed by messages_in_hand set reason = iif(${belongs}, null, '${LEFT}')
    where state = 'sending' and mailing_id = ? and any_hour = 0 and (reason is '${LEFT}') = ${belongs}`
  return db.prepare(mark).run(...values, id, ...values).changes > 0
}
