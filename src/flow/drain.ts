// One gateway: claim -> deliver -> settle, until nothing is due for it. Slots are kept full from small claims.
import { setMaxListeners } from 'node:events'
import { decideOutcome, handBack } from '../domain/outcome.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { claimer } from './claim-tasks.ts'
import { deliver } from './deliver.ts'
import { type Health, openHealth } from './health.ts'
import { type Hand, openHand } from './in-hand.ts'
import { openPace } from './pace.ts'
import type { SendingPowers, StopSignals } from './powers.ts'
import { openRefusals, type Refusals } from './refusals.ts'
import { openSettler, type Settler } from './settler.ts'
import type { Tally } from './tally.ts'
import { mayLeave, type Task } from './task.ts'

/** New work is looked for at least this often while the last messages are in flight. */
const LOOK_AGAIN_MS = 250
/** With a rate, no more is held than leaves in this time. */
const HELD_MS = 2_000

export interface DrainJob {
  readonly gateway: Gateway
  readonly workerId: number
  readonly tally: Tally
}

/**
 * Sends what is due for this gateway. Resolves when nothing is due, or, after `stop`, when the hand is empty; all is settled
 * then. When the store fails, what is in flight is still finished and written, if it can be, before the error is thrown.
 */
export const drain = async (powers: SendingPowers, job: DrainJob, signals: StopSignals): Promise<void> => {
  const settler = openSettler(powers, job.workerId)
  const health = openHealth(powers, job.gateway, job.tally)
  const refusals = openRefusals(powers, job.gateway.name, job.tally)
  const halted = { isSo: false }
  const isHalted = (): boolean => halted.isSo || signals.stop.aborted || settler.hasFailed()
  const send = sender(powers, job, settler, { health, refusals }, { ...signals, isHalted })
  const hand = openHand(job.gateway.concurrency, mostInHand(job.gateway), send)
  try {
    await keepFull(powers, job, hand, claimer(powers, job, settler), () => isHalted() || hand.failure() !== undefined)
  } finally {
    halted.isSo = true
    await hand.emptied()
    await settler.flush()
  }
  const failure = hand.failure()
  if (failure !== undefined) throw failure.error
  health.end()
}

/** Claims whenever there is room, until nothing is due and nothing is in flight. */
const keepFull = async (
  powers: SendingPowers,
  { gateway }: DrainJob,
  hand: Hand<Task>,
  claim: ReturnType<typeof claimer>,
  isHalted: () => boolean,
): Promise<void> => {
  while (!isHalted()) {
    const room = hand.room()
    if (room === 0) {
      await hand.hasRoom()
      continue
    }
    const { seen, tasks } = await claim(room)
    for (const task of tasks) hand.take(task)
    if (seen > 0) continue
    if (hand.isEmpty()) return
    await lookAgain(powers, gateway.name, hand)
  }
}

/**
 * What is in flight, and enough beside it to pay for a claim's commit: at 64 in flight, 64 held beside them took 50 µs a message,
 * 256 took 23; 512 is no worse. At most eight times what is in flight, so that no row waits long; with a rate, what leaves in 2 s.
 */
const mostInHand = ({ concurrency, ratePerSecond }: Gateway): number => {
  const most = concurrency + Math.max(concurrency, Math.min(512, 8 * concurrency))
  return ratePerSecond === null ? most : Math.max(1, Math.min(most, Math.floor((ratePerSecond * HELD_MS) / 1_000)))
}

/** What becomes of one task: delivered and settled, or handed back untouched. Never throws for what a gateway says. */
const sender = (
  { store, clock }: SendingPowers,
  { gateway, tally }: DrainJob,
  settler: Settler,
  { health, refusals }: { readonly health: Health; readonly refusals: Refusals },
  { stop, abort, isHalted }: StopSignals & { readonly isHalted: () => boolean },
) => {
  const pace = openPace(clock, gateway.ratePerSecond)
  if (gateway.ratePerSecond !== null) setMaxListeners(0, stop) // everything that waits for its turn listens
  return async (task: Task): Promise<void> => {
    const { message, mailing } = task
    const turn = pace(stop)
    if (turn !== undefined) await turn
    const goes = (): boolean => !isHalted() && !refusals.hasPaused(mailing) && mayLeave(task, clock.now())
    if (!goes() || health.rests()) return settler.add(handBack(message, clock.now()))
    const reply = await deliver(gateway, message, store.installationId, goes, abort)
    const situation = { now: clock.now(), random: clock.random(), honoursKey: gateway.honoursKey, mailing }
    const settlement = decideOutcome(reply, message, situation)
    tally.settlement(settlement)
    settler.add(settlement)
    const resting = health.note(reply) ?? refusals.note(mailing, reply)
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
