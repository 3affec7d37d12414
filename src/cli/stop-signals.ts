// One signal from outside becomes two: stop claiming now; break off what is in flight after the grace time.
import type { StopSignals } from '../flow/powers.ts'

export interface ClearableSignals extends StopSignals {
  /** Forgets the timers, so that the process may end. */
  clear(): void
}

/** `runtimeMs`: stop by itself after this time; null: only when `outer` aborts. */
export const stopSignals = (outer: AbortSignal, graceMs: number, runtimeMs: number | null): ClearableSignals => {
  const stop = new AbortController()
  const abort = new AbortController()
  let grace: NodeJS.Timeout | undefined
  const begin = (): void => {
    stop.abort()
    grace ??= setTimeout(() => abort.abort(), graceMs)
  }
  const runtime = runtimeMs === null ? undefined : setTimeout(begin, runtimeMs)
  if (outer.aborted) begin()
  else outer.addEventListener('abort', begin, { once: true })
  return {
    stop: stop.signal,
    abort: abort.signal,
    clear: () => {
      clearTimeout(grace)
      clearTimeout(runtime)
      outer.removeEventListener('abort', begin)
    },
  }
}
