// Periodic work by the calendar; the only place that knows node-cron.
import cron from 'node-cron'
import type { Clock } from './clock.ts'

/** The wall clock may be set meanwhile: it is looked at again at least this often. */
const LONGEST_WAIT_MS = 60_000

export interface Ticker {
  /**
   * Runs `body` at every match of the cron expression (seconds first, UTC), never twice at once. Resolves when the signal
   * aborts; rejects with the first error of `body`.
   */
  every(expression: string, name: string, body: () => Promise<void>, signal: AbortSignal): Promise<void>
}

/**
 * node-cron knows the calendar and runs the task; the waiting is ours. Its own timer walks through every match that a clock
 * set forward has skipped (a day of seconds: 7.5 s of processor time), and waits for the old time after one set back. Here a
 * match that was skipped is missed, and one match is looked up at a time (50 µs).
 */
export const cronTicker = (clock: Clock): Ticker => ({
  every: async (expression, name, body, signal) => {
    const task = cron.createTask(expression, body, { name, timezone: 'UTC', logger: silent }) // in UTC no hour comes twice
    try {
      for (;;) {
        const next = task.getNextRuns(1)[0]?.getTime() ?? Number.POSITIVE_INFINITY
        await clock.sleep(Math.min(next - clock.now(), LONGEST_WAIT_MS), signal)
        if (signal.aborted) return
        if (clock.now() >= next) await task.execute()
      }
    } finally {
      await task.destroy()
    }
  },
})

const silence = (): void => undefined
/** node-cron prints lines of its own, in colour; what fails is thrown instead. */
const silent = { info: silence, warn: silence, error: silence, debug: silence }
