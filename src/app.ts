// The one place where things are put together.
import { homedir } from 'node:os'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { loadConfig } from './config.ts'
import { Fixable } from './domain/errors.ts'
import { parseZone } from './domain/zone.ts'
import type { SendingPowers } from './flow/powers.ts'
import type { Gateway } from './gateway/gateway.ts'
import { createLog, type LogLevel } from './log.ts'
import { openStore } from './store/open.ts'
import { systemWitness } from './worker-identity.ts'

export interface App extends SendingPowers {
  readonly config: Config
  /** The operator's own zone: --tz, NOTIFY_TZ, configuration, system. */
  readonly operatorZone: string
  close(): Promise<void>
}

export interface AppOptions {
  readonly configFile: string | undefined
  readonly operatorZone: string | undefined
  readonly logLevel: LogLevel
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly clock: Clock
  readonly err: { write(text: string): unknown }
}

export type OpenApp = (options: AppOptions) => Promise<App>

/** Reads the configuration and opens the store. Fails with Fixable; nothing is left open then. */
export const openApp: OpenApp = async ({ configFile, operatorZone, logLevel, env, cwd, clock, err }) => {
  const config = await loadConfig({ file: configFile, env, cwd, home: homedir() })
  const zone = operatorZone === undefined ? config.zone : checkZone(operatorZone)
  const store = await openStore(config.database, clock)
  const gateways = new Map<string, Promise<Gateway>>()
  const gateway = (name: string): Promise<Gateway> => {
    const opened = gateways.get(name) ?? openConfigured(name, config, env)
    gateways.set(name, opened)
    return opened
  }
  return {
    config,
    store,
    clock,
    gateway,
    log: createLog(err, clock, logLevel),
    witness: systemWitness(),
    get operatorZone() {
      return zone ?? checkZone(Intl.DateTimeFormat().resolvedOptions().timeZone) // 10 ms, which run-due need not wait
    },
    close: async () => {
      const opened = await Promise.allSettled([...gateways.values()])
      for (const each of opened) if (each.status === 'fulfilled') await each.value.close()
      await store.close()
    },
  }
}

const openConfigured = async (name: string, config: Config, env: AppOptions['env']): Promise<Gateway> => {
  const { openGateway } = await import('./gateway/open.ts') // undici costs 80 ms: not for a pass with nothing due
  return openGateway(name, config, env)
}

const checkZone = (raw: string): string => {
  const zone = parseZone(raw)
  if (!zone.ok)
    throw new Fixable(
      'usage',
      `your own zone "${raw}": ${zone.reason}`,
      'Say it with --tz, for example --tz Europe/Moscow.',
    )
  return zone.zone
}

export { storeVersions } from './store/open.ts'
