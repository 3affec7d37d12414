// Configuration -> gateways. The only file that names their kinds: one that is missing here does not compile.
import type { Config, GatewayConfig } from '../config.ts'
import { Fixable } from '../domain/errors.ts'
import { nearest } from '../domain/nearest.ts'
import type { OwnFile } from '../files/own-files.ts'
import type { Gateway } from './gateway.ts'

type Environment = Readonly<Record<string, string | undefined>>

type Opener<T extends GatewayConfig['type']> = (
  name: string,
  config: Extract<GatewayConfig, { type: T }>,
  env: Environment,
  own: readonly OwnFile[],
) => Promise<Gateway>

const openers = {
  http: async (name, config, env) => (await import('./http.ts')).openHttpGateway(name, config, env),
  outbox: async (name, config, _env, own) => (await import('./outbox.ts')).openOutboxGateway(name, config, own),
} satisfies { readonly [T in GatewayConfig['type']]: Opener<T> }

/** Opens the named gateway. Fails with Fixable('config') when it is not configured, or its token cannot be read. */
export const openGateway = async (
  name: string,
  { gateways }: Pick<Config, 'gateways'>,
  env: Environment,
  own: readonly OwnFile[] = [],
): Promise<Gateway> => {
  const config = Object.hasOwn(gateways, name) ? gateways[name] : undefined
  if (config === undefined) throw unknownGateway(name, Object.keys(gateways))
  return config.type === 'http' ? openers.http(name, config, env) : openers.outbox(name, config, env, own)
}

const unknownGateway = (name: string, known: readonly string[]): Fixable => {
  const meant = nearest(name, known)
  const hint = meant === null ? `Configured are: ${known.join(', ')}.` : `Did you mean "${meant}"?`
  return new Fixable('config', `there is no gateway "${name}" in the configuration`, hint)
}
