// SIGHUP: the settings of the gateways are read anew, all of them checked, and then taken over; or none of them.
import type { Config, GatewayConfig } from './config.ts'
import { Fixable } from './domain/errors.ts'
import type { Gateway } from './gateway/gateway.ts'
import type { GatewayKeeper } from './gateway/keeper.ts'
import type { Log } from './log.ts'

export interface ReloadPowers {
  readonly keeper: GatewayKeeper
  /** Those that messages wait for. */
  readonly gatewaysInUse: () => Promise<readonly string[]>
  /** Opens a gateway of this configuration. Fails with Fixable('config') for one that could send nothing. */
  readonly openChecked: (name: string, config: Config) => Promise<Gateway>
  readonly log: Log
}

interface Reloaded {
  readonly config: Config
  readonly late: readonly string[]
}

/** What `load` reads is what holds from now on; null: it cannot be used, and nothing is changed. Both are logged. */
export const takeOver = async (
  powers: ReloadPowers,
  before: Config,
  load: (inUse: Config) => Promise<Reloaded>,
): Promise<Config | null> => {
  const { log } = powers
  try {
    const { config, late } = await load(before)
    await exchange(powers, before, config)
    if (late.length > 0) log({ event: 'restart-needed', settings: late.join(', ') })
    log({ event: 'reloaded' })
    return config
  } catch (error) {
    log({ event: 'reload-refused', reason: error instanceof Error ? error.message : String(error) })
    return null
  }
}

/**
 * Hands the gateways of `fresh` to the keeper, each of them open. Fails with Fixable('config') where one that works now, or that
 * messages wait for, would send no more: nothing is changed then. Others that cannot be opened are told when they are asked for.
 */
const exchange = async (powers: ReloadPowers, before: Config, fresh: Config): Promise<void> => {
  const { keeper, openChecked } = powers
  const inUse = new Set(await powers.gatewaysInUse())
  refuseLost(before, fresh, inUse)
  const opened = new Map<string, Gateway>()
  try {
    for (const name of Object.keys(fresh.gateways)) {
      const isNeeded = inUse.has(name) || keeper.has(name)
      const gateway = await openChecked(name, fresh).catch((error: unknown) => {
        if (isNeeded) throw error
      })
      if (gateway !== undefined) opened.set(name, gateway)
    }
  } catch (error) {
    for (const gateway of opened.values()) await gateway.close()
    throw error
  }
  await keeper.keepInReserve(opened)
  for (const name of Object.keys(before.gateways)) if (!Object.hasOwn(fresh.gateways, name)) await keeper.forget(name)
}

/** A file that an editor has written by half often lacks its end, and that is where the gateways stand. */
const refuseLost = (before: Config, fresh: Config, inUse: ReadonlySet<string>): void => {
  const names = Object.keys(before.gateways)
  const left = Object.keys(fresh.gateways)
  if (names.length > 1 && left.length === 1 && left[0] === 'outbox') {
    throw new Fixable('config', `${fresh.file ?? 'the environment'} has no gateway any more`)
  }
  for (const name of names.filter((each) => inUse.has(each))) {
    const [old, now] = [before.gateways[name], Object.hasOwn(fresh.gateways, name) ? fresh.gateways[name] : undefined]
    const loss = old === undefined ? null : lossOf(old, now)
    if (loss !== null) throw new Fixable('config', `gateways.${name}${loss}, and messages wait for it`)
  }
}

const lossOf = (old: GatewayConfig, now: GatewayConfig | undefined): string | null => {
  if (now === undefined) return ' is gone'
  if (now.type !== old.type) return `.type is "${now.type}" and was "${old.type}"`
  return hasToken(old) && !hasToken(now) ? ' has no token any more' : null
}

const hasToken = (gateway: GatewayConfig): boolean =>
  gateway.type === 'http' && (gateway.tokenFile ?? gateway.tokenEnv) !== null
