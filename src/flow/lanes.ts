// One lane a gateway: drained, then asleep until its next row is due or somebody rings. A slow one holds up no other.
import type { Alarm } from './alarm.ts'
import type { SendingPowers, StopSignals } from './powers.ts'
import { drainByName } from './run-due.ts'
import { openTally, type Tally } from './tally.ts'

/** Long sleeps end by themselves so that a clock that was set, or a machine that slept, is noticed. */
const LONGEST_WAIT_MS = 60_000
/**
 * So long before a row is due its lane goes once through all that sending takes: the gateway is open then, its modules are loaded,
 * the statements prepared. Done at the instant itself, that held the first message up for 170 ms. Not sooner: tokens change.
 */
const WARM_UP_MS = 2_000
/** A gateway that cannot be opened is tried again after this. */
const UNOPENED_WAIT_MS = 10_000
/** Something is due and nothing may be claimed, since the disk is nearly full: it is looked at again after this. */
const STUCK_WAIT_MS = 1_000

export interface LanePowers extends SendingPowers {
  /** Opens the gateway anew, where its settings and its token can be used; else the old one stays. Nothing may be in flight there. */
  readonly renewGateway: (name: string) => Promise<void>
}

export interface LaneJob {
  readonly workerId: number
  readonly signals: StopSignals
  /** Rings when there may be something to send. */
  readonly alarm: Alarm
  /** Rings when every gateway is to be opened anew: no lane claims more through the old one. */
  readonly renewal: Alarm
}

export interface Lanes {
  /** Opens a lane for every gateway in use that has none yet. */
  open(): Promise<void>
  /** Resolves when all lanes have come to their end. */
  ended(): Promise<void>
}

export const openLanes = (powers: LanePowers, job: LaneJob, onFailure: (error: unknown) => void): Lanes => {
  const lanes = new Map<string, Promise<void>>()
  return {
    open: async () => {
      for (const name of await powers.store.gatewaysInUse()) {
        if (!lanes.has(name)) lanes.set(name, runLane(powers, name, job).catch(onFailure))
      }
    },
    ended: async () => {
      await Promise.all([...lanes.values()])
    },
  }
}

const runLane = async (
  powers: LanePowers,
  name: string,
  { workerId, signals, alarm, renewal }: LaneJob,
): Promise<void> => {
  const { store, clock } = powers
  let isStuck = false
  while (!signals.stop.aborted) {
    const rung = alarm.next() // before looking: what changes from here on is not missed
    const renewed = renewal.next()
    const tally = openTally()
    const isOpen = await drainByName(powers, name, workerId, tally, { stop: renewed, abort: signals.abort }, WARM_UP_MS)
    report(powers, name, tally, isStuck)
    const now = clock.now()
    const left = ((await store.nextDueAt(name, now)) ?? Number.POSITIVE_INFINITY) - now
    isStuck = left <= 0 && tally.troubles().has(name)
    const wait = !isOpen && left <= 0 ? UNOPENED_WAIT_MS : isStuck ? STUCK_WAIT_MS : untilNext(left)
    if (wait > 0 && !renewed.aborted) await clock.sleep(wait, rung)
    // in trouble it may be its token that was changed meanwhile
    if (renewed.aborted || tally.troubles().has(name)) await powers.renewGateway(name)
  }
}

/** To the row that is due next, or to the warming up for it. */
const untilNext = (left: number): number => Math.min(LONGEST_WAIT_MS, left > WARM_UP_MS ? left - WARM_UP_MS : left)

const report = ({ log }: SendingPowers, gateway: string, tally: Tally, isTold: boolean): void => {
  const counts = tally.counts()
  if (counts.claimed > 0) log({ event: 'pass', gateway, ...counts })
  for (const [name, reason] of isTold ? [] : tally.troubles()) log({ event: 'gateway-trouble', gateway: name, reason })
}
