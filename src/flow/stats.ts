// Counts as data: all mailings, one mailing, the shape of its day.
import { type CountByState, MESSAGE_STATES, noMessages } from '../domain/message.ts'
import type { AnswerGroup, Dimension, HourCount, ZoneDetail } from '../store/answer-store.ts'
import type { MailingCounts } from '../store/stats-store.ts'
import type { Store } from '../store/store.ts'

export interface Overview {
  /** Newest first. */
  readonly mailings: readonly MailingCounts[]
  /** Of the mailings above. */
  readonly total: number
  readonly states: CountByState
  /** Mailings that the limit left out. */
  readonly more: number
}

/** The newest mailings with their counts; `limit` null: all of them. */
export const overview = async (
  { store }: { readonly store: Pick<Store, 'countByState' | 'listMailings'> },
  limit: number | null,
): Promise<Overview> => {
  const mailings = await store.countByState(limit ?? Number.MAX_SAFE_INTEGER)
  const known = mailings.length === limit ? (await store.listMailings({})).length : mailings.length
  return {
    mailings,
    total: mailings.reduce((sum, { total }) => sum + total, 0),
    states: addUp(mailings.map(({ states }) => states)),
    more: known - mailings.length,
  }
}

const addUp = (counts: readonly CountByState[]): CountByState => {
  const sum = noMessages()
  for (const states of counts) for (const state of MESSAGE_STATES) sum[state] += states[state]
  return sum
}

/** How far a mailing is, of the messages that were to be sent: those skipped or cancelled are not in it. */
export interface Progress {
  readonly sent: number
  /** failed, unknown, expired */
  readonly trouble: number
  /** scheduled, sending */
  readonly waiting: number
  readonly all: number
}

export const progressOf = (states: CountByState): Progress => {
  const trouble = states.failed + states.unknown + states.expired
  const waiting = states.scheduled + states.sending
  return { sent: states.sent, trouble, waiting, all: states.sent + trouble + waiting }
}

export interface Day {
  /** Start of the first step, UTC. */
  readonly from: number
  /** End of the last step. */
  readonly to: number
  /** Messages that leave in each step. */
  readonly counts: readonly number[]
}

const HOUR = 3_600_000

/** Messages by the hour in which they leave, first to last; steps grow where that would be more than `most` of them. */
export const dayOf = (zones: readonly Pick<ZoneDetail, 'sendAt' | 'total' | 'states'>[], most: number): Day | null => {
  const leaving = zones
    .map(({ sendAt, total, states }) => ({ sendAt, count: total - states.skipped }))
    .filter(({ count }) => count > 0)
  if (leaving.length === 0) return null
  const first = Math.min(...leaving.map(({ sendAt }) => sendAt))
  const from = first - (first % HOUR)
  const hours = Math.floor((Math.max(...leaving.map(({ sendAt }) => sendAt)) - from) / HOUR) + 1
  const step = Math.ceil(hours / most) * HOUR
  const counts = Array.from({ length: Math.ceil((hours * HOUR) / step) }, () => 0)
  for (const { sendAt, count } of leaving) {
    const index = Math.floor((sendAt - from) / step)
    counts[index] = (counts[index] ?? 0) + count
  }
  return { from, to: from + counts.length * step, counts }
}

/** What was sent in each step of the same day; what left before it or after it is not in it. */
export const sentIn = (day: Day, sentByHour: readonly HourCount[]): Day => {
  const step = (day.to - day.from) / day.counts.length
  const counts = day.counts.map(() => 0)
  for (const { hour, count } of sentByHour) {
    const index = Math.floor((hour - day.from) / step)
    if (index >= 0 && index < counts.length) counts[index] = (counts[index] ?? 0) + count
  }
  return { ...day, counts }
}

export interface Group extends AnswerGroup {
  /** By hour: what was really sent within it. */
  readonly sentThen?: number
}

/** Messages by one thing. By hour the one in which they are to leave, and beside it what did leave in that hour. */
export const groupsBy = async (
  { store }: { readonly store: Pick<Store, 'countBy' | 'sentByHour'> },
  mailingId: number | null,
  by: Dimension,
): Promise<readonly Group[]> => {
  const planned = await store.countBy(mailingId, by)
  if (by !== 'hour') return planned
  const sent = new Map((await store.sentByHour(mailingId)).map(({ hour, count }) => [String(hour), count]))
  const groups: Group[] = planned.map(({ key, total, states }) => ({
    key,
    total,
    states,
    sentThen: sent.get(key) ?? 0,
  }))
  for (const { key } of planned) sent.delete(key)
  return [...groups, ...[...sent].map(([key, sentThen]) => ({ key, total: 0, states: noMessages(), sentThen }))]
}
