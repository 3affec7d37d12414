// A clock that is moved by hand. Sleepers wake when the time they wait for has come, and never by themselves; only the
// short pauses that let others have their turn (up to 10 ms) pass at once.
import type { Clock } from '../../src/clock.ts'

export interface HandClock extends Clock {
  /** Moves to an instant and wakes who waited for it. */
  moveTo(instant: number | string): void
  advance(ms: number): void
  /** Sets the wall clock, as an administrator does: nobody's time has passed. */
  set(instant: number | string): void
  /** The earliest instant somebody sleeps for; null when nobody sleeps. */
  nextWake(): number | null
}

export const handClock = (start: string): HandClock => {
  let now = Date.parse(start)
  let ahead = now - 1_000_000 // of the wall clock before the monotonic one
  const sleepers = new Set<{ until: number; wake: () => void }>()
  const moveTo = (instant: number | string): void => {
    now = typeof instant === 'string' ? Date.parse(instant) : instant
    for (const sleeper of [...sleepers]) if (sleeper.until <= now) sleeper.wake()
  }
  return {
    now: () => now,
    monotonic: () => now - ahead,
    sinceBoot: () => now - ahead,
    random: () => 0.5,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = {
          until: now + ms,
          wake: () => {
            sleepers.delete(sleeper)
            signal?.removeEventListener('abort', sleeper.wake)
            resolve()
          },
        }
        if (ms <= 10 || signal?.aborted === true) return void setImmediate(resolve)
        sleepers.add(sleeper)
        signal?.addEventListener('abort', sleeper.wake, { once: true })
        return undefined
      }),
    moveTo,
    set: (instant) => {
      const then = typeof instant === 'string' ? Date.parse(instant) : instant
      ahead += then - now
      for (const sleeper of sleepers) sleeper.until += then - now
      now = then
    },
    advance: (ms) => moveTo(now + ms),
    nextWake: () => (sleepers.size === 0 ? null : Math.min(...[...sleepers].map((s) => s.until))),
  }
}
