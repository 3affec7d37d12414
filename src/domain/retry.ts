// What becomes of a message that did not arrive when an operator retries it. Pure.
import { isKeyForgotten } from './key-memory.ts'
import type { Mailing } from './mailing.ts'
import type { TroubleState } from './message.ts'
import type { KeyRules } from './outcome.ts'

export interface TroubledMessage {
  readonly id: number
  readonly recipientId: number
  readonly state: TroubleState
  readonly reason: string | null
  readonly sendAt: number
  readonly settledAt: number | null
  /** First instant at which it may have been taken without our knowing; null: nobody noted one. */
  readonly doubtSince: number | null
}

export const RETRY_FATES = [
  'new', // nothing was taken: address and text are rendered anew, so the key is a new one (same key = same bytes for ever)
  'repeat', // it may have been taken: the same key and the same bytes
  'renew', // it may have been taken, and the operator wants a new key all the same: whoever got it gets it twice
  'forgotten', // it may have been taken, and the gateway has forgotten its key: a repeat would end unknown again
] as const

export type RetryFate = (typeof RETRY_FATES)[number]

export interface RetryWish {
  /** Part of the reason, in any case; null: whatever the reason. */
  readonly error: string | null
  /** New keys, also for what may have been taken. */
  readonly asNew: boolean
}

/** Since when it may have been taken; null: it was not. What is unknown was in doubt when it was settled, if not before. */
export const doubtOf = ({ state, doubtSince, settledAt, sendAt }: TroubledMessage): number | null =>
  doubtSince ?? (state === 'unknown' ? (settledAt ?? sendAt) : null)

/** null: it is not meant. */
export const fateOf = (row: TroubledMessage, wish: RetryWish, now: number, rules: KeyRules): RetryFate | null => {
  if (wish.error !== null && !(row.reason ?? '').toLowerCase().includes(wish.error.toLowerCase())) return null
  const doubtSince = doubtOf(row)
  if (doubtSince === null) return 'new'
  if (wish.asNew) return 'renew'
  return rules.honoursKey && isKeyForgotten(doubtSince, now, rules) ? 'forgotten' : 'repeat'
}

const DEFAULT_LIFE_MS = 3 * 86_400_000

/** When the mailing ends after a retry; `wanted`: what the operator said. Other messages of it that wait lose no time. */
export const endAfterRetry = (
  { state, expiresAt }: Pick<Mailing, 'state' | 'expiresAt'>,
  wanted: number | null,
  now: number,
): number => {
  if (wanted === null) return Math.max(expiresAt, now + DEFAULT_LIFE_MS)
  return state === 'done' ? wanted : Math.max(expiresAt, wanted)
}
