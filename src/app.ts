// The one place where things are put together.
import { homedir } from 'node:os'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { loadConfig } from './config.ts'
import { Fixable } from './domain/errors.ts'
import { parseZone } from './domain/zone.ts'
import type { Desk } from './flow/doctor/desk.ts'
import type { SendingPowers } from './flow/powers.ts'
import type { RestorePowers } from './flow/restore.ts'
import type { Gateway } from './gateway/gateway.ts'
import { type LogLevel, type LogPowers, openLog, readLogSettings } from './log.ts'
import { openExamination, openRestore, openStore } from './store/open.ts'
import { systemWitness } from './worker-identity.ts'

export interface App extends SendingPowers {
  readonly config: Config
  /** The operator's own zone: --tz, NOTIFY_TZ, configuration, system. */
  readonly operatorZone: string
  /**
   * Reads the configuration anew, for gateways that are opened from now on. One that cannot be used is logged, and the old
   * one stays; so do the database and the operator's zone.
   */
  reload(): Promise<void>
  /** Closes the gateway, if it is open: its next opening reads its settings and its token anew. Nothing may be in flight there. */
  closeGateway(name: string): Promise<void>
  close(): Promise<void>
}

export interface AppOptions {
  readonly configFile: string | undefined
  readonly operatorZone: string | undefined
  /** As the flags say; undefined: NOTIFY_LOG_LEVEL decides, else `usualLogLevel`. */
  readonly logLevel: LogLevel | undefined
  readonly usualLogLevel: LogLevel
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly clock: Clock
  readonly err: LogPowers['screen']
  /** Hears of files that others can read or change and should not (src/config/exposed.ts). */
  readonly warn?: (sentence: string) => void
}

export type OpenApp = (options: AppOptions) => Promise<App>

/** Reads the configuration and opens the store. Fails with Fixable; nothing is left open then. */
export const openApp: OpenApp = async (options) => {
  const { configFile, operatorZone, logLevel, usualLogLevel, env, cwd, clock, err, warn } = options
  const logSettings = readLogSettings(env)
  const load = (): Promise<Config> => loadConfig({ file: configFile, env, cwd, home: homedir() })
  let config = await load()
  if (warn !== undefined)
    for (const sentence of (await import('./config/exposed.ts')).exposedFiles(config)) warn(sentence)
  const zone = operatorZone === undefined ? config.zone : checkZone(operatorZone)
  const level = logLevel ?? logSettings.level ?? usualLogLevel
  const { log, close: closeLog } = await openLog({ screen: err, clock }, level, logSettings.format)
  const store = await openStore(config.database, clock, (lock) => log({ event: 'database-locked', ...lock }))
  const { gateway, closeGateway, closeAll } = openGateways((name) => openConfigured(name, config, env))
  return {
    config,
    store,
    clock,
    gateway,
    closeGateway,
    log,
    witness: systemWitness(),
    get operatorZone() {
      return zone ?? systemZone()
    },
    reload: async () => {
      try {
        config = await load()
        log({ event: 'reloaded' })
      } catch (error) {
        log({ event: 'reload-refused', reason: error instanceof Error ? error.message : String(error) })
      }
    },
    close: async () => {
      await closeAll()
      await store.close()
      closeLog()
    },
  }
}

/** What `notify restore` needs. The database is not opened: it may be damaged, or gone. */
export const openRestoreDesk = async (
  options: Pick<AppOptions, 'configFile' | 'operatorZone' | 'env' | 'cwd' | 'clock'>,
): Promise<RestorePowers & Pick<App, 'operatorZone'>> => {
  const { configFile, operatorZone, env, cwd, clock } = options
  const config = await loadConfig({ file: configFile, env, cwd, home: homedir() })
  return {
    restore: await openRestore(config.database, clock),
    clock,
    witness: systemWitness(),
    operatorZone: operatorZone === undefined ? (config.zone ?? systemZone()) : checkZone(operatorZone),
  }
}

/** What `notify doctor` needs: each thing is looked at where it can be, and the database is neither made nor migrated. */
export const openDoctorDesk = (
  options: Pick<AppOptions, 'configFile' | 'operatorZone' | 'env' | 'cwd' | 'clock'>,
): Desk => {
  const { configFile, operatorZone, env, cwd, clock } = options
  return {
    clock,
    witness: systemWitness(),
    node: process.versions.node,
    tz: process.versions['tz'] ?? null,
    places: async () => {
      const config = await loadConfig({ file: configFile, env, cwd, home: homedir() })
      const { exposedFiles } = await import('./config/exposed.ts')
      const { probeGateway } = await import('./gateway/probe.ts')
      return {
        config: { file: config.file, gateways: config.gateways, exposed: exposedFiles(config) },
        operatorZone: operatorZone === undefined ? (config.zone ?? systemZone()) : checkZone(operatorZone),
        examine: await openExamination(config.database),
        openStore: () => openStore(config.database, clock),
        probe: async (name) => {
          const gateway = Object.hasOwn(config.gateways, name) ? config.gateways[name] : undefined
          if (gateway === undefined) return { kind: 'misconfigured', says: `there is no [gateways.${name}]` }
          return probeGateway(name, gateway, env)
        },
      }
    },
  }
}

/** Takes 10 ms, which run-due need not wait. */
const systemZone = (): string => checkZone(Intl.DateTimeFormat().resolvedOptions().timeZone)

interface Gateways {
  gateway(name: string): Promise<Gateway>
  closeGateway(name: string): Promise<void>
  closeAll(): Promise<void>
}

/** Each is opened once, until it is closed; one that could not be opened is tried anew when it is asked for again. */
const openGateways = (open: (name: string) => Promise<Gateway>): Gateways => {
  const gateways = new Map<string, Promise<Gateway>>()
  const closeGateway = async (name: string): Promise<void> => {
    const opening = gateways.get(name)
    gateways.delete(name)
    const opened = await opening?.catch(() => undefined) // whoever asked for it has heard why
    await opened?.close()
  }
  return {
    gateway: (name) => {
      const known = gateways.get(name)
      if (known !== undefined) return known
      const opening = open(name)
      gateways.set(name, opening)
      opening.catch(() => gateways.get(name) === opening && gateways.delete(name))
      return opening
    },
    closeGateway,
    closeAll: async () => {
      for (const name of [...gateways.keys()]) await closeGateway(name)
    },
  }
}

const openConfigured = async (name: string, config: Config, env: AppOptions['env']): Promise<Gateway> => {
  const { openGateway } = await import('./gateway/open.ts') // undici costs 80 ms: not for a pass with nothing due
  return openGateway(name, config, env)
}

export const checkZone = (raw: string): string => {
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
