// A clock that can fly: true seconds while messages leave, hours in a moment between two zones.
import type { Clock } from '../../clock.ts'

export interface DemoClock extends Clock {
  /** Moves to `instant` within about `ms` of real time, telling each step. */
  flyTo(instant: number, ms: number, signal: AbortSignal, onStep: () => void): Promise<void>
}

const STEP_MS = 50

export const demoClock = (real: Clock): DemoClock => {
  let ahead = 0
  const now = (): number => real.now() + ahead
  return {
    now,
    monotonic: () => Math.round(real.monotonic() + ahead),
    sinceBoot: () => Math.round(real.sinceBoot() + ahead),
    sleep: real.sleep,
    random: real.random,
    flyTo: async (instant, ms, signal, onStep) => {
      const steps = Math.max(1, Math.round(ms / STEP_MS))
      for (let left = steps; left > 0 && !signal.aborted; left -= 1) {
        await real.sleep(STEP_MS, signal)
        ahead += Math.max(0, (instant - now()) / left)
        onStep()
      }
    },
  }
}
