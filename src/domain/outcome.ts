// Reply + message + now -> the next row. The state machine of a message, pure.
import { backoff } from './backoff.ts'
import type { Mailing } from './mailing.ts'
import type { Claimed, MessageState, Settlement } from './message.ts'
import { nextOpening } from './send-time.ts'

/** What a gateway can say, and nothing else. `quick`: worth another try within seconds (a refused connection, 502). */
export type Reply =
  | { readonly kind: 'accepted'; readonly ref: string | null }
  /** This message, for ever. `perhapsOurs` (404): every message alike, should the gateway take none at all. */
  | { readonly kind: 'refused'; readonly reason: string; readonly perhapsOurs?: boolean }
  /**
   * Not taken. `retryAfter` in ms: the gateway said when; 0: it said later, and not when. `untried`: it was we who let nothing of
   * it leave. `blameless`: nothing of the message had left, so it cannot be to blame.
   */
  | {
      readonly kind: 'unavailable'
      readonly reason: string
      readonly retryAfter?: number
      readonly quick?: boolean
      readonly untried?: true
      readonly blameless?: boolean
    }
  /** May have been taken. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly quick?: boolean }
  /**
   * The gateway itself is at fault (401, redirect, TLS): it rests, the message keeps its attempt. `perhapsTheirs` (403): a refusal
   * of this message, should the gateway take others.
   */
  | {
      readonly kind: 'misconfigured'
      readonly reason: string
      readonly blameless?: boolean
      readonly perhapsTheirs?: boolean
    }

/** Until a message that was not to blame is tried again, ms: its gateway rests meanwhile, and another one probes it. */
const BLAMELESS_WAIT_MS = 5_000
/** Where a repeat may be a second effect, the gateway gets this long to be done with the first (RFC 5321, 4.5.3.2.6). */
export const DOUBTFUL_WAIT_MS = 600_000

export interface Situation {
  readonly now: number
  /** Uniform in [0, 1). */
  readonly random: number
  readonly mailing: Pick<Mailing, 'at' | 'until' | 'expiresAt'>
  /** It was sent to find out whether its gateway is back. */
  readonly isProbe: boolean
  /** Others are taken meanwhile, so that what failed is its own fault. */
  readonly isToBlame: boolean
  readonly gateway: KeyRules
}

/** What a repeat with the same key does at a gateway. */
export interface KeyRules {
  /** It has no second effect. */
  readonly honoursKey: boolean
  /** Where it has: repeat a message that may have been taken, once, or hold it for a person. */
  readonly onUnknown: 'repeat' | 'hold'
  /** A key is remembered this long after its first use, ms. */
  readonly keyRetentionMs: number
}

/** The next row of a message after its reply. */
export const decideOutcome = (reply: Reply, message: Claimed, situation: Situation): Settlement => {
  const { now, random } = situation
  switch (reply.kind) {
    case 'accepted':
      return { ...final(message, 'sent', null, now), gatewayRef: reply.ref }
    case 'refused': {
      // The refusal may be of the repeat alone.
      const mayBeTaken = message.doubtSince !== null && !situation.gateway.honoursKey
      return final(message, mayBeTaken ? 'unknown' : 'failed', reply.reason, now)
    }
    case 'unavailable': {
      const rest = reply.retryAfter
      const wait = Math.max(rest ?? 0, backoff(message.attempts, random))
      const attemptBack = !situation.isToBlame && (situation.isProbe || rest !== undefined)
      return { ...later(message, reply.reason, wait, situation), attemptBack }
    }
    case 'unknown':
      return inDoubt(reply.reason, message, situation)
    case 'misconfigured':
      return situation.isToBlame
        ? later(message, reply.reason, backoff(message.attempts, random), situation)
        : { ...later(message, reply.reason, BLAMELESS_WAIT_MS, situation), attemptBack: true }
    default:
      return reply satisfies never
  }
}

/** It may have been taken: again with the same key, or, where that may be a second effect, once, or not at all. */
const inDoubt = (reason: string, message: Claimed, situation: Situation): Settlement => {
  const { now, random, gateway } = situation
  const doubtSince = message.doubtSince ?? now
  if (gateway.honoursKey) return { ...later(message, reason, backoff(message.attempts, random), situation), doubtSince }
  if (gateway.onUnknown === 'hold') return final(message, 'unknown', reason, now)
  if (message.doubtSince !== null) return final(message, 'unknown', `${reason}; it was repeated once already`, now)
  return { ...later(message, `${reason}; it is repeated once`, DOUBTFUL_WAIT_MS, situation), doubtSince }
}

/** Nothing was tried: the row goes back as it was, due at once, with its attempt; not earlier, should the clock be set back. */
export const handBack = (message: Claimed, now: number): Settlement => ({
  ...final(message, 'scheduled', null, now),
  dueAt: Math.max(now, message.notBefore),
  settledAt: null,
  at: null,
  attemptBack: true,
  unfreezes: message.isFirst,
})

/**
 * Again later: never outside the hours of the mailing, unless an operator said now for this one, and not after its end (where the
 * claim finds it expired).
 */
const later = (message: Claimed, reason: string, wait: number, situation: Situation): Settlement => {
  const { at, until, expiresAt } = situation.mailing
  const next = Math.max(situation.now + wait, message.notBefore)
  const opening = message.anyHour ? next : nextOpening(next, at, until, message.zone)
  return {
    ...final(message, 'scheduled', reason, situation.now),
    dueAt: Math.min(opening, expiresAt),
    settledAt: null,
  }
}

const final = (message: Claimed, state: MessageState, reason: string | null, now: number): Settlement => ({
  id: message.id,
  mailingId: message.mailingId,
  attempts: message.attempts,
  state,
  reason,
  dueAt: null,
  gatewayRef: null,
  settledAt: now,
  at: now,
  attemptBack: false,
  unfreezes: false,
  doubtSince: message.doubtSince,
})
