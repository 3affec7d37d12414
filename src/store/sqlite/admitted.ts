// What the claim has decided about a row, written down: taken, put off, or ended.
import type Database from 'better-sqlite3'
import type { Mailing } from '../../domain/mailing.ts'
import { type Admission, type Candidate, type Claimed, type MessageState, recipientKey } from '../../domain/message.ts'
import type { ClaimRequest } from '../message-store.ts'
import type { Counts } from './counts.ts'

type Terms = Pick<ClaimRequest, 'workerId' | 'leaseUntil' | 'now'>

type AdmissionWriter = (row: Candidate, admission: Admission, terms: Terms, counts: Counts) => void

/** Writes inside the claim's transaction. */
export const admissionWriter = (db: Database.Database): AdmissionWriter => {
  const take = db.prepare(
    `update messages set state = 'sending', due_at = ?, attempts = attempts + 1, worker_id = ?, address = ?, text = ?,
       text_no = ?, resend = resend + ?, doubt_since = ? where id = ?`,
  )
  const wait = db.prepare("update messages set state = 'scheduled', due_at = ?, doubt_since = ? where id = ?")
  // since when it may have been taken stays with the row that ends: by it a retry knows whether the gateway still knows its key
  const end = db.prepare(
    `update messages set state = ?, reason = ?, due_at = null, settled_at = ?, doubt_since = coalesce(doubt_since, ?)
     where id = ?`,
  )
  return (row, admission, { workerId, leaseUntil, now }, counts) => {
    counts.move(row.mailingId, row.lostSince === null ? 'scheduled' : 'sending', stateAfter(admission), 1)
    if (admission.kind === 'wait') wait.run(admission.dueAt, admission.doubtSince, row.id)
    else if (admission.kind === 'end') end.run(admission.state, admission.reason, now, row.lostSince, row.id)
    else {
      const { address, frozenText, textNo, isNewKey, doubtSince } = admission
      take.run(leaseUntil, workerId, address, frozenText, textNo, isNewKey ? 1 : 0, doubtSince, row.id)
    }
  }
}

const stateAfter = (admission: Admission): MessageState => {
  if (admission.kind === 'take') return 'sending'
  return admission.kind === 'wait' ? 'scheduled' : admission.state
}

/** A row that was taken, as its worker gets it. */
export const claimed = (
  row: Candidate,
  mailing: Mailing,
  admission: Extract<Admission, { kind: 'take' }>,
): Claimed => ({
  id: row.id,
  mailingId: row.mailingId,
  mailingUid: mailing.uid,
  recipientId: row.recipientId,
  zone: row.zone,
  attempts: row.attempts + 1,
  doubtSince: admission.doubtSince,
  isFirst: row.frozenAddress === null,
  resend: admission.isNewKey ? row.resend + 1 : row.resend,
  anyHour: row.anyHour,
  notBefore: row.notBefore,
  address: admission.address,
  text: admission.text,
  recipientKey: recipientKey(row.recipientId, row.recipientCreatedAt),
})
