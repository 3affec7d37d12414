// run-due whenever something is due, until told to stop. Between two instants it sleeps; nothing is polled but one number a second.
import { drainByName } from './run-due.ts'
import type { SendingPowers, StopSignals } from './powers.ts'
import { openTally, type Tally } from './tally.ts'
import { clearUp } from './worker.ts'
import type { Ticker } from '../ticker.ts'

/** Long sleeps end by themselves so that a clock that was set, or a machine that slept, is noticed. */
const LONGEST_WAIT_MS = 60_000
/** A gateway that cannot be opened is tried again after this. */
const UNOPENED_WAIT_MS = 10_000

export interface DaemonPowers extends SendingPowers {
  readonly ticker: Ticker
}

/** Runs until `signals.stop`; resolves when everything in hand is settled. */
export const daemon = async (powers: DaemonPowers, workerId: number, signals: StopSignals): Promise<void> => {
  const { store, log, ticker } = powers
  const alarm = openAlarm(signals.stop)
  const lanes = new Map<string, Promise<void>>()
  const failed = new AbortController()
  let failure: unknown

  const openLanes = async (): Promise<void> => {
    for (const name of await store.gatewaysInUse()) {
      if (lanes.has(name)) continue
      const lane = runLane(powers, name, workerId, signals, alarm).catch((error: unknown) => {
        failure ??= error
        failed.abort()
      })
      lanes.set(name, lane)
    }
  }

  let mark = await store.changeMark()
  const look = async (): Promise<void> => {
    const now = await store.changeMark()
    if (now === mark) return
    mark = now
    await openLanes()
    alarm.ring()
  }
  const keepHouse = async (): Promise<void> => {
    await clearUp(powers)
    await store.closeFinishedMailings()
    alarm.ring()
  }
  const stopped = AbortSignal.any([signals.stop, failed.signal])
  log({ event: 'daemon-started' })
  await openLanes()
  ticker.every('* * * * * *', 'look', look, stopped)
  ticker.every('*/10 * * * * *', 'keep house', keepHouse, stopped)
  await new Promise<void>((resolve) => {
    if (stopped.aborted) resolve()
    stopped.addEventListener('abort', () => resolve(), { once: true })
  })
  log({ event: 'daemon-stopping' })
  await Promise.all(lanes.values())
  await store.closeFinishedMailings()
  if (failure !== undefined) throw failure
  log({ event: 'daemon-stopped' })
}

/** One gateway: drained, then asleep until its next row is due or somebody rings. */
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
    const opened = await drainByName(powers, name, workerId, tally, signals)
    report(powers, name, tally)
    const next = (await store.nextDueAt(name)) ?? Number.POSITIVE_INFINITY
    const wait = opened ? Math.min(LONGEST_WAIT_MS, next - clock.now()) : UNOPENED_WAIT_MS
    if (wait > 0) await clock.sleep(wait, rung)
  }
}

const report = ({ log }: SendingPowers, gateway: string, tally: Tally): void => {
  const counts = tally.counts()
  if (counts.claimed > 0) log({ event: 'pass', gateway, ...counts })
  for (const [name, reason] of tally.troubles()) log({ event: 'gateway-trouble', gateway: name, reason })
}

interface Alarm {
  /** Aborts at the next ring, or at the stop. */
  next(): AbortSignal
  ring(): void
}

const openAlarm = (stop: AbortSignal): Alarm => {
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
