// run-due whenever something is due, until told to stop. Between two instants it sleeps; nothing is polled but one number a second.
import type { Ticker } from '../ticker.ts'
import { openAlarm, openLanes } from './lanes.ts'
import type { SendingPowers, StopSignals } from './powers.ts'
import { clearUp } from './worker.ts'

export interface DaemonPowers extends SendingPowers {
  readonly ticker: Ticker
}

/** Runs until `signals.stop`; resolves when everything in hand is settled. What fails in one lane ends them all, and is thrown. */
export const daemon = async (powers: DaemonPowers, workerId: number, signals: StopSignals): Promise<void> => {
  const { store, log, ticker } = powers
  const failure = openFailure()
  const stop = AbortSignal.any([signals.stop, failure.signal])
  const alarm = openAlarm(stop)
  const lanes = openLanes(powers, workerId, { stop, abort: signals.abort }, alarm, failure.note)
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
    await store.closeFinished(powers.clock.now())
    alarm.ring()
  }
  log({ event: 'daemon-started' })
  await lanes.open()
  ticker.every('* * * * * *', 'look', () => look().catch(failure.note), stop)
  ticker.every('*/10 * * * * *', 'keep house', () => keepHouse().catch(failure.note), stop)
  await aborted(stop)
  log({ event: 'daemon-stopping' })
  await lanes.ended()
  failure.rethrow()
  await store.closeFinished(powers.clock.now())
  log({ event: 'daemon-stopped' })
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

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
