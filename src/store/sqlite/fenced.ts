// Outcomes under the fence: the two statements by which a row leaves a worker's hand.
import { ownWords } from '../../domain/forget.ts'
import type { MessageState, Settlement } from '../../domain/message.ts'
import { LEFT } from '../../domain/skip-reasons.ts'
import { failPoint } from '../../fail-point.ts'
import type { Connection } from './connection.ts'
import type { Counts } from './counts.ts'

/** A row of a cancelled mailing gets no other attempt: */
export const IS_CANCELLED = "(select state from mailings where id = messages.mailing_id) = 'cancelled'"
/** it never left, or nobody knows. */
const CANCELLED_AS = "iif(@doubtSince is null, 'cancelled', 'unknown')"

/** Writes settlements of this worker, inside a transaction of the caller's; returns how many rows were still its own. */
export type SettleRows = (workerId: number, settlements: readonly Settlement[], counts: Counts) => number

export const fencedSettle = ({ db }: Pick<Connection, 'db'>): SettleRows => {
  const fence = "where id = ? and state = 'sending' and attempts = ? and worker_id = ?"
  const finish = db.prepare(
    `update messages set state = ?, reason = ?, due_at = null, gateway_ref = ?, settled_at = ? ${fence}`,
  )
  const again = db
    .prepare<unknown[], MessageState>(
      `update messages set state = iif(${IS_CANCELLED}, ${CANCELLED_AS}, 'scheduled'),
       reason = iif(reason is '${LEFT}', reason, @reason),
       doubt_since = @doubtSince,
       due_at = iif(${IS_CANCELLED}, null, @dueAt), attempts = attempts - @back,
       address = iif(@unfreezes, null, address), text = iif(@unfreezes, null, text),
       text_no = iif(@unfreezes, null, text_no)
     where id = @id and state = 'sending' and attempts = @attempts and worker_id = @workerId returning state`,
    )
    .pluck()
  const remember = db.prepare('insert into attempts (message_id, attempt, at, state, reason) values (?, ?, ?, ?, ?)')
  // That a gateway works is written once a minute.
  const noteAccepted = db.prepare(
    `insert into gateways (name, accepted_at)
       select g.gateway, @at from messages m join mailings g on g.id = m.mailing_id where m.id = @id
     on conflict (name) do update set accepted_at = excluded.accepted_at
       where accepted_at is null or abs(excluded.accepted_at - accepted_at) > 60000`,
  )
  const removed = db
    .prepare<[number], number>(
      'select 1 from messages m join recipients r on r.id = m.recipient_id where m.id = ? and r.removed_at is not null',
    )
    .pluck()
  /** A gateway repeats what it was sent, and who was removed meanwhile is forgotten: nobody asks what is sent at once. */
  const forgetting = (s: Settlement): Settlement =>
    (s.reason ?? s.gatewayRef) === null || removed.get(s.id) === undefined
      ? s
      : { ...s, reason: s.reason === null ? null : ownWords(s.reason), gatewayRef: null }
  /** The state that the row is in afterwards; undefined: it was not this worker's any more. */
  const settleOne = (workerId: number, s: Settlement): MessageState | undefined => {
    if (s.state === 'scheduled') return again.get({ ...fields(s), workerId })
    const { changes } = finish.run(s.state, s.reason, s.gatewayRef, s.settledAt, s.id, s.attempts, workerId)
    return changes > 0 ? s.state : undefined
  }
  return (workerId, settlements, counts) => {
    let written = 0
    for (const settled of settlements) {
      failPoint('mid-settle', settled.id)
      const settlement = forgetting(settled)
      const state = settleOne(workerId, settlement)
      if (state === undefined) continue
      counts.move(settlement.mailingId, 'sending', state, 1)
      if (isStory(settlement)) remember.run(settlement.id, settlement.attempts, settlement.at, state, settlement.reason)
      written += 1
    }
    const sent = settlements.findLast(({ state }) => state === 'sent')
    if (sent !== undefined) noteAccepted.run({ id: sent.id, at: sent.settledAt })
    return written
  }
}

/** Sent at the first attempt, as nearly all are, a row tells all of it itself; what was handed back was not tried. */
const isStory = ({ at, state, attempts }: Settlement): boolean => at !== null && (state !== 'sent' || attempts > 1)

const fields = ({ id, attempts, reason, dueAt, attemptBack, unfreezes, doubtSince }: Settlement) => ({
  doubtSince,
  id,
  attempts,
  reason,
  dueAt,
  back: attemptBack ? 1 : 0,
  unfreezes: unfreezes ? 1 : 0,
})
