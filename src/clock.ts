// The one door by which time and chance enter. Tests hand in a clock that is moved by hand.
import { uptime } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'

/** Timers above 2^31 ms fire at once, and a suspended machine oversleeps: nothing sleeps longer than this. */
const LONGEST_SLEEP = 3_600_000

export interface Clock {
  /** Epoch milliseconds UTC. */
  now(): number
  /** Milliseconds since some instant that is the same for all processes of this boot; nobody sets it. */
  monotonic(): number
  /** Milliseconds since boot, sleep of the machine included; to 10 ms. */
  sinceBoot(): number
  /** Resolves after `ms` (at most an hour) or when the signal aborts, whichever is first. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Uniform in [0, 1). */
  random(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => {
    const [seconds, nanoseconds] = process.hrtime()
    return seconds * 1_000 + Math.floor(nanoseconds / 1_000_000)
  },
  sinceBoot: () => Math.round(uptime() * 1_000),
  sleep: async (ms, signal) => {
    await delay(Math.min(Math.max(ms, 0), LONGEST_SLEEP), undefined, signal ? { signal } : {}).catch(() => undefined)
  },
  random: () => Math.random(),
}
