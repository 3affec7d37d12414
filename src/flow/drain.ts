// One gateway: claim -> deliver -> settle, until nothing is due for it. Slots are kept full from small claims.
import type { Clock } from '../clock.ts'
import { handBack } from '../domain/outcome.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { Claim } from '../store/message-store.ts'
import { type ClaimedTasks, claimer } from './claim-tasks.ts'
import { openDiskRoom } from './disk-room.ts'
import { atMost, handFor, roomIn } from './hand-size.ts'
import { openHealth } from './health.ts'
import { type Hand, openHand } from './in-hand.ts'
import type { SendingPowers, StopSignals } from './powers.ts'
import { openRefusals } from './refusals.ts'
import { sender } from './send.ts'
import { openSettler, type Settler } from './settler.ts'
import { openSteering, type Steering } from './steering.ts'
import type { Tally } from './tally.ts'
import type { Task } from './task.ts'

/** New work is looked for at least this often while the last messages are in flight. */
const LOOK_AGAIN_MS = 250

/** So long it is believed that the database is this one still, and of a schema that this program knows. */
const CONFIRM_MS = 500

/** With a low rate its next instant may be far; what an operator changes meanwhile is noticed within this. */
const LONGEST_WAIT_MS = 5_000

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
  const { gateway, tally, workerId } = job
  const settler = openSettler(powers, workerId)
  const health = openHealth(powers, gateway, tally)
  const steering = openSteering(powers, gateway, {
    inHand: () => hand.held(),
    onLook: (leave) => {
      health.saw(leave.health)
      const unwanted = hand.shed((task) => !task.isProbe && !steering.lets(task))
      for (const { message } of unwanted) settler.add(handBack(message, powers.clock.now()))
    },
  })
  const refusals = openRefusals(powers, gateway.name, tally, steering)
  const halted = { isSo: false }
  const isHalted = (): boolean => halted.isSo || signals.stop.aborted || settler.hasFailed()
  const tries = { made: 0 }
  const send = sender(powers, job, { settler, health, refusals, steering, tries }, { ...signals, isHalted })
  const hand = openHand(handFor(gateway), send)
  try {
    const claim = claimer(powers, job, settler)
    const mayNot = openHindrances(powers, job, settler)
    const isOver = (): boolean => isHalted() || hand.failure() !== undefined
    const isFruitless = fruitlessness(tries)
    await keepFull(powers, job, hand, { claim, mayNot, isFruitless, steering }, signals.stop, isOver)
  } finally {
    halted.isSo = true
    await hand.emptied()
    await settler.flush()
  }
  const failure = hand.failure()
  if (failure !== undefined) throw failure.error
  await health.end()
}

interface Claiming {
  readonly claim: (limit: number, isHandEmpty: boolean) => Promise<ClaimedTasks>
  /** True: nothing may be claimed before somebody has freed some disk. */
  readonly mayNot: () => Promise<boolean>
  /** True where claim after claim takes rows of which none is tried: they would be taken and handed back without end. */
  readonly isFruitless: (taken: number) => boolean
  readonly steering: Steering
}

const fruitlessness = (tries: { readonly made: number }): Claiming['isFruitless'] => {
  let before = -1
  let inARow = 0
  return (taken) => {
    if (taken === 0) return false
    inARow = tries.made === before ? inARow + 1 : 0
    before = tries.made
    return inARow > 1
  }
}

/** Before a claim: waits while the database takes nothing, and looks whether the disk has room for what comes of it. */
const openHindrances = (powers: SendingPowers, { gateway, workerId, tally }: DrainJob, settler: Settler) => {
  const diskTrouble = openDiskRoom(powers, workerId)
  const { store, clock } = powers
  let confirmedAt = Number.NEGATIVE_INFINITY
  return async (): Promise<boolean> => {
    await settler.hindrance()
    if (clock.monotonic() - confirmedAt > CONFIRM_MS) {
      await store.confirmStanding()
      confirmedAt = clock.monotonic()
    }
    const trouble = await diskTrouble()
    if (trouble !== null) tally.trouble(gateway.name, trouble)
    return trouble !== null
  }
}

/** Claims whenever there is room, until nothing is due and nothing is in flight. */
const keepFull = async (
  powers: SendingPowers,
  { gateway }: DrainJob,
  hand: Hand<Task>,
  { claim: claimTasks, mayNot, isFruitless, steering }: Claiming,
  stop: AbortSignal,
  isHalted: () => boolean,
): Promise<void> => {
  while (!isHalted()) {
    const room = await roomIn(hand, gateway, powers.clock)
    if (isHalted()) return
    if (room === 0) {
      await lookWhereStale(hand, steering)
      continue
    }
    if (await mayNot()) return
    const { claim, tasks } = await claimTasks(room, hand.isEmpty())
    for (const task of tasks) hand.take(task)
    if (tasks.length > 0) steering.claimedBy(claim.bookMark)
    if (isFruitless(tasks.length)) await powers.clock.sleep(LOOK_AGAIN_MS, stop)
    if (!(await goesOn(powers, gateway.name, hand, claim, steering, stop))) return
    if (claim.seen === 0) await lookWhereStale(hand, steering)
  }
}

/** While a slow gateway has every place, no message that wants to leave would look: what may not leave any more goes back at once. */
const lookWhereStale = async (hand: Hand<Task>, steering: Steering): Promise<void> => {
  if (!hand.isEmpty() && steering.isStale()) await steering.look()
}

const untilEmpty = async (hand: Hand<Task>, steering: Steering, clock: Clock): Promise<void> => {
  while (!hand.isEmpty()) {
    await atMost(clock, LOOK_AGAIN_MS, hand.emptied())
    await lookWhereStale(hand, steering)
  }
}

/** What a claim asks for before the next one: an empty hand, room in flight, an instant; false: nothing more is due. */
const goesOn = async (
  powers: SendingPowers,
  gateway: string,
  hand: Hand<Task>,
  { taken, seen, allowance, wantsEmptyHand }: Claim,
  steering: Steering,
  stop: AbortSignal,
): Promise<boolean> => {
  const { again, most, isProbe } = allowance
  if (wantsEmptyHand || (isProbe && taken.length > 0)) await untilEmpty(hand, steering, powers.clock)
  else if (seen > 0) return true
  else if (!hand.isEmpty()) await lookAgain(powers, gateway, hand, again)
  else if (again === null || most > 0) return false
  else await powers.clock.sleep(Math.min(LONGEST_WAIT_MS, Math.max(1, again - powers.clock.now())), stop)
  return true
}

/**
 * Nothing may be taken now, but messages are in flight. Where more are due than may be in flight (`again`): waits for some of them
 * to end, or for the next slot. Else for half of them, or the next due row. A quarter of a second at most.
 */
const lookAgain = async (
  { store, clock }: SendingPowers,
  gateway: string,
  hand: Hand<Task>,
  again: number | null,
): Promise<void> => {
  const now = clock.now()
  const next = again ?? (await store.nextDueAt(gateway, now)) ?? Number.POSITIVE_INFINITY
  const wait = Math.min(LOOK_AGAIN_MS, Math.max(1, next - now))
  await atMost(clock, wait, hand.fallenTo(again === null ? 0.5 : 0.75))
}
