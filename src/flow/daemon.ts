// run-due whenever something is due, until told to stop. Between two instants it sleeps; nothing is polled but one number a second.
import type { Clock } from '../clock.ts'
import type { Supervisor } from '../supervisor.ts'
import type { Ticker } from '../ticker.ts'
import { type Alarm, openAlarm } from './alarm.ts'
import { guardClock } from './clock-guard.ts'
import { follow } from './follow.ts'
import { type LanePowers, type Lanes, openLanes } from './lanes.ts'
import type { StopSignals } from './powers.ts'
import { openWatchdog } from './watchdog.ts'
import { clearUp } from './worker.ts'

/** Also how soon the rows of a worker that died are taken over, and a pause is obeyed by who sleeps. */
const LOOK_MS = 1_000

/** An address book that changes all day is looked through for a twentieth of the time. */
const FOLLOW_RESTS = 19

export interface DaemonPowers extends LanePowers {
  readonly ticker: Ticker
  readonly supervisor: Supervisor
  /** Calls the listener each time that gateways are to be opened anew, by their settings and tokens of that moment. */
  readonly onReload: (listener: () => void) => void
}

/** Runs until `signals.stop`; resolves when everything in hand is settled. What fails in one lane ends them all, and is thrown. */
export const daemon = async (powers: DaemonPowers, workerId: number, signals: StopSignals): Promise<void> => {
  const { store, clock, log, ticker, supervisor } = powers
  const failure = openFailure()
  const stop = AbortSignal.any([signals.stop, failure.signal])
  const [alarm, renewal] = [openAlarm(stop), openAlarm(stop)]
  const lanes = openLanes(powers, { workerId, signals: { stop, abort: signals.abort }, alarm, renewal }, failure.note)
  const closeFinished = async (): Promise<void> => {
    await guardClock(powers)
    await store.closeFinished(clock.now())
  }
  powers.onReload(() => {
    renewal.ring()
    alarm.ring()
  })
  const look = await looker(powers, lanes, alarm)
  const followJoiners = follower(powers, alarm, stop)
  const watch = watcher(powers, workerId)
  await guardClock(powers)
  log({ event: 'daemon-started' })
  await lanes.open()
  await supervisor.tell('ready')
  const periodic = [
    repeat(clock, LOOK_MS, look, stop),
    repeat(clock, LOOK_MS, followJoiners, stop),
    repeat(clock, supervisor.everyMs, watch, stop),
    ticker.every('*/10 * * * * *', 'close finished mailings', closeFinished, stop),
  ]
  await Promise.all(periodic.map((work) => work.catch(failure.note)))
  log({ event: 'daemon-stopping', reason: failure.reason() })
  await Promise.all([supervisor.tell('stopping'), lanes.ended()])
  if (failure.signal.aborted) await store.confirmStanding() // files that were taken away read like a disk that fails
  failure.rethrow()
  await closeFinished()
  log({ event: 'daemon-stopped' })
}

/** What others did meanwhile: replaced the file, died with rows in hand, scheduled, resumed. */
const looker = async (powers: DaemonPowers, lanes: Lanes, alarm: Alarm): Promise<() => Promise<void>> => {
  const { store } = powers
  let mark = await store.changeMark()
  return async () => {
    await store.confirmStanding()
    const rescued = await clearUp(powers)
    const now = await store.changeMark()
    if (now === mark && rescued === 0) return
    mark = now
    await lanes.open()
    alarm.ring()
  }
}

/** Apart from the other looks: it takes most of a second among a million recipients, and those who died are taken over meanwhile. */
const follower = (powers: DaemonPowers, alarm: Alarm, stop: AbortSignal): (() => Promise<void>) => {
  const { store, clock } = powers
  let mark: number | null = null
  let restsUntil = Number.NEGATIVE_INFINITY
  return async () => {
    const began = clock.monotonic()
    if (began < restsUntil) return
    const now = await store.changeMark()
    if (now === mark) return
    mark = now
    if ((await follow(powers, stop)) > 0) alarm.ring()
    const ended = clock.monotonic()
    restsUntil = ended + (ended - began) * FOLLOW_RESTS
  }
}

/** What nobody did: the clock, and messages that do not move. */
const watcher = (powers: DaemonPowers, workerId: number): (() => Promise<void>) => {
  const watchdog = openWatchdog(powers, workerId)
  return async () => {
    await guardClock(powers)
    await powers.supervisor.tell((await watchdog.look()) ? 'well' : 'stalled')
  }
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
  /** In words; null: there was none. */
  reason(): string | null
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
    reason: () =>
      first === undefined ? null : first.error instanceof Error ? first.error.message : String(first.error),
    rethrow: () => {
      if (first !== undefined) throw first.error
    },
  }
}
