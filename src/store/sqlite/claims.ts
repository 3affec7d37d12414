// Taking rows: the claim. Its commit is the write-ahead intent; everything that decides a row is read in the same transaction.
import type Database from 'better-sqlite3'
import { type Allowance, type GatewayHealth, NOTHING, taken } from '../../domain/gateway-health.ts'
import type { AddressKind, Mailing } from '../../domain/mailing.ts'
import { type Claimed, type RecipientColumn, SUSPECT_DEATHS } from '../../domain/message.ts'
import type { ClaimRequest, MessageStore } from '../message-store.ts'
import type { Worker } from '../worker-store.ts'
import { admissionWriter, claimed } from './admitted.ts'
import { bookMarkOf } from './book-change.ts'
import { type CandidateRow, candidateFromRow, candidatesSql } from './candidates.ts'
import type { Connection } from './connection.ts'
import { type Counts, openCounts } from './counts.ts'
import { fencedSettle } from './fenced.ts'
import { HOLD, healthRows } from './gateways.ts'
import { MAILING_COLUMNS, type MailingRow, mailingFromRow } from './mailing-row.ts'
import { type Choose, scattering } from './scattered.ts'
import { WORKER_COLUMNS } from './workers.ts'

export const claimStore = (connection: Connection): Pick<MessageStore, 'claimDue'> => {
  const { db, write } = connection
  const settleRows = fencedSettle(connection)
  const health = healthRows(connection)
  const bookMark = bookMarkOf(db)
  const hold = db.prepare(HOLD)
  const active = db.prepare<[string], MailingRow>(
    `select ${MAILING_COLUMNS} from mailings where state = 'active' and gateway = ?`,
  )
  const due = db
    .prepare<[number, number], number>(
      `select 1 from messages indexed by messages_due where mailing_id = ? and due_at <= ?
         and state in ('scheduled', 'sending') limit 1`,
    )
    .pluck()
  const prepared = new Map<string, Database.Statement<(number | string)[], CandidateRow>>()
  const candidatesOf = (addressKind: AddressKind, columns: readonly RecipientColumn[], isChosen: boolean) => {
    const sql = candidatesSql({ addressKind, columns, anyBlocked: anyBlocked.get() !== undefined, isChosen })
    const statement = prepared.get(sql) ?? db.prepare<(number | string)[], CandidateRow>(sql).raw()
    prepared.set(sql, statement)
    return statement
  }
  const choicesOf = scattering(db)
  const writeDown = admissionWriter(db)
  const earlierText = db
    .prepare<[number, number], string>('select text from mailing_texts where mailing_id = ? and no = ?')
    .pluck()
  const anyBlocked = db.prepare('select 1 from blocked limit 1')
  const stay = db.prepare('update messages set due_at = ? where id = ?')
  const workerOf = db.prepare<[number | null], Worker>(`select ${WORKER_COLUMNS} from workers where id = ?`)
  const inHand = db
    .prepare<[string, number], number>(
      `select count(*) from messages m indexed by messages_in_hand join mailings g on g.id = m.mailing_id
       where m.state = 'sending' and g.gateway = ? and m.due_at > ?`,
    )
    .pluck()
  let turn = 0

  /** A static text that it was tried with before the mailing got another: the row keeps only its number. Rare, so that it is not joined. */
  const earlierTextOf = (row: CandidateRow, mailing: Mailing): string | null =>
    row[4] === null || row[5] !== null || (row[14] ?? 1) === mailing.textNo
      ? null
      : (earlierText.get(mailing.id, row[14] ?? 1) ?? null)

  /** Its worker lives, whatever the wall clock says of the lease. */
  const isHeld = (row: CandidateRow, request: ClaimRequest): boolean => {
    const worker = row[9] === 1 ? workerOf.get(row[10]) : undefined
    if (worker === undefined || !request.isAlive(worker)) return false
    stay.run(request.leaseUntil, row[0])
    return true
  }

  /** Returns the rows looked at; fewer than `limit`: the mailing has no more, or a row of it wants to be alone. */
  const claimOf = (
    mailing: Mailing,
    limit: number,
    request: ClaimRequest,
    into: MutableClaim,
    choose: Choose,
  ): number => {
    const columns = request.columnsOf(mailing)
    const choice = choose(mailing.id)
    const chosen = choice === null ? [] : [choice.dueAt, choice.id, JSON.stringify(choice.avoids)]
    const candidates = candidatesOf(mailing.terms.addressKind, columns, choice !== null)
    const rows = candidates.all(mailing.id, request.now, ...chosen, limit)
    let seen = 0
    for (const row of rows) {
      if (isHeld(row, request)) continue
      const candidate = candidateFromRow(row, mailing.id, columns, earlierTextOf(row, mailing))
      const isSuspect = candidate.deaths >= SUSPECT_DEATHS
      into.wantsEmptyHand ||= isSuspect
      if (isSuspect && !(request.isHandEmpty && into.taken.length === 0)) break
      seen += 1
      const admission = request.admit(candidate, mailing)
      writeDown(candidate, admission, request, into.counts)
      if (admission.kind === 'take') into.taken.push(claimed(candidate, mailing, admission))
      else if (admission.kind === 'end') into.ended[admission.state] += 1
      if (isSuspect) break
    }
    into.seen += seen
    return seen
  }

  /** Mailings that have something due, each in turn first, so that a huge one never starves a small one. */
  const waiting = (request: ClaimRequest, ahead = 0): readonly Mailing[] => {
    const rows = active.all(request.gateway).filter((row) => due.get(row.id, request.now) !== undefined)
    turn += 1
    const start = rows.length === 0 ? 0 : (turn + Math.floor(ahead * rows.length)) % rows.length
    return [...rows.slice(start), ...rows.slice(0, start)].map(mailingFromRow)
  }

  const allowanceOf = (request: ClaimRequest, state: GatewayHealth): Allowance =>
    hold.get() === undefined ? request.allow(state, () => inHand.get(request.gateway, request.now) ?? 0) : NOTHING

  const claimAll = (request: ClaimRequest, into: MutableClaim, choose: Choose): void => {
    let mailings = waiting(request, into.allowance.isScattered ? request.random : 0)
    for (let left = Math.min(request.limit, into.allowance.most); left > 0 && mailings.length > 0; ) {
      const share = Math.ceil(left / mailings.length)
      const more = mailings.filter((mailing) => {
        const asked = Math.min(share, left)
        const seen = asked > 0 && !into.wantsEmptyHand ? claimOf(mailing, asked, request, into, choose) : 0
        left -= seen
        return seen === share
      })
      mailings = more
    }
  }

  return {
    claimDue: async (request) => {
      const { settlements, workerId } = request
      if (settlements.length === 0) {
        const allowance = allowanceOf(request, health.read(request.gateway)) // the usual case takes no lock
        const isNothingDue = waiting(request).length === 0
        if (allowance.most === 0 || isNothingDue)
          return nothing(isNothingDue ? { ...allowance, again: null } : allowance)
      }
      return write(() => {
        const counts = openCounts(db)
        const stale = settlements.length - settleRows(workerId, settlements, counts)
        const before = health.read(request.gateway)
        const into = { ...nothing(allowanceOf(request, before)), stale, counts, bookMark: bookMark() }
        for (const choose of choicesOf(into.allowance, request.now, request.random))
          if (into.seen === 0 && !into.wantsEmptyHand) claimAll(request, into, choose)
        if (into.allowance.again !== null && waiting(request).length === 0)
          into.allowance = { ...into.allowance, again: null }
        const after = taken(before, into.allowance, into.taken.length, request.probeUntil)
        if (after !== before) health.write(after)
        counts.write()
        return into
      })
    },
  }
}

interface MutableClaim {
  readonly counts: Counts
  readonly taken: Claimed[]
  readonly ended: { skipped: number; expired: number; failed: number; unknown: number }
  seen: number
  readonly stale: number
  readonly bookMark: number
  allowance: Allowance
  wantsEmptyHand: boolean
}

const nothing = (allowance: Allowance): Omit<MutableClaim, 'counts'> => ({
  taken: [],
  ended: { skipped: 0, expired: 0, failed: 0, unknown: 0 },
  seen: 0,
  stale: 0,
  bookMark: -1,
  allowance,
  wantsEmptyHand: false,
})
