// What people look at: mailings counted.
import type { Mailing } from '../../domain/mailing.ts'
import { type MessageState, noMessages } from '../../domain/message.ts'
import type { MailingCounts, StatsStore } from '../stats-store.ts'
import type { Connection } from './connection.ts'
import { MAILING_COLUMNS, type MailingRow, mailingFromRow } from './mailing-row.ts'
import { inOneView } from './one-view.ts'

type ReadingStore = Pick<StatsStore, 'countByState' | 'mailingCounts'>

export const readingStore = (connection: Connection): ReadingStore => ({
  countByState: inOneView(connection, (limit: number) => {
    const counted = countedBy(connection)
    return connection.db
      .prepare<[number], MailingRow>(`select ${MAILING_COLUMNS} from mailings order by id desc limit ?`)
      .all(limit)
      .map((row) => counted(mailingFromRow(row)))
  }),

  mailingCounts: inOneView(connection, (mailing: Mailing) => countedBy(connection)(mailing)),
})

/** Rows of a mailing that are alike. */
export interface Group {
  readonly state: MessageState
  readonly count: number
  readonly first: number
  readonly last: number
}

/** By what is counted already, and the plan. A mailing whose rows are still being written has no counts yet. */
const countedBy = ({ db }: Connection): ((mailing: Mailing) => MailingCounts) => {
  const stored = db.prepare<[number], { readonly state: MessageState; readonly count: number }>(
    'select state, count from mailing_counts where mailing_id = ?',
  )
  const fromRows = db.prepare<[number], Group>(
    `select state, count(*) as count, min(send_at) as first, max(send_at) as last
     from messages where mailing_id = ? group by state`,
  )
  return (mailing) => {
    const counts = stored.all(mailing.id)
    if (counts.length === 0 && mailing.state === 'planning') return addUp(mailing, fromRows.all(mailing.id))
    const states = noMessages()
    for (const { state, count } of counts) states[state] = count
    const instants = mailing.plan.zones.filter(({ count }) => count > 0).map(({ sendAt }) => sendAt)
    return {
      mailing,
      total: counts.reduce((sum, { count }) => sum + count, 0),
      states,
      firstSendAt: instants.length === 0 ? null : Math.min(...instants),
      lastSendAt: instants.length === 0 ? null : Math.max(...instants),
    }
  }
}

export const addUp = (mailing: Mailing, groups: readonly Group[]): MailingCounts => {
  const states = noMessages()
  for (const { state, count } of groups) states[state] += count
  const promised = groups.filter(({ state }) => state !== 'skipped')
  return {
    mailing,
    total: groups.reduce((sum, { count }) => sum + count, 0),
    states,
    firstSendAt: promised.length === 0 ? null : Math.min(...promised.map(({ first }) => first)),
    lastSendAt: promised.length === 0 ? null : Math.max(...promised.map(({ last }) => last)),
  }
}
