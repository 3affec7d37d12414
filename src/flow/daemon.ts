// run-due whenever something is due, until told to stop. Between two instants it sleeps; nothing is polled but one number a second.
import type { Clock } from '../clock.ts'
import type { Ticker } from '../ticker.ts'
import { openAlarm } from './alarm.ts'
import { type LanePowers, openLanes } from './lanes.ts'
import type { StopSignals } from './powers.ts'
import { clearUp } from './worker.ts'

const LOOK_MS = 1_000
const KEEP_HOUSE_MS = 10_000

export interface DaemonPowers extends LanePowers {
  readonly ticker: Ticker
  /** Calls the listener each time that gateways are to be opened anew, by their settings and tokens of that moment. */
  readonly onReload: (listener: () => void) => void
}

/** Runs until `signals.stop`; resolves when everything in hand is settled. What fails in one lane ends them all, and is thrown. */
export const daemon = async (powers: DaemonPowers, workerId: number, signals: StopSignals): Promise<void> => {
  const { store, clock, log, ticker } = powers
  const failure = openFailure()
  const stop = AbortSignal.any([signals.stop, failure.signal])
  const [alarm, renewal] = [openAlarm(stop), openAlarm(stop)]
  const lanes = openLanes(powers, { workerId, signals: { stop, abort: signals.abort }, alarm, renewal }, failure.note)
  let mark = await store.changeMark()
  const look = async (): Promise<void> => {
    const now = await store.changeMark()
    if (now === mark) return
    mark = now
    await lanes.open()
    alarm.ring()
  }
  const keepHouse = async (): Promise<void> => {
    await clearUp(powers)
    alarm.ring()
  }
  const closeFinished = (): Promise<void> => store.closeFinished(clock.now())
  powers.onReload(() => {
    renewal.ring()
    alarm.ring()
  })
  log({ event: 'daemon-started' })
  await lanes.open()
  const periodic = [
    repeat(clock, LOOK_MS, look, stop),
    repeat(clock, KEEP_HOUSE_MS, keepHouse, stop),
    ticker.every('*/10 * * * * *', 'close finished mailings', closeFinished, stop),
  ]
  await Promise.all(periodic.map((work) => work.catch(failure.note)))
  log({ event: 'daemon-stopping' })
  await lanes.ended()
  failure.rethrow()
  await closeFinished()
  log({ event: 'daemon-stopped' })
}

/** By timers, not by the wall clock: one that is set does not still what the sending depends on. Never twice at once. */
const repeat = async (clock: Clock, ms: number, body: () => Promise<void>, stop: AbortSignal): Promise<void> => {
  for (;;) {
    await clock.sleep(ms, stop)
    if (stop.aborted) return
    await body()
  }
}

interface Failure {
  /** Aborts at the first failure. */
  readonly signal: AbortSignal
  note(error: unknown): void
  rethrow(): void
}

const openFailure = (): Failure => {
  const controller = new AbortController()
  let first: { readonly error: unknown } | undefined
  return {
    signal: controller.signal,
    note: (error) => {
      first ??= { error }
      controller.abort()
    },
    rethrow: () => {
      if (first !== undefined) throw first.error
    },
  }
}
