// The one place where things are put together.
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Clock } from './clock.ts'
import { ownFilesOf } from './config/own-files.ts'
import type { Config, ConfigOptions } from './config.ts'
import { loadConfig, reloadConfig } from './config.ts'
import { Fixable } from './domain/errors.ts'
import { parseZone } from './domain/zone.ts'
import type { OwnFile } from './files/own-files.ts'
import { unfinishedNear } from './files/part-names.ts'
import type { Desk } from './flow/doctor/desk.ts'
import type { SendingPowers } from './flow/powers.ts'
import type { RestorePowers } from './flow/restore.ts'
import type { Gateway } from './gateway/gateway.ts'
import { keepGateways } from './gateway/keeper.ts'
import { type Log, type LogLevel, type LogPowers, openLog, readLogSettings } from './log.ts'
import { openExamination, openRestore, openStore } from './store/open.ts'
import type { Store } from './store/store.ts'
import { mayLive, systemWitness } from './worker-identity.ts'

export interface App extends SendingPowers {
  readonly config: Config
  /** The database, configurations, tokens, outboxes: nothing that a command writes goes over one of them. */
  readonly ownFiles: readonly OwnFile[]
  /** The operator's own zone: --tz, NOTIFY_TZ, configuration, system. */
  readonly operatorZone: string
  /**
   * Reads the configuration and the tokens anew, for gateways that are renewed or opened from now on; true: they are taken over.
   * What cannot be used is logged, and all of the old stays; the database stays in any case.
   */
  reload(): Promise<boolean>
  /**
   * Opens the gateway anew, if it is open, by its settings and its token of this moment; the old one stays where they cannot be
   * used. Nothing may be in flight there.
   */
  renewGateway(name: string): Promise<void>
  /** Opens every gateway that can be opened, so that there is one to go on with when its token is spoilt later. */
  keepGateways(): Promise<void>
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

type DeskOptions = Pick<AppOptions, 'configFile' | 'operatorZone' | 'env' | 'cwd' | 'clock'>
const placeOf = ({ configFile: file, env, cwd }: DeskOptions): ConfigOptions => ({ file, env, cwd, home: homedir() })

export type OpenApp = (options: AppOptions) => Promise<App>

/** Reads the configuration and opens the store. Fails with Fixable; nothing is left open then. */
export const openApp: OpenApp = async (options) => {
  const { operatorZone, logLevel, usualLogLevel, env, clock, err, warn } = options
  const logSettings = readLogSettings(env)
  const place = placeOf(options)
  const config = await loadConfig(place)
  if (warn !== undefined)
    for (const sentence of (await import('./config/exposed.ts')).exposedFiles(config)) warn(sentence)
  const zone = operatorZone === undefined ? config.zone : checkZone(operatorZone)
  const level = logLevel ?? logSettings.level ?? usualLogLevel
  const { log, close: closeLog } = await openLog({ screen: err, clock }, level, logSettings.format)
  const witness = systemWitness()
  const store = await openWatched(config.database, { clock, log, witness })
  const gateways = openGateways(place, config, log, () => store.gatewaysInUse())
  return {
    config,
    store,
    clock,
    ...gateways,
    log,
    witness,
    get ownFiles() {
      return ownFilesOf(config, place)
    },
    get operatorZone() {
      return zone ?? systemZone()
    },
    close: async () => {
      await gateways.closeAll()
      await store.close()
      closeLog()
    },
  }
}

/** Its locks are logged; a migration waits for older workers that live. */
const openWatched = (file: string, { clock, log, witness }: Pick<App, 'clock' | 'log' | 'witness'>): Promise<Store> =>
  openStore(
    file,
    clock,
    (lock) => log({ event: 'database-locked', ...lock }),
    (worker) => mayLive({ clock, witness }, worker),
  )

type OpenGateways = Pick<App, 'gateway' | 'renewGateway' | 'keepGateways' | 'reload'> & { closeAll(): Promise<void> }

/** The gateways of the configuration that holds at the moment: at first `config`. */
const openGateways = (
  place: ConfigOptions,
  config: Config,
  log: Log,
  gatewaysInUse: () => Promise<readonly string[]>,
): OpenGateways => {
  const { env } = place
  let current = config
  const keeper = keepGateways(
    (name) => openConfigured(name, current, place),
    (name, why) => log({ event: 'gateway-trouble', gateway: name, reason: `${why}; the old settings go on` }),
  )
  const openChecked = async (name: string, wanted: Config): Promise<Gateway> =>
    (await import('./gateway/probe.ts')).openUsable(name, wanted, env, ownFilesOf(wanted, place))
  const reload = async (): Promise<boolean> => {
    const { takeOver } = await import('./reload.ts')
    const taken = await takeOver({ keeper, gatewaysInUse, openChecked, log }, current, (inUse) =>
      reloadConfig(place, inUse),
    )
    current = taken ?? current
    return taken !== null
  }
  let reloading = Promise.resolve(true)
  return {
    ...keeper,
    keepGateways: async () => {
      const open = async (name: string) => [name, await openConfigured(name, current, place)] as const
      const opened = await Promise.allSettled(Object.keys(current.gateways).map(open))
      await keeper.keepInReserve(new Map(opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))))
    },
    reload: () => (reloading = reloading.then(reload)), // one after another: the last signal decides
  }
}

/** What `notify restore` needs. The database is not opened: it may be damaged, or gone. */
export const openRestoreDesk = async (options: DeskOptions): Promise<RestorePowers & Pick<App, 'operatorZone'>> => {
  const { operatorZone, clock } = options
  const place = placeOf(options)
  const config = await loadConfig(place)
  return {
    restore: await openRestore(config.database, clock, ownFilesOf(config, place)),
    clock,
    witness: systemWitness(),
    operatorZone: operatorZone === undefined ? (config.zone ?? systemZone()) : checkZone(operatorZone),
  }
}

/** What `notify doctor` needs: each thing is looked at where it can be, and the database is neither made nor migrated. */
export const openDoctorDesk = (options: DeskOptions): Desk => {
  const { operatorZone, env, cwd, clock } = options
  const place = placeOf(options)
  return {
    clock,
    witness: systemWitness(),
    node: process.versions.node,
    tz: process.versions['tz'] ?? null,
    places: async () => {
      const config = await loadConfig(place)
      const { exposedFiles } = await import('./config/exposed.ts')
      const { probeGateway } = await import('./gateway/probe.ts')
      return {
        config: { file: config.file, gateways: config.gateways, exposed: exposedFiles(config) },
        operatorZone: operatorZone === undefined ? (config.zone ?? systemZone()) : checkZone(operatorZone),
        examine: await openExamination(config.database),
        openStore: () => openStore(config.database, clock),
        unfinished: () => unfinishedNear([config.database, config.file, resolve(cwd, 'here'), join(tmpdir(), 'here')]),
        probe: (name) => probeGateway(name, config.gateways, env, ownFilesOf(config, place)),
      }
    },
  }
}

/** Takes 10 ms, which run-due need not wait. */
const systemZone = (): string => checkZone(Intl.DateTimeFormat().resolvedOptions().timeZone)

const openConfigured = async (name: string, config: Config, place: ConfigOptions): Promise<Gateway> => {
  const { openGateway } = await import('./gateway/open.ts') // undici costs 80 ms: not for a pass with nothing due
  return openGateway(name, config, place.env, ownFilesOf(config, place))
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
