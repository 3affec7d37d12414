// One story in the order of time: a mailing, a message, a recipient; from their rows, their attempts and what operators did.
import type { Mailing } from '../domain/mailing.ts'
import { MESSAGE_STATES } from '../domain/message.ts'
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
}

type Powers = {
  readonly store: Pick<Store, 'actsAbout' | 'messagesOf' | 'sentSpan' | 'mailingDetail' | 'attemptsOf'>
}

/** Scheduled, what operators did to it, its first and its last message, and how it stands now. */
export const storyOfMailing = async (
  { store }: Powers,
  mailing: Mailing,
  now: number,
  limit: number,
): Promise<readonly StoryEvent[]> => {
  const { id, createdAt, createdBy, plan, on, at, until, gateway } = mailing
  const detail = { messages: plan.total, zones: plan.zones.length, on, at, until, gateway }
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
      : [happened(span.first, 'first message sent', null), happened(span.last, 'last message sent', null)]
  const standing = happened(now, `mailing ${mailing.state} now`, { ...counts, ...troubles })
  return inOrder([scheduled, ...(await store.actsAbout({ mailingId: id }, limit)).map(acted), ...sent, standing])
}

/** Planned, each attempt that is remembered, what operators did to it, and what became of it. */
export const storyOfMessage = async (
  { store }: Powers,
  message: MessageDetail,
  limit: number,
): Promise<readonly StoryEvent[]> => {
  const { id, sendAt, settledAt, state, reason, attempts, gatewayRef } = message
  const tried = (await store.attemptsOf(id)).map(attempted)
  const isTold = tried.some(({ at, event }) => at === settledAt && event === `message ${state}`)
  const ref = gatewayRef === null ? {} : { gatewayRef }
  const end =
    settledAt === null || isTold
      ? []
      : [{ ...happened(settledAt, `message ${state}`, { attempt: attempts, ...ref }), why: reason }]
  const acts = (await store.actsAbout({ messageId: id }, limit)).map(acted)
  return inOrder([happened(sendAt, 'message due', null), ...tried, ...acts, ...end])
}

/** Known since when, what operators did, and each message of each mailing. */
export const storyOfRecipient = async (
  { store }: Powers,
  recipient: Recipient,
  limit: number,
): Promise<readonly StoryEvent[]> => {
  const acts = (await store.actsAbout({ recipientId: recipient.id }, limit)).map(acted)
  const isTold = acts.some(({ event }) => event === 'recipient added')
  const known = isTold ? [] : [happened(recipient.createdAt, 'recipient added', null)]
  return inOrder([...known, ...acts, ...(await store.messagesOf(recipient.id, limit)).map(received)])
}

const happened = (at: number, event: string, detail: StoryEvent['detail']): StoryEvent => ({
  at,
  event,
  who: null,
  why: null,
  detail,
})

const attempted = ({ at, attempt, state, reason }: PastAttempt): StoryEvent => ({
  at,
  event: state === 'scheduled' ? 'again later' : `message ${state}`,
  who: null,
  why: reason,
  detail: { attempt },
})

const acted = ({ at, what, who, why, detail }: AuditRow): StoryEvent => ({
  at,
  event: what,
  who,
  why,
  detail: detailOf(detail),
})

const received = ({ id, mailingId, mailing, sendAt, state, reason, settledAt }: RecipientMessage): StoryEvent => ({
  ...happened(settledAt ?? sendAt, `message ${state}`, { message: id, mailing: mailingId, name: mailing }),
  why: reason,
})

const detailOf = (json: string | null): StoryEvent['detail'] => {
  const value: unknown = json === null ? null : JSON.parse(json)
  return typeof value === 'object' && value !== null ? { ...value } : null
}

const inOrder = (events: readonly StoryEvent[]): readonly StoryEvent[] => events.toSorted((a, b) => a.at - b.at)
