// One story in the order of time: a mailing, a message, a recipient; from their rows, their attempts and what operators did.
import type { Mailing } from '../domain/mailing.ts'
import { type CountByState, MESSAGE_STATES } from '../domain/message.ts'
import type { MessageDetail, PastAttempt } from '../store/act-store.ts'
import type { Recipient, RecipientMessage } from '../store/address-book-store.ts'
import type { AuditRow } from '../store/answer-store.ts'
import type { Store } from '../store/store.ts'

export interface StoryEvent {
  readonly at: number
  /** What happened, in the words of the audit: 'mailing paused', 'message sent'. */
  readonly event: string
  readonly who: string | null
  readonly why: string | null
  readonly detail: Readonly<Record<string, unknown>> | null
  /** Of a message: by which clock its recipient lives; null: it is not about one. */
  readonly zone: string | null
}

type Powers = {
  readonly store: Pick<Store, 'actsAbout' | 'messagesOf' | 'sentSpan' | 'mailingDetail' | 'attemptsOf' | 'blocksOf'>
}

/** Scheduled, what operators did to it, its first and its last message, and how it stands now. */
export const storyOfMailing = async (
  { store }: Powers,
  mailing: Mailing,
  now: number,
  limit: number,
): Promise<readonly StoryEvent[]> => {
  const { id, createdAt, createdBy, plan, on, at, until, gateway } = mailing
  const acts = (await store.actsAbout({ mailingId: id }, limit)).map(acted)
  const detail = asItWas({ messages: plan.total, zones: plan.zones.length, on, at, until, gateway }, acts)
  const scheduled = { ...happened(createdAt, 'mailing scheduled', detail), who: createdBy }
  const span = await store.sentSpan(id)
  const { states, reasons } = await store.mailingDetail(mailing)
  const counts = Object.fromEntries(
    MESSAGE_STATES.filter((state) => states[state] > 0).map((state) => [state, states[state]]),
  )
  const troubles = Object.fromEntries(reasons.map(({ state, reason, count }) => [`${state} (${reason})`, count]))
  const sent =
    span === null
      ? []
      : [
          happened(span.first, 'first message sent', null),
          happened(span.last, isOver(states) ? 'last message sent' : 'message sent, the latest so far', null),
        ]
  const standing = happened(now, `mailing ${mailing.state} now`, { ...counts, ...troubles })
  return inOrder([scheduled], acts, [...sent, standing])
}

const isOver = ({ scheduled, sending }: CountByState): boolean => scheduled + sending === 0

/** What the mailing says now, taken back through its edits: each tells [before, after]. */
const asItWas = (
  now: Readonly<Record<string, unknown>>,
  acts: readonly StoryEvent[],
): Readonly<Record<string, unknown>> => {
  const was = { ...now }
  for (const { detail } of acts.toReversed()) {
    for (const [name, change] of Object.entries(detail ?? {})) {
      if (name in was && Array.isArray(change)) was[name] = change[0]
    }
  }
  return was
}

/** Planned, each attempt that is remembered, what operators did to it or to its mailing meanwhile, and what became of it. */
export const storyOfMessage = async (
  { store }: Powers,
  message: MessageDetail,
  mailing: Pick<Mailing, 'id' | 'name' | 'createdAt' | 'createdBy'>,
  limit: number,
): Promise<readonly StoryEvent[]> => {
  const { id, sendAt, settledAt, state, reason, attempts, gatewayRef } = message
  const planned = happened(mailing.createdAt, 'message planned', { mailing: mailing.id, name: mailing.name })
  const tried = (await store.attemptsOf(id)).map(attempted)
  const isTold = tried.some(({ at, event }) => at === settledAt && event === `message ${state}`)
  const ref = gatewayRef === null ? {} : { gatewayRef }
  const end =
    settledAt === null || isTold
      ? []
      : [{ ...happened(settledAt, `message ${state}`, { attempt: attempts, ...ref }), why: reason }]
  const ofMailing = (await store.actsAbout({ mailingId: mailing.id }, limit)).filter(
    (act) => act.messageId === null && act.recipientId === null && act.at <= (settledAt ?? act.at),
  )
  const own = await store.actsAbout({ messageId: id }, limit)
  const acts = [...own, ...ofMailing].toSorted((a, b) => a.id - b.id)
  const zone = zoneOf(message)
  const born = [{ ...planned, who: mailing.createdBy }, happened(sendAt, 'message due', null), ...tried]
  return inOrder(
    born.map((event) => Object.assign(event, { zone })),
    acts.map((act) => Object.assign(acted(act), { zone: act.messageId === id ? zone : null })),
    end.map((event) => Object.assign(event, { zone })),
  )
}

