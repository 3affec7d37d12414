// Messages listed: of one mailing or of all, the newest first, page by page along an index.
import type { MessageState, TroubleState } from '../../domain/message.ts'
import { TROUBLE_STATES } from '../../domain/message.ts'
import type { MessageFilter, MessagePlace, MessageRow, MessageStore } from '../message-store.ts'
import type { Connection } from './connection.ts'

type ListingStore = Pick<MessageStore, 'listMessages' | 'countMessages'>

export const listingStore = ({ db }: Connection): ListingStore => {
  // SQLite's own `like` knows upper and lower case of ASCII only
  db.function('says', { deterministic: true }, (reason: string | null, words: string) =>
    reason?.toLowerCase().includes(words) === true ? 1 : 0,
  )
  const read = <T>(sql: string, section: Section, filter: MessageFilter, after: number, limit: number): T[] =>
    db.prepare<unknown[], T>(sql).all({
      ...section,
      after,
      limit,
      error: filter.error?.toLowerCase() ?? null,
      recipientId: filter.recipientId ?? null,
    })
  return {
    listMessages: async ({ after = null, limit, ...filter }) => {
      const rows: MessageRow[] = []
      for (const section of sectionsOf(db, filter, after)) {
        if (rows.length >= limit) break
        const from = isAt(section, after) ? (after?.recipientId ?? 0) : 0
        rows.push(...read<MessageRow>(pageSql(section), section, filter, from, limit - rows.length))
      }
      return rows
    },

    countMessages: async (filter) => {
      if (filter.error === undefined && filter.recipientId === undefined) {
        const counted = db.prepare<unknown[], number>(COUNTED).pluck()
        return counted.get({ mailingId: filter.mailingId ?? null, state: filter.state ?? null }) ?? 0
      }
      let total = 0
      for (const section of sectionsOf(db, filter, null))
        total += read<{ count: number }>(countSql(section), section, filter, 0, 0)[0]?.count ?? 0
      return total
    },
  }
}

/** A mailing, or its rows in one state: read along one index. */
interface Section {
  readonly mailingId: number
  readonly state: MessageState | null
}

const COUNTED = `select sum(count) from mailing_counts
  where (@mailingId is null or mailing_id = @mailingId) and (@state is null or state = @state)`

/** Where there is something to find: by the counts. A mailing that is asked for by its number is looked into whatever they say. */
const SECTIONS = `select distinct mailing_id from mailing_counts
  where count > 0 and mailing_id <= @last and (state in (select value from json_each(@states)) or @states is null)
  order by mailing_id desc`

/** What did not arrive has its reason in one of three states; elsewhere a reason is no error. */
const statesOf = ({ state, error }: MessageFilter): readonly MessageState[] | null => {
  if (state !== undefined) return [state]
  return error === undefined ? null : TROUBLE_STATES
}

const sectionsOf = (db: Connection['db'], filter: MessageFilter, after: MessagePlace | null): readonly Section[] => {
  const states = statesOf(filter)
  const mailings =
    filter.mailingId === undefined
      ? db
          .prepare<unknown[], number>(SECTIONS)
          .pluck()
          .all({ last: after?.mailingId ?? Number.MAX_SAFE_INTEGER, states: states && JSON.stringify(states) })
      : [filter.mailingId]
  const sections = mailings.flatMap((mailingId) => (states ?? [null]).map((state) => ({ mailingId, state })))
  const start = sections.findIndex((section) => isAt(section, after))
  return sections.slice(Math.max(0, start))
}

const isAt = ({ mailingId, state }: Section, after: MessagePlace | null): boolean =>
  after !== null && mailingId === after.mailingId && (state === null || state === after.state)

const isTrouble = (state: MessageState | null): state is TroubleState => TROUBLE_STATES.some((one) => one === state)

/** The condition of the index is written out: a bound state would not find it. */
const rowsOf = ({ state }: Section): string => {
  const place = 'm.mailing_id = @mailingId and m.recipient_id > @after'
  const wishes = `(@error is null or says(m.reason, @error)) and (@recipientId is null or m.recipient_id = @recipientId)`
  return isTrouble(state)
    ? `messages m indexed by messages_trouble
       where ${place} and m.state = @state and m.state in ('failed', 'unknown', 'expired') and ${wishes}`
    : `messages m indexed by messages_once where ${place} and (@state is null or m.state = @state) and ${wishes}`
}

/** Joined after the limit: only what is shown is looked up. */
const pageSql = (section: Section): string =>
  `select m.id, m.mailing_id as mailingId, g.uid as mailingUid, g.name as mailingName, g.on_date as mailingOn,
     m.recipient_id as recipientId, r.created_at as recipientCreatedAt, r.name as recipientName, m.address, m.zone,
     m.send_at as sendAt, m.due_at as dueAt, m.state, m.reason, m.attempts, m.resend, m.gateway_ref as gatewayRef,
     m.settled_at as settledAt
   from (select * from ${rowsOf(section)} order by m.recipient_id limit @limit) m
   join recipients r on r.id = m.recipient_id join mailings g on g.id = m.mailing_id order by m.recipient_id`

const countSql = (section: Section): string => `select count(*) as count from ${rowsOf(section)} and @limit = 0`
