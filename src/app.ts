// The one place where things are put together.
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Gateway } from './gateway/gateway.ts'
import type { Log } from './log.ts'
import type { Store } from './store/store.ts'

export interface App {
  readonly config: Config
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  /** The operator's own zone: --tz, NOTIFY_TZ, configuration, system. */
  readonly operatorZone: string
  /** Opens the named gateway, once. Fails with Fixable('config') when it is not configured. */
  gateway(name: string): Promise<Gateway>
  close(): Promise<void>
}

export interface AppOptions {
  readonly configFile: string | undefined
  readonly operatorZone: string | undefined
  readonly verbose: number
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly clock: Clock
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean }
}

export type OpenApp = (options: AppOptions) => Promise<App>
