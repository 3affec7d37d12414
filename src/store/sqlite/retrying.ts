// The sentences about messages that did not arrive. They are read page by page before each turn: a few thousand of them among
// ten million are found by an index of their own.
import type Database from 'better-sqlite3'
import { Fixable } from '../../domain/errors.ts'
import type { MailingState } from '../../domain/mailing.ts'
import type { TroubleState } from '../../domain/message.ts'
import { doubtOf, type RetryFate, type TroubledMessage } from '../../domain/retry.ts'
import type { RetryAct, RetryCounts, RetryRequest, RetryStore } from '../retry-store.ts'
import { openBulkAct } from './bulk-act.ts'
import type { Connection } from './connection.ts'
import { openCounts } from './counts.ts'
import { openTurns } from './turns.ts'

/** Rows a page, and a transaction: about 20 ms. */
const PAGE = 1_000

export const retryStore = (connection: Connection): RetryStore => ({
  countRetry: async (request) => {
    const counts = noRetries()
    for (const { rows, state } of pagesOf(connection.db, request)) add(counts, state, rows)
    return counts
  },

  retryMessages: async (request, act, stop) => {
    const { db } = connection
    const counts = noRetries()
    const turns = openTurns(connection)
    const audit = openBulkAct(db, 'messages retried', act, act.detail, { mailingId: request.mailingId })
    const write = openWriting(db, request, act)
    for (const { rows, state } of pagesOf(db, request)) {
      if (stop.aborted) break
      const asked = rows.filter(({ fate }) => fate !== 'forgotten')
      add(
        counts,
        state,
        rows.filter(({ fate }) => fate === 'forgotten'),
      )
      if (asked.length === 0) continue
      const written = await turns.take(() => {
        const changed = write(state, asked)
        audit.note(changed.length)
        return changed
      })
      audit.keep()
      add(counts, state, written)
    }
    return counts
  },
})

interface Decided {
  readonly row: TroubledMessage
  readonly fate: RetryFate
}

interface Page {
  readonly state: TroubleState
  readonly rows: readonly Decided[]
}

/** What is meant, page by page: each page is read whole before it is handed out, so that no cursor is open while others write. */
function* pagesOf(db: Database.Database, request: RetryRequest): Generator<Page> {
  const next = db.prepare<unknown[], TroubledMessage>(PAGE_SQL)
  let left = request.limit ?? Infinity
  for (const state of request.states) {
    for (let after = 0; left > 0; ) {
      const { mailingId, to, settledBy } = request
      const page = next.all({ mailingId, state, to, settledBy, now: request.now(), after, limit: PAGE })
      const last = page.at(-1)
      if (last === undefined) break
      after = last.recipientId
      const rows = chosen(page, request, left)
      left -= rows.filter(({ fate }) => fate !== 'forgotten').length
      if (rows.length > 0) yield { state, rows }
    }
  }
}

const chosen = (page: readonly TroubledMessage[], { decide }: RetryRequest, most: number): readonly Decided[] => {
  const rows: Decided[] = []
  let left = most
  for (const row of page) {
    if (left === 0) break
    const fate = decide(row)
    if (fate === null) continue
    rows.push({ row, fate })
    if (fate !== 'forgotten') left -= 1
  }
  return rows
}

const PAGE_SQL = `select m.id, m.recipient_id as recipientId, m.state, m.reason, m.send_at as sendAt,
    m.settled_at as settledAt, m.doubt_since as doubtSince
  from messages m indexed by messages_trouble
  where m.mailing_id = @mailingId and m.state = @state and m.state in ('failed', 'unknown', 'expired')
    and m.recipient_id > @after and (m.settled_at is null or m.settled_at <= @settledBy or m.settled_at > @now)
    and (@to is null or m.address = @to
      or exists (select 1 from recipients r where r.id = m.recipient_id and (r.phone = @to or r.email = @to)))
  order by m.recipient_id limit @limit`

/**
 * The attempt number stays: a late worker of an earlier attempt meets its fence. That it was once to leave at any hour does not:
 * it was said of that hour. What ended before its hour had come (by a clock that was ahead) waits for it.
 */
const AGAIN = `update messages set state = 'scheduled', due_at = max(@now, send_at), reason = null, settled_at = null, gateway_ref = null,
  deaths = 0, any_hour = 0`
const STILL = 'where id = @id and state = @state'

const openWriting = (db: Database.Database, { mailingId }: RetryRequest, act: RetryAct) => {
  const reopen = db.prepare(
    `update mailings set state = iif(state = 'done', 'active', state), reason = iif(state = 'done', null, reason),
       expires_at = iif(state = 'done', @expiresAt, max(expires_at, @expiresAt))
     where id = @mailingId and state in ('active', 'paused', 'done')`,
  )
  const state = db.prepare<[number], MailingState>('select state from mailings where id = ?').pluck()
  const renew = db.prepare(
    `${AGAIN}, resend = resend + 1, address = null, text = null, text_no = null, doubt_since = null ${STILL}`,
  )
  const repeat = db.prepare(`${AGAIN}, doubt_since = @doubtSince ${STILL}`)
  /** Inside a transaction; returns those that still rested. */
  return (from: TroubleState, rows: readonly Decided[]): readonly Decided[] => {
    if (reopen.run({ mailingId, expiresAt: act.expiresAt }).changes === 0)
      throw changedMeanwhile(mailingId, state.get(mailingId))
    const counts = openCounts(db)
    const written = rows.filter(({ row, fate }) => {
      const values = { id: row.id, state: from, now: act.at }
      const { changes } = fate === 'repeat' ? repeat.run({ ...values, doubtSince: doubtOf(row) }) : renew.run(values)
      return changes > 0
    })
    counts.move(mailingId, from, 'scheduled', written.length)
    counts.write()
    return written
  }
}

const changedMeanwhile = (id: number, state: MailingState | undefined): Fixable =>
  new Fixable('state', `mailing ${id} is ${state ?? 'gone'} meanwhile: somebody else changed it`)

const noRetries = () => ({
  byState: { failed: 0, unknown: 0, expired: 0 },
  byFate: { new: 0, repeat: 0, renew: 0, forgotten: 0 },
})

const add = (counts: ReturnType<typeof noRetries>, state: TroubleState, rows: readonly Decided[]): RetryCounts => {
  for (const { fate } of rows) {
    counts.byFate[fate] += 1
    if (fate !== 'forgotten') counts.byState[state] += 1
  }
  return counts
}
