// A gateway's rate within this process: messages leave evenly spaced.
import type { Clock } from '../clock.ts'

/** Resolves when the next message may leave, or when the signal aborts. Without a rate it costs nothing. */
export const openPace = (clock: Clock, ratePerSecond: number | null): ((stop: AbortSignal) => Promise<void>) => {
  if (ratePerSecond === null) return async () => undefined
  const interval = 1_000 / ratePerSecond
  let next = 0
  return async (stop) => {
    const now = clock.now()
    const mine = Math.max(next, now)
    next = mine + interval
    if (mine > now) await clock.sleep(mine - now, stop)
  }
}
