// The one door by which time and chance enter. Tests hand in a clock that is moved by hand.
import { setTimeout as delay } from 'node:timers/promises'

/** Timers above 2^31 ms fire at once, and a suspended machine oversleeps: nothing sleeps longer than this. */
const LONGEST_SLEEP = 3_600_000

export interface Clock {
  /** Epoch milliseconds UTC. */
  now(): number
  /** Resolves after `ms` (at most an hour) or when the signal aborts, whichever is first. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Uniform in [0, 1). */
  random(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await delay(Math.min(Math.max(ms, 0), LONGEST_SLEEP), undefined, signal ? { signal } : {}).catch(() => undefined)
  },
  random: () => Math.random(),
}