/** Known since when, what operators did, the blocklist, and each message of each mailing. */
export const storyOfRecipient = async (
  { store }: Powers,
  recipient: Recipient,
  limit: number,
): Promise<readonly StoryEvent[]> => {
  const { id, createdAt, updatedAt, phone, email } = recipient
  const acts = (await store.actsAbout({ recipientId: id }, limit)).map(acted)
  const isTold = acts.some(({ event }) => event === 'recipient added')
  const known = isTold ? [] : [happened(createdAt, 'recipient added', null)]
  // an import leaves no act for each recipient: only when it wrote last is known
  const changed =
    updatedAt === createdAt || acts.some(({ at }) => at === updatedAt)
      ? []
      : [happened(updatedAt, 'recipient changed', null)]
  const blocks = await store.blocksOf([phone, email].filter((address) => address !== null))
  const blocked = blocks.map(({ at, who, why }) => Object.assign(happened(at, 'address blocked', null), { who, why }))
  const messages = (await store.messagesOf(id, limit)).map(received)
  return inOrder([...known, ...changed], acts, [...blocked, ...messages]).slice(-limit)
}

const zoneOf = ({ zone }: { readonly zone: string }): string | null => (zone === '' ? null : zone)

const happened = (at: number, event: string, detail: StoryEvent['detail']): StoryEvent => ({
  at,
  event,
  who: null,
  why: null,
  detail,
  zone: null,
})

const attempted = ({ at, attempt, state, reason }: PastAttempt): StoryEvent => ({
  at,
  event: state === 'scheduled' ? 'again later' : `message ${state}`,
  who: null,
  why: reason,
  detail: { attempt },
  zone: null,
})

const acted = ({ at, what, who, why, detail }: AuditRow): StoryEvent => ({
  at,
  event: what,
  who,
  why,
  detail: detailOf(detail),
  zone: null,
})

const received = (message: RecipientMessage): StoryEvent => {
  const { id, mailingId, mailing, sendAt, state, reason, settledAt } = message
  return {
    ...happened(settledAt ?? sendAt, `message ${state}`, { message: id, mailing: mailingId, name: mailing }),
    why: reason,
    zone: zoneOf(message),
  }
}

/** What an act changed, as the audit keeps it. */
export const detailOf = (json: string | null): StoryEvent['detail'] => {
  const value: unknown = json === null ? null : JSON.parse(json)
  return typeof value === 'object' && value !== null ? { ...value } : null
}

/** By time; but acts in the order in which they were done, also where the clock was set back between them. */
const inOrder = (
  before: readonly StoryEvent[],
  acts: readonly StoryEvent[],
  after: readonly StoryEvent[],
): readonly StoryEvent[] => {
  let latest = 0
  const placed = acts.map((event) => {
    latest = Math.max(latest, event.at)
    return { event, place: latest }
  })
  const byTime = (event: StoryEvent) => ({ event, place: event.at })
  return [...before.map(byTime), ...placed, ...after.map(byTime)]
    .toSorted((a, b) => a.place - b.place)
    .map(({ event }) => event)
}
