// One signal from outside becomes two: stop claiming now; break off what is in flight after the grace time.
import type { StopSignals } from '../../flow/powers.ts'

export interface ClearableSignals extends StopSignals {
  /** Forgets the timers, so that the process may end. */
  clear(): void
}

/** `runtimeMs`: stop by itself after this time; null: only when `outer` aborts. */
export const stopSignals = (outer: AbortSignal, graceMs: number, runtimeMs: number | null): ClearableSignals => {
  const stop = new AbortController()
  const abort = new AbortController()
  let grace: Timer | undefined
  const begin = (): void => {
    stop.abort()
    grace ??= startTimer(graceMs, () => abort.abort())
  }
  const runtime = runtimeMs === null ? undefined : startTimer(runtimeMs, begin)
  if (outer.aborted) begin()
  else outer.addEventListener('abort', begin, { once: true })
  return {
    stop: stop.signal,
    abort: abort.signal,
    clear: () => {
      grace?.clear()
      runtime?.clear()
      outer.removeEventListener('abort', begin)
    },
  }
}

interface Timer {
  clear(): void
}

/** A timer of Node above this many ms (24.8 days) goes off at once. */
const LONGEST_TIMER = 2 ** 31 - 1

const startTimer = (ms: number, goOff: () => void): Timer => {
  let timer: NodeJS.Timeout
  const arm = (left: number): void => {
    const next = left > LONGEST_TIMER ? () => arm(left - LONGEST_TIMER) : goOff
    timer = setTimeout(next, Math.min(left, LONGEST_TIMER))
  }
  arm(ms)
  return { clear: () => clearTimeout(timer) }
}
