// Outcomes under the fence: the two statements by which a row leaves a worker's hand.
import type { Settlement } from '../../domain/message.ts'
import type { Connection } from './connection.ts'

/** What becomes of a row that wants another attempt: in a cancelled mailing there is none. */
export const IS_CANCELLED = "(select state from mailings where id = messages.mailing_id) = 'cancelled'"

/** Writes settlements of this worker, inside a transaction of the caller's; returns how many rows were still its own. */
export const fencedSettle = ({
  db,
}: Connection): ((workerId: number, settlements: readonly Settlement[]) => number) => {
  const fence = "where id = ? and state = 'sending' and attempts = ? and worker_id = ?"
  const finish = db.prepare(
    `update messages set state = ?, reason = ?, due_at = null, gateway_ref = ?, settled_at = ? ${fence}`,
  )
  // what was not tried is not frozen
  const again = db.prepare(
    `update messages set state = iif(${IS_CANCELLED}, 'cancelled', 'scheduled'), reason = @reason,
       due_at = iif(${IS_CANCELLED}, null, @dueAt), attempts = attempts - @back,
       address = iif(@back and attempts = 1, null, address), text = iif(@back and attempts = 1, null, text)
     where id = @id and state = 'sending' and attempts = @attempts and worker_id = @workerId`,
  )
  const settleOne = (workerId: number, s: Settlement): number =>
    s.state === 'scheduled'
      ? again.run({ ...fields(s), workerId }).changes
      : finish.run(s.state, s.reason, s.gatewayRef, s.settledAt, s.id, s.attempts, workerId).changes
  return (workerId, settlements) => {
    let written = 0
    for (const settlement of settlements) written += settleOne(workerId, settlement)
    return written
  }
}

const fields = ({ id, attempts, reason, dueAt, attemptBack }: Settlement) => ({
  id,
  attempts,
  reason,
  dueAt,
  back: attemptBack ? 1 : 0,
})
