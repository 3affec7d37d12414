// An operator ends one message, or sends it now: which state allows what.
import { Fixable } from '../domain/errors.ts'
import type { Mailing } from '../domain/mailing.ts'
import type { MessageState } from '../domain/message.ts'
import { nextOpening } from '../domain/send-time.ts'
import type { MessageDetail } from '../store/act-store.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import type { Store } from '../store/store.ts'
import { ROWS_AT_WORK } from './rows-at-work.ts'

interface Powers {
  readonly store: Pick<Store, 'findMessage' | 'findMailing' | 'cancelMessage' | 'sendMessageNow'>
}

export interface OwnMessage {
  readonly message: MessageDetail
  readonly mailing: Mailing
}

/** Fixable('notFound') where no message has this number. */
export const messageNumbered = async ({ store }: Powers, id: number): Promise<OwnMessage> => {
  const message = await store.findMessage(id)
  const mailing = message === null ? null : await store.findMailing(message.mailingId)
  if (message !== null && mailing !== null) return { message, mailing }
  throw new Fixable('notFound', `there is no message ${id}`, 'Its number is in notify messages list MAILING.')
}

/** Fixable('state') where cancelMessage would refuse. */
export const allowMessageCancel = ({ message, mailing }: OwnMessage): void => {
  if (message.state !== 'scheduled' && message.state !== 'cancelled') throw notNow(message, 'cancelled')
  if (message.state === 'cancelled' || mailing.state !== 'planning') return
  throw new Fixable(
    'state',
    `message ${message.id} cannot be cancelled now: its mailing ${mailing.id} is planning`,
    ROWS_AT_WORK,
  )
}

/** It never leaves; where it may have left before, it is unknown. Cancelled already: changes nothing. */
export const cancelMessage = async ({ store }: Powers, own: OwnMessage, by: OperatorAct): Promise<MessageState> => {
  allowMessageCancel(own)
  if (own.message.state === 'cancelled') return 'cancelled'
  const state = await store.cancelMessage(own.message.id, by)
  if (state === null) throw meanwhile(own.message)
  return state
}

/** Fixable('state') where sendMessageNow would refuse. */
export const allowSendNow = ({ message, mailing }: OwnMessage): void => {
  if (message.state !== 'scheduled') throw notNow(message, 'sent now')
  if (mailing.state === 'active') return
  const help =
    mailing.state === 'paused' ? `Let the mailing go on first: notify mailings resume ${mailing.id}` : undefined
  throw new Fixable(
    'state',
    `message ${message.id} cannot be sent now: its mailing ${mailing.id} is ${mailing.state}`,
    help,
  )
}

/** Whether its mailing would let it leave at this hour of its recipient. */
export const isWithinHours = ({ message, mailing }: OwnMessage, now: number): boolean =>
  nextOpening(now, mailing.at, mailing.until, message.zone) === now

/** Due at once, whatever the hour there; what was promised (send_at) stays. */
export const sendMessageNow = async ({ store }: Powers, own: OwnMessage, by: OperatorAct): Promise<void> => {
  allowSendNow(own)
  const sent = await store.sendMessageNow(own.message.id, !isWithinHours(own, by.at), by)
  if (!sent) throw meanwhile(own.message)
}

const notNow = ({ id, state }: MessageDetail, done: string): Fixable =>
  new Fixable('state', `message ${id} is ${state}: it cannot be ${done}`, HELP[state])

const HELP: Readonly<Partial<Record<MessageState, string>>> = {
  sending: 'A worker has it in hand: it may have left. Look again in a minute.',
  failed: 'What failed is tried again by notify retry MAILING.',
  unknown: 'What is unknown is tried again by notify retry MAILING --state unknown.',
  expired: 'What expired is tried again by notify retry MAILING --state expired.',
  skipped: 'See why: notify messages show. A mailing that is edited or replanned looks at it again.',
}

const meanwhile = ({ id }: MessageDetail): Fixable =>
  new Fixable(
    'state',
    `message ${id} was taken or changed meanwhile; nothing is changed`,
    `Look: notify messages show ${id}`,
  )
