// A clock that is moved by hand. Sleepers wake when the time they wait for has come, and never by themselves; only the
// short pauses that let others have their turn (up to 10 ms) pass at once.
import type { Clock } from '../../src/clock.ts'

export interface HandClock extends Clock {
  /** Moves to an instant and wakes who waited for it. */
  moveTo(instant: number | string): void
  advance(ms: number): void
  /** The earliest instant somebody sleeps for; null when nobody sleeps. */
  nextWake(): number | null
}

export const handClock = (start: string): HandClock => {
  let now = Date.parse(start)
  const sleepers = new Set<{ until: number; wake: () => void }>()
  const moveTo = (instant: number | string): void => {
    now = typeof instant === 'string' ? Date.parse(instant) : instant
    for (const sleeper of [...sleepers]) if (sleeper.until <= now) sleeper.wake()
  }
  return {
    now: () => now,
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
    advance: (ms) => moveTo(now + ms),
    nextWake: () => (sleepers.size === 0 ? null : Math.min(...[...sleepers].map((s) => s.until))),
  }
}
