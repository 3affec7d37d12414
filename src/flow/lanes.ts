// One lane a gateway: drained, then asleep until its next row is due or somebody rings. A slow one holds up no other.
import type { SendingPowers, StopSignals } from './powers.ts'
import { drainByName } from './run-due.ts'
import { openTally, type Tally } from './tally.ts'

/** Long sleeps end by themselves so that a clock that was set, or a machine that slept, is noticed. */
const LONGEST_WAIT_MS = 60_000
/** A gateway that cannot be opened is tried again after this. */
const UNOPENED_WAIT_MS = 10_000

export interface Lanes {
  /** Opens a lane for every gateway in use that has none yet. */
  open(): Promise<void>
  /** Resolves when all lanes have come to their end. */
  ended(): Promise<void>
}

export const openLanes = (
  powers: SendingPowers,
  workerId: number,
  signals: StopSignals,
  alarm: Alarm,
  onFailure: (error: unknown) => void,
): Lanes => {
  const lanes = new Map<string, Promise<void>>()
  return {
    open: async () => {
      for (const name of await powers.store.gatewaysInUse()) {
        if (!lanes.has(name)) lanes.set(name, runLane(powers, name, workerId, signals, alarm).catch(onFailure))
      }
    },
    ended: async () => {
      await Promise.all([...lanes.values()])
    },
  }
}

const runLane = async (
  powers: SendingPowers,
  name: string,
  workerId: number,
  signals: StopSignals,
  alarm: Alarm,
): Promise<void> => {
  const { store, clock } = powers
  while (!signals.stop.aborted) {
    const rung = alarm.next() // before looking: what changes from here on is not missed
    const tally = openTally()
    const isOpen = await drainByName(powers, name, workerId, tally, signals)
    report(powers, name, tally)
    const next = (await store.nextDueAt(name)) ?? Number.POSITIVE_INFINITY
    const wait = isOpen ? Math.min(LONGEST_WAIT_MS, next - clock.now()) : UNOPENED_WAIT_MS
    if (wait > 0) await clock.sleep(wait, rung)
  }
}

const report = ({ log }: SendingPowers, gateway: string, tally: Tally): void => {
  const counts = tally.counts()
  if (counts.claimed > 0) log({ event: 'pass', gateway, ...counts })
  for (const [name, reason] of tally.troubles()) log({ event: 'gateway-trouble', gateway: name, reason })
}

export interface Alarm {
  /** Aborts at the next ring, or at the stop. */
  next(): AbortSignal
  ring(): void
}

export const openAlarm = (stop: AbortSignal): Alarm => {
  let bell = new AbortController()
  stop.addEventListener('abort', () => bell.abort(), { once: true })
  return {
    next: () => bell.signal,
    ring: () => {
      const rung = bell
      if (!stop.aborted) bell = new AbortController()
      rung.abort()
    },
  }
}
