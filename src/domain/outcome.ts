// Reply + message + now -> the next row. The state machine of a message, pure.
import { backoff } from './backoff.ts'
import type { Mailing } from './mailing.ts'
import type { Claimed, MessageState, Settlement } from './message.ts'
import { nextOpening } from './send-time.ts'

/** What a gateway can say, and nothing else. `quick`: worth another try within seconds (a refused connection, 502). */
export type Reply =
  | { readonly kind: 'accepted'; readonly ref: string | null }
  /** This message, for ever. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Not taken. `retryAfter` in ms: the whole gateway rests. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAfter?: number; readonly quick?: boolean }
  /** May have been taken. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly quick?: boolean }
  /** The gateway itself is at fault (401, redirect, TLS): it rests, the message keeps its attempt. */
  | { readonly kind: 'misconfigured'; readonly reason: string }

/** How long a gateway rests when it is misconfigured: long enough to look, short enough to go on by itself after the mend. */
export const MISCONFIGURED_REST_MS = 60_000

export interface Situation {
  readonly now: number
  /** Uniform in [0, 1). */
  readonly random: number
  /** A repeat with the same key has no second effect at this gateway. */
  readonly honoursKey: boolean
  readonly mailing: Pick<Mailing, 'at' | 'until' | 'expiresAt'>
}

/** The next row of a message after its reply. */
export const decideOutcome = (reply: Reply, message: Claimed, situation: Situation): Settlement => {
  switch (reply.kind) {
    case 'accepted':
      return { ...final(message, 'sent', null, situation.now), gatewayRef: reply.ref }
    case 'refused':
      return final(message, 'failed', reply.reason, situation.now)
    case 'unavailable':
      return later(message, reply.reason, waitAfter(reply.retryAfter, message, situation), situation, false)
    case 'unknown':
      return situation.honoursKey
        ? later(message, reply.reason, backoff(message.attempts, situation.random), situation, false)
        : final(message, 'unknown', reply.reason, situation.now)
    case 'misconfigured':
      return later(message, reply.reason, MISCONFIGURED_REST_MS, situation, true)
    default:
      return reply satisfies never
  }
}

/** Nothing was tried: the row goes back as it was, due at once, with its attempt. */
export const handBack = (message: Claimed, now: number): Settlement => ({
  ...final(message, 'scheduled', null, now),
  dueAt: now,
  settledAt: null,
  attemptBack: true,
})

const waitAfter = (retryAfter: number | undefined, message: Claimed, situation: Situation): number =>
  Math.max(retryAfter ?? 0, backoff(message.attempts, situation.random))

/** Again later: never outside the hours of the mailing, and not after its end (where the claim finds it expired). */
const later = (
  message: Claimed,
  reason: string,
  wait: number,
  situation: Situation,
  attemptBack: boolean,
): Settlement => {
  const { at, until, expiresAt } = situation.mailing
  const opening = nextOpening(situation.now + wait, at, until, message.zone)
  return {
    ...final(message, 'scheduled', reason, situation.now),
    dueAt: Math.min(opening, expiresAt),
    settledAt: null,
    attemptBack,
  }
}

const final = (message: Claimed, state: MessageState, reason: string | null, now: number): Settlement => ({
  id: message.id,
  attempts: message.attempts,
  state,
  reason,
  dueAt: null,
  gatewayRef: null,
  settledAt: now,
  attemptBack: false,
})
