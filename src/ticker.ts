// Periodic work by the wall clock; the only place that knows node-cron.
import cron from 'node-cron'

const silence = (): void => undefined
const silent = { info: silence, warn: silence, error: silence, debug: silence }

export interface Ticker {
  /** Runs `body` at every match of the cron expression (seconds first), never twice at once, until the signal aborts. */
  every(expression: string, name: string, body: () => Promise<void>, signal: AbortSignal): void
}

export const cronTicker: Ticker = {
  every: (expression, name, body, signal) => {
    cron.setLogger(silent) // node-cron prints coloured warnings of its own; missed ticks do not matter here
    const task = cron.schedule(expression, body, { name, noOverlap: true })
    signal.addEventListener('abort', () => void task.destroy(), { once: true })
  },
}
