// The claim: rows that are due become tasks in the hand of this worker.
import { admit, type Rendering } from '../domain/admission.ts'
import { allow, type GatewayHealth } from '../domain/gateway-health.ts'
import type { Mailing } from '../domain/mailing.ts'
import type { Admission, Candidate } from '../domain/message.ts'
import { soonOnly } from '../domain/soon.ts'
import { textOfRecipients } from '../domain/text.ts'
import { failPoint } from '../fail-point.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { Claim } from '../store/message-store.ts'
import type { Worker } from '../store/worker-store.ts'
import { openClockWatch } from './clock-guard.ts'
import type { DrainJob } from './drain.ts'
import type { SendingPowers } from './powers.ts'
import type { Settler } from './settler.ts'
import type { Task } from './task.ts'
import { isAlive, LEASE_MS } from './worker.ts'

/** A probe that is not answered by then is another worker's to make. */
const PROBE_MARGIN_MS = 5_000

export interface ClaimedTasks {
  readonly tasks: readonly Task[]
  readonly claim: Claim
}

/** Claims at most `limit` rows. Outcomes gathered meanwhile are written in the same commit. */
export const claimer = (powers: SendingPowers, job: DrainJob, settler: Settler) => {
  const { store, clock, log } = powers
  const { gateway, workerId, tally } = job
  const textOf = openTexts()
  const clockIsSound = openClockWatch(powers)
  return async (limit: number, isHandEmpty: boolean): Promise<ClaimedTasks> => {
    await clockIsSound()
    const [now, monotonic] = [clock.now(), clock.monotonic()]
    const mailings = new Map<number, Mailing>()
    const request = {
      ...termsOf(gateway, now),
      workerId,
      limit,
      isHandEmpty,
      columnsOf: (mailing: Mailing) => textOf(mailing).columns,
      admit: (candidate: Candidate, mailing: Mailing) => {
        mailings.set(mailing.id, mailing)
        const text =
          candidate.earlierText === null ? textOf(mailing) : textOf({ text: candidate.earlierText, terms: NO_HEADINGS })
        return decide(candidate, mailing, text, now, gateway)
      },
      allow: (health: GatewayHealth, inHand: () => number) =>
        soonOnly(allow(health, gateway, now, limit, inHand), gateway, now),
      random: clock.random(),
      isAlive: (worker: Worker) => worker.id === workerId || isAlive(powers, worker),
    }
    const claim = await settler.carry((settlements) => store.claimDue({ ...request, settlements }))
    failPoint('after-claim-commit')
    tally.claim(claim)
    if (claim.stale > 0) log({ event: 'stale-settle', worker: workerId, count: claim.stale })
    return {
      claim,
      tasks: tasksOf(claim, mailings, monotonic - now, monotonic + leaseOf(gateway) - gateway.deadlineMs),
    }
  }
}

const termsOf = (gateway: Gateway, now: number) => ({
  gateway: gateway.name,
  now,
  leaseUntil: now + leaseOf(gateway),
  probeUntil: now + gateway.deadlineMs + PROBE_MARGIN_MS,
})

/** `ahead`: of the monotonic clock before the wall clock. */
const tasksOf = (
  claim: Claim,
  mailings: ReadonlyMap<number, Mailing>,
  ahead: number,
  lastStart: number,
): readonly Task[] => {
  const { firstSlot, slotMs, isProbe } = claim.allowance
  return claim.taken.flatMap((message, i) => {
    const mailing = mailings.get(message.mailingId)
    return mailing === undefined
      ? []
      : [{ message, mailing, leavesAt: firstSlot + i * slotMs + ahead, lastStart, isProbe }]
  })
}

/** With a rate, a message may wait for its turn in the hand: a slot ahead, twice over. */
const leaseOf = ({ deadlineMs, ratePerSecond }: Gateway): number =>
  Math.max(LEASE_MS, deadlineMs * 4) + (ratePerSecond === null ? 0 : Math.ceil(2_000 / ratePerSecond))

/** One row that cannot be decided (a value that the text cannot take, a zone that this machine does not know) stops no other. */
const decide = (candidate: Candidate, mailing: Mailing, text: Rendering, now: number, gateway: Gateway): Admission => {
  try {
    return admit(candidate, mailing, text, now, gateway)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const mayBeTaken = candidate.lostSince !== null || candidate.doubtSince !== null
    return { kind: 'end', state: mayBeTaken ? 'unknown' : 'failed', reason: why.slice(0, 500) }
  }
}

interface Worded {
  readonly text: string
  readonly terms: Pick<Mailing['terms'], 'headings'>
}

/** An earlier text that is sent without having been rendered named nobody's columns. */
const NO_HEADINGS = {}

/** Each text is parsed once. */
const openTexts = (): ((mailing: Worded) => Rendering) => {
  const parsed = new Map<string, Rendering>()
  return ({ text, terms: { headings = [] } }) => {
    const key = headings.length === 0 ? text : [text, ...headings].join('\0')
    const known = parsed.get(key)
    if (known !== undefined) return known
    const rendering = textOfRecipients(text, headings)
    parsed.set(key, rendering)
    return rendering
  }
}
