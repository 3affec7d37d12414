// Wakes those who wait, however many, as often as it rings.

export interface Alarm {
  /** Aborts at the next ring, or at the stop. */
  next(): AbortSignal
  ring(): void
}

export const openAlarm = (stop: AbortSignal): Alarm => {
  let bell = new AbortController()
  if (stop.aborted) bell.abort()
  stop.addEventListener('abort', () => bell.abort(), { once: true })
  return {
    next: () => bell.signal,
    ring: () => {
      const rung = bell
      if (!stop.aborted) bell = new AbortController()
      rung.abort()
    },
  }
}
