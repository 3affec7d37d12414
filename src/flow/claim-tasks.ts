// The claim: rows that are due become tasks in the hand of this worker.
import { admit, type Rendering } from '../domain/admission.ts'
import type { Mailing } from '../domain/mailing.ts'
import type { Admission, Candidate } from '../domain/message.ts'
import { textOfRecipients } from '../domain/text.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { DrainJob } from './drain.ts'
import type { SendingPowers } from './powers.ts'
import type { Settler } from './settler.ts'
import type { Task } from './task.ts'

/** A row whose worker is gone without proof comes back after this, or after four attempts' time where that is longer. */
const LEASE_MS = 60_000

/** Claims at most `limit` rows; `seen` 0: nothing is due. Outcomes gathered meanwhile are written in the same commit. */
export const claimer = (powers: SendingPowers, { gateway, workerId, tally }: DrainJob, settler: Settler) => {
  const { store, clock, log } = powers
  const textOf = openTexts()
  return async (limit: number): Promise<{ readonly seen: number; readonly tasks: readonly Task[] }> => {
    const now = clock.now()
    const leaseUntil = now + leaseOf(gateway)
    const mailings = new Map<number, Mailing>()
    const settlements = settler.take()
    const request = { gateway: gateway.name, workerId, limit, now, leaseUntil, settlements }
    const claim = await store
      .claimDue({
        ...request,
        columnsOf: (mailing) => textOf(mailing).columns,
        admit: (candidate, mailing) => {
          mailings.set(mailing.id, mailing)
          return decide(candidate, mailing, textOf(mailing), now)
        },
      })
      .catch((error: unknown) => {
        settler.putBack(settlements)
        throw error
      })
    tally.claim(claim)
    if (claim.stale > 0) log({ event: 'stale-settle', count: claim.stale })
    const lastStart = leaseUntil - gateway.deadlineMs
    const tasks = claim.taken.flatMap((message) => {
      const mailing = mailings.get(message.mailingId)
      return mailing === undefined ? [] : [{ message, mailing, lastStart }]
    })
    return { seen: claim.seen, tasks }
  }
}

/** With a rate, a message may wait for its turn in the hand. */
const leaseOf = ({ deadlineMs, ratePerSecond }: Gateway): number =>
  Math.max(LEASE_MS, deadlineMs * 4) + (ratePerSecond === null ? 0 : Math.ceil(1_000 / ratePerSecond))

/** One row that cannot be decided (a value that the text cannot take, a zone that this machine does not know) stops no other. */
const decide = (candidate: Candidate, mailing: Mailing, text: Rendering, now: number): Admission => {
  try {
    return admit(candidate, mailing, text, now)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { kind: 'end', state: 'failed', reason: why.slice(0, 500) }
  }
}

/** Each text is parsed once. */
const openTexts = (): ((mailing: Mailing) => Rendering) => {
  const parsed = new Map<string, Rendering>()
  return ({ text }) => {
    const known = parsed.get(text)
    if (known !== undefined) return known
    const rendering = textOfRecipients(text)
    parsed.set(text, rendering)
    return rendering
  }
}
