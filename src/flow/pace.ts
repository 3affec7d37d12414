// A gateway's rate within this process: messages leave evenly spaced.
import type { Clock } from '../clock.ts'

/** Resolves when the next message may leave, or when the signal aborts; undefined where there is nothing to wait for. */
export const openPace = (
  clock: Clock,
  ratePerSecond: number | null,
): ((stop: AbortSignal) => Promise<void> | undefined) => {
  if (ratePerSecond === null) return () => undefined
  const interval = 1_000 / ratePerSecond
  let next = 0
  return (stop) => {
    const now = clock.now()
    const mine = Math.max(next, now)
    next = mine + interval
    return mine > now ? clock.sleep(mine - now, stop) : undefined
  }
}
