// One gateway: claim -> deliver -> settle, until nothing is due for it. Slots are kept full from small claims.
import { admit, type Rendering } from '../domain/admission.ts'
import type { Mailing } from '../domain/mailing.ts'
import type { Claimed } from '../domain/message.ts'
import { decideOutcome, handBack } from '../domain/outcome.ts'
import { textOfRecipients } from '../domain/text.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { Claim } from '../store/message-store.ts'
import { deliver } from './deliver.ts'
import { type Health, openHealth } from './health.ts'
import { type Hand, openHand } from './in-hand.ts'
import { openPace } from './pace.ts'
import type { SendingPowers, StopSignals } from './powers.ts'
import { openSettler, type Settler } from './settler.ts'
import type { Tally } from './tally.ts'

/** A row whose worker is gone without proof comes back after this, or after four attempts' time where that is longer. */
const LEASE_MS = 60_000
/** New work is looked for at least this often while the last messages are in flight. */
const LOOK_AGAIN_MS = 250
/** With a rate, no more is held than leaves in this time. */
const HELD_MS = 2_000

interface Task {
  readonly message: Claimed
  readonly mailing: Mailing
  readonly leaseUntil: number
}

export interface DrainJob {
  readonly gateway: Gateway
  readonly workerId: number
  readonly tally: Tally
}

/** Sends what is due for this gateway. Resolves when nothing is due, or, after `stop`, when the hand is empty; all is settled then. */
export const drain = async (powers: SendingPowers, job: DrainJob, { stop, abort }: StopSignals): Promise<void> => {
  const settler = openSettler(powers, job.workerId)
  const health = openHealth(powers, job.gateway, job.tally)
  const hand = openHand(
    job.gateway.concurrency,
    mostInHand(job.gateway),
    sender(powers, job, settler, health, { stop, abort }),
  )
  const claim = claimer(powers, job, settler)
  while (!stop.aborted) {
    const room = hand.room()
    if (room === 0) {
      await hand.hasRoom()
      continue
    }
    const { seen, tasks } = await claim(room)
    for (const task of tasks) hand.take(task)
    if (seen > 0) continue
    if (hand.isEmpty()) break
    await lookAgain(powers, job.gateway.name, hand)
  }
  await hand.emptied()
  await settler.flush()
  health.end()
}

/**
 * What is in flight, and enough beside it to pay for a claim's two commits: at 64 in flight, 256 held beside them take 23 µs
 * a message where 64 take 50. At most eight times what is in flight, so that no row waits long; with a rate, what leaves in 2 s.
 */
const mostInHand = ({ concurrency, ratePerSecond }: Gateway): number => {
  const most = concurrency + Math.max(concurrency, Math.min(256, 8 * concurrency))
  return ratePerSecond === null ? most : Math.max(1, Math.min(most, Math.floor((ratePerSecond * HELD_MS) / 1_000)))
}

/** Claims rows, each decided by src/domain/admission.ts with what is known of its recipient at this moment. */
const claimer = ({ store, clock, log }: SendingPowers, { gateway, workerId, tally }: DrainJob, settler: Settler) => {
  const textOf = openTexts()
  return async (limit: number): Promise<{ seen: number; tasks: readonly Task[] }> => {
    const now = clock.now()
    const leaseUntil = now + Math.max(LEASE_MS, gateway.deadlineMs * 4)
    const mailings = new Map<number, Mailing>()
    const claim: Claim = await store.claimDue({
      gateway: gateway.name,
      workerId,
      limit,
      now,
      leaseUntil,
      settlements: settler.take(),
      columnsOf: (mailing) => textOf(mailing).columns,
      admit: (candidate, mailing) => {
        mailings.set(mailing.id, mailing)
        return admit(candidate, mailing, textOf(mailing), now)
      },
    })
    tally.claim(claim)
    if (claim.stale > 0) log({ event: 'stale-settle', count: claim.stale })
    const tasks = claim.taken.flatMap((message) => {
      const mailing = mailings.get(message.mailingId)
      return mailing === undefined ? [] : [{ message, mailing, leaseUntil }]
    })
    return { seen: claim.seen, tasks }
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

/** What becomes of one claimed message: delivered and settled, or handed back untouched. Never throws for what a gateway says. */
const sender = (
  powers: SendingPowers,
  { gateway, tally }: DrainJob,
  settler: Settler,
  health: Health,
  { stop, abort }: StopSignals,
) => {
  const { store, clock } = powers
  const pace = openPace(clock, gateway.ratePerSecond)
  return async ({ message, mailing, leaseUntil }: Task): Promise<void> => {
    const turn = pace(stop)
    if (turn !== undefined) await turn
    const tooLate = clock.now() > leaseUntil - gateway.deadlineMs // another worker may have it soon
    if (stop.aborted || tooLate || health.rests()) return settler.add(handBack(message, clock.now()))
    const reply = await deliver(gateway, message, store.installationId, abort)
    const situation = { now: clock.now(), random: clock.random(), honoursKey: gateway.honoursKey, mailing }
    const settlement = decideOutcome(reply, message, situation)
    tally.settlement(settlement)
    settler.add(settlement)
    const resting = health.note(reply)
    if (resting !== undefined) await resting
  }
}

/** Nothing is due now, but messages are in flight: waits for the first of them, the next due row, or a quarter of a second. */
const lookAgain = async ({ store, clock }: SendingPowers, gateway: string, hand: Hand<Task>): Promise<void> => {
  const next = await store.nextDueAt(gateway)
  const wait = Math.min(LOOK_AGAIN_MS, Math.max(1, (next ?? Number.POSITIVE_INFINITY) - clock.now()))
  const done = new AbortController()
  await Promise.race([hand.emptied(), clock.sleep(wait, done.signal)])
  done.abort()
}
