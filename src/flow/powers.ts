// What the sending flows are handed.
import type { Clock } from '../clock.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Witness } from '../worker-identity.ts'

export interface SendingPowers {
  readonly store: Store
  /** Opens the named gateway, once; fails with Fixable('config') when it is not configured. */
  readonly gateway: (name: string) => Promise<Gateway>
  readonly clock: Clock
  readonly log: Log
  readonly witness: Witness
}

/** Two signals: `stop` claims nothing more and finishes what is in flight; `abort` breaks off what is in flight. */
export interface StopSignals {
  readonly stop: AbortSignal
  readonly abort: AbortSignal
}
