// May this row go out now? Decided at the claim, with what is known of its recipient at that moment. Pure.

import { isBlank } from './blank.ts'
import { isKeyForgotten } from './key-memory.ts'
import type { Mailing } from './mailing.ts'
import { type Admission, type Barred, type Candidate, type RecipientColumn, SUSPECT_DEATHS } from './message.ts'
import { DOUBTFUL_WAIT_MS, type KeyRules } from './outcome.ts'
import { nextOpening } from './send-time.ts'
import { NO_TEXT } from './skip-reasons.ts'

/** A text ready to be filled in (src/domain/text.ts). */
export interface Rendering {
  readonly isStatic: boolean
  /** What it needs of a recipient. */
  readonly columns: readonly RecipientColumn[]
  render(values: Candidate['recipient']): string
}

/** Three more deaths with that row alone in hand: it is the row. */
const POISON_DEATHS = SUSPECT_DEATHS + 3

/**
 * Doubt, consent, end, hours, address, in this order: who unsubscribed after scheduling gets nothing, whatever else holds. `text`
 * is the one that the row is to be sent with: the mailing's, or the earlier one that it was tried with.
 */
export const admit = (
  candidate: Candidate,
  mailing: Mailing,
  text: Rendering,
  now: number,
  rules: KeyRules,
): Admission => {
  const doubtSince = candidate.doubtSince ?? candidate.lostSince
  const doubtful = byDoubt(candidate, doubtSince, now, rules)
  if (doubtful !== null) return doubtful
  if (candidate.barred !== null) return { kind: 'end', state: 'skipped', reason: because(candidate.barred, doubtSince) }
  if (now >= mailing.expiresAt) return expired(candidate, doubtSince)
  const opening = candidate.anyHour ? now : nextOpening(now, mailing.at, mailing.until, candidate.zone)
  if (opening > now) return { kind: 'wait', dueAt: Math.min(opening, mailing.expiresAt), doubtSince }
  const { address } = candidate
  if (isElsewhere(candidate) && doubtSince !== null) return unknown(ELSEWHERE)
  if (address === null) return { kind: 'end', state: 'skipped', reason: 'no address' }
  return taken(candidate, address, mailing, text, doubtSince)
}

/** Tried at an address that is not its recipient's any more: somebody else may read what goes there. */
const isElsewhere = ({ frozenAddress, address }: Candidate): boolean =>
  frozenAddress !== null && frozenAddress !== address

/**
 * What was rendered at the first attempt is what every retry sends: same key, same bytes. Where it was never taken and its
 * recipient is reached elsewhere by now, it is another message, under a key of its own.
 */
const taken = (
  candidate: Candidate,
  address: string,
  mailing: Mailing,
  text: Rendering,
  doubtSince: number | null,
): Admission => {
  const { frozenAddress, frozenText, textNo, recipient } = candidate
  const words = frozenText ?? text.render(recipient)
  if (isBlank(words)) return { kind: 'end', state: 'skipped', reason: because(NO_TEXT, doubtSince) }
  return {
    kind: 'take',
    address,
    text: words,
    frozenText: frozenText ?? (text.isStatic ? null : words),
    textNo: frozenAddress === null ? mailing.textNo : textNo,
    isNewKey: isElsewhere(candidate),
    doubtSince,
  }
}

/** What follows from a row that may have been taken before; null: nothing. */
const byDoubt = (
  { deaths, lostSince, doubtSince: before }: Candidate,
  doubtSince: number | null,
  now: number,
  rules: KeyRules,
): Admission | null => {
  const { honoursKey, onUnknown } = rules
  if (deaths >= POISON_DEATHS) return { kind: 'end', state: 'failed', reason: 'poison: its workers die of it' }
  if (doubtSince === null) return null
  if (honoursKey) return isKeyForgotten(doubtSince, now, rules) ? unknown(FORGOTTEN) : null
  if (lostSince === null) return null
  if (onUnknown === 'hold' || before !== null) return unknown('its worker died with it in hand')
  return { kind: 'wait', dueAt: now + DOUBTFUL_WAIT_MS, doubtSince }
}

const ELSEWHERE = 'it may have been taken at the address that its recipient had before'

const FORGOTTEN = 'it may have been taken, and the gateway has forgotten its key by now'

const unknown = (reason: string): Admission => ({ kind: 'end', state: 'unknown', reason })

const expired = ({ attempts }: Candidate, doubtSince: number | null): Admission => {
  if (doubtSince !== null) return unknown('it may have been taken; its time ran out before that was known')
  const tried =
    attempts === 0 ? 'before it could be sent' : `after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`
  return { kind: 'end', state: 'expired', reason: `its time ran out ${tried}` }
}

const because = (why: Barred | typeof NO_TEXT, doubtSince: number | null): string =>
  doubtSince === null ? why : `${why}; it may have been taken before`
