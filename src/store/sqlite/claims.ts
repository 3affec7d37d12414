// Taking rows: the claim. Its commit is the write-ahead intent; everything that decides a row is read in the same transaction.
import type Database from 'better-sqlite3'
import type { AddressKind, Mailing } from '../../domain/mailing.ts'
import {
  type Admission,
  type Candidate,
  type Claimed,
  type RecipientColumn,
  recipientKey,
} from '../../domain/message.ts'
import type { ClaimRequest, MessageStore } from '../message-store.ts'
import { addressColumn } from './audience.ts'
import type { Connection } from './connection.ts'
import { fencedSettle } from './fenced.ts'
import { MAILING_COLUMNS, type MailingRow, mailingFromRow } from './mailing-row.ts'

/** Where each column of a recipient comes from. */
const SOURCES: Readonly<Record<RecipientColumn, string>> = {
  externalId: 'r.external_id',
  phone: 'r.phone',
  email: 'r.email',
  operatorCode: 'r.operator_code',
  name: 'r.name',
  contactPerson: 'r.contact_person',
  taxNumber: 'r.tax_number',
  address: 'r.address',
  district: 'd.name',
  zone: 'r.zone',
  attributes: 'r.attributes',
}

type CandidateRow = readonly [
  id: number,
  recipientId: number,
  zone: string,
  attempts: number,
  frozenAddress: string | null,
  frozenText: string | null,
  unsubscribed: number,
  recipientCreatedAt: number,
  address: string | null,
  ...values: (string | null)[],
]

/** Only what the text needs is read: all columns of a recipient cost 4 µs a message more. */
const candidatesSql = (addressKind: AddressKind, columns: readonly RecipientColumn[]): string => `
  select m.id, m.recipient_id, m.zone, m.attempts, m.address, m.text,
         r.unsubscribed or r.unsubscribed_by_admin, r.created_at, ${addressColumn(addressKind)}
         ${columns.map((column) => `, ${SOURCES[column]}`).join('')}
  from messages m indexed by messages_due
  join recipients r on r.id = m.recipient_id
  ${columns.includes('district') ? 'left join districts d on d.id = r.district_id' : ''}
  where m.mailing_id = ? and m.due_at <= ?
  order by m.due_at, m.id limit ?`

const candidateFromRow = (row: CandidateRow, mailingId: number, columns: readonly RecipientColumn[]): Candidate => {
  const recipient: Partial<Record<RecipientColumn, string | null>> = {}
  for (const [i, column] of columns.entries()) {
    const value = row[9 + i]
    recipient[column] = typeof value === 'string' ? value : null
  }
  return {
    id: row[0],
    mailingId,
    recipientId: row[1],
    zone: row[2],
    attempts: row[3],
    frozenAddress: row[4],
    frozenText: row[5],
    unsubscribed: row[6] === 1,
    recipientCreatedAt: row[7],
    address: row[8],
    recipient,
  }
}

const nothing = (): MutableClaim => ({ taken: [], ended: { skipped: 0, expired: 0, failed: 0 }, seen: 0, stale: 0 })

export const claimStore = (connection: Connection): Pick<MessageStore, 'claimDue'> => {
  const { db, write } = connection
  const settleRows = fencedSettle(connection)
  const active = db.prepare<[string], MailingRow>(
    `select ${MAILING_COLUMNS} from mailings where state = 'active' and gateway = ?`,
  )
  const rests = db
    .prepare<[string, number], number>('select 1 from gateways where name = ? and rests_until > ?')
    .pluck()
  const due = db
    .prepare<[number, number], number>(
      'select 1 from messages indexed by messages_due where mailing_id = ? and due_at <= ? limit 1',
    )
    .pluck()
  const prepared = new Map<string, Database.Statement<[number, number, number], CandidateRow>>()
  const candidatesOf = (addressKind: AddressKind, columns: readonly RecipientColumn[]) => {
    const sql = candidatesSql(addressKind, columns)
    const statement = prepared.get(sql) ?? db.prepare<[number, number, number], CandidateRow>(sql).raw()
    prepared.set(sql, statement)
    return statement
  }
  const take = db.prepare(
    `update messages set state = 'sending', due_at = ?, attempts = attempts + 1, worker_id = ?, address = ?, text = ? where id = ?`,
  )
  const wait = db.prepare("update messages set state = 'scheduled', due_at = ? where id = ?")
  const end = db.prepare('update messages set state = ?, reason = ?, due_at = null, settled_at = ? where id = ?')
  let turn = 0

  const writeDown = (row: Candidate, admission: Admission, request: ClaimRequest): void => {
    if (admission.kind === 'wait') wait.run(admission.dueAt, row.id)
    else if (admission.kind === 'end') end.run(admission.state, admission.reason, request.now, row.id)
    else {
      const text = admission.freezeText ? admission.text : null
      take.run(request.leaseUntil, request.workerId, admission.address, text, row.id)
    }
  }

  const claimOf = (mailing: Mailing, limit: number, request: ClaimRequest, into: MutableClaim): number => {
    const columns = request.columnsOf(mailing)
    const rows = candidatesOf(mailing.terms.addressKind, columns).all(mailing.id, request.now, limit)
    for (const row of rows) {
      const candidate = candidateFromRow(row, mailing.id, columns)
      const admission = request.admit(candidate, mailing)
      writeDown(candidate, admission, request)
      if (admission.kind === 'take') into.taken.push(claimed(candidate, mailing, admission))
      else if (admission.kind === 'end') into.ended[admission.state] += 1
    }
    into.seen += rows.length
    return rows.length
  }

  /** Mailings that have something due, each in turn first, so that a huge one never starves a small one. */
  const waiting = (request: ClaimRequest): readonly Mailing[] => {
    if (rests.get(request.gateway, request.now) !== undefined) return []
    const rows = active.all(request.gateway).filter((row) => due.get(row.id, request.now) !== undefined)
    turn += 1
    const start = rows.length === 0 ? 0 : turn % rows.length
    return [...rows.slice(start), ...rows.slice(0, start)].map(mailingFromRow)
  }

  return {
    claimDue: async (request) => {
      const { settlements, workerId } = request
      if (settlements.length === 0 && waiting(request).length === 0) return nothing() // the usual case takes no lock
      return write(() => {
        const into = nothing()
        into.stale = settlements.length - settleRows(workerId, settlements)
        let mailings = waiting(request)
        for (let left = request.limit; left > 0 && mailings.length > 0; ) {
          const share = Math.ceil(left / mailings.length)
          const more = mailings.filter((mailing) => {
            const seen = left > 0 ? claimOf(mailing, Math.min(share, left), request, into) : 0
            left -= seen
            return seen === share
          })
          mailings = more
        }
        return into
      })
    },
  }
}

interface MutableClaim {
  readonly taken: Claimed[]
  readonly ended: { skipped: number; expired: number; failed: number }
  seen: number
  stale: number
}

const claimed = (row: Candidate, mailing: Mailing, admission: Extract<Admission, { kind: 'take' }>): Claimed => ({
  id: row.id,
  mailingId: row.mailingId,
  mailingUid: mailing.uid,
  recipientId: row.recipientId,
  zone: row.zone,
  attempts: row.attempts + 1,
  address: admission.address,
  text: admission.text,
  recipientKey: recipientKey(row.recipientId, row.recipientCreatedAt),
})
