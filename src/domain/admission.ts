// May this row go out now? Decided at the claim, with what is known of its recipient at that moment. Pure.
import type { Mailing } from './mailing.ts'
import type { Admission, Candidate, RecipientColumn } from './message.ts'
import { nextOpening } from './send-time.ts'

/** A text ready to be filled in (src/domain/text.ts). */
export interface Rendering {
  readonly isStatic: boolean
  /** What it needs of a recipient. */
  readonly columns: readonly RecipientColumn[]
  render(values: Candidate['recipient']): string
}

/** Consent, end, hours, address, in this order: who unsubscribed after scheduling gets nothing, whatever else holds. */
export const admit = (candidate: Candidate, mailing: Mailing, text: Rendering, now: number): Admission => {
  if (candidate.unsubscribed) return { kind: 'end', state: 'skipped', reason: 'unsubscribed' }
  if (now >= mailing.expiresAt) return { kind: 'end', state: 'expired', reason: expiredBecause(candidate) }
  const opening = nextOpening(now, mailing.at, mailing.until, candidate.zone)
  if (opening > now) return { kind: 'wait', dueAt: Math.min(opening, mailing.expiresAt) }
  const address = candidate.frozenAddress ?? candidate.address
  if (address === null) return { kind: 'end', state: 'skipped', reason: 'no address' }
  // What was rendered at the first attempt is what every retry sends: same key, same bytes.
  return {
    kind: 'take',
    address,
    text: candidate.frozenText ?? text.render(candidate.recipient),
    freezeText: !text.isStatic,
  }
}

const expiredBecause = (candidate: Candidate): string =>
  candidate.attempts === 0
    ? 'its time ran out before it could be sent'
    : `its time ran out after ${candidate.attempts} attempts`
