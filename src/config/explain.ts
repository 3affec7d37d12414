// Every setting with what it is and where that comes from. A secret is never among them.
import { existsSync } from 'node:fs'
import type { Config, GatewayConfig } from '../config.ts'
import { isOpenHeader, maybeSecret } from '../domain/secret-name.ts'
import { looksLikeFile, looksLikeVariable } from '../domain/token-place.ts'
import { isTable, type Overlay, type RawTable } from './environment.ts'
import { GATEWAY_KEYS } from './gateway-settings.ts'
import { DEFAULTS_KEYS, ROOT_KEYS } from './schema.ts'

export type Value = string | number | boolean | null

export interface ExplainedSetting {
  /** Such as gateways.sms.rate. */
  readonly path: string
  /** null: nothing, and there is no default. Tables and lists as JSON. */
  readonly value: Value
  /** "NOTIFY_TZ", "/etc/notify/config.toml" or "default"; a flag names itself. */
  readonly source: string
}

const HIDDEN = '••••'

/** What was given: `table` is the file as it is, without the environment. */
export interface Given {
  readonly file: string | null
  readonly table: RawTable
  readonly overlays: readonly Overlay[]
}

export const explain = (config: Config, given: Given): readonly ExplainedSetting[] => [
  ...ROOT_KEYS.filter((key) => key !== 'defaults' && key !== 'gateways').map((key) =>
    explained([key], valueAt(config, [camel(key)]), given),
  ),
  ...DEFAULTS_KEYS.map((key) => explained(['defaults', key], valueAt(config, ['defaults', camel(key)]), given)),
  ...Object.entries(config.gateways).flatMap(([name, gateway]) => explainGateway(name, gateway, given)),
]

const explainGateway = (name: string, gateway: GatewayConfig, given: Given): readonly ExplainedSetting[] => [
  ...(GATEWAY_KEYS[gateway.type] ?? []).map((key) => {
    const path = ['gateways', name, key]
    const said = withoutSecrets(key, effective(key, gateway))
    return explained(path, said, given)
  }),
  ...(gateway.type === 'http' ? [explainToken(name, gateway)] : []),
]

/** It is not looked at, only where it would come from. */
const explainToken = (
  name: string,
  { tokenFile, tokenEnv }: Extract<GatewayConfig, { type: 'http' }>,
): ExplainedSetting => ({
  path: `gateways.${name}.token`,
  value: tokenFile === null && tokenEnv === null ? null : HIDDEN,
  source: place(tokenFile, isFile) ?? place(tokenEnv, looksLikeVariable) ?? 'default',
})

/** As notify.toml would say it; what the file or the environment says is shown as they say it. */
const effective = (key: string, gateway: GatewayConfig): unknown => {
  if (key === 'address') return gateway.addressKind
  if (key === 'rate') return gateway.ratePerSecond === null ? null : `${gateway.ratePerSecond}/s`
  if (gateway.type === 'outbox') return valueAt(gateway, [key])
  if (key === 'deadline') return `${gateway.deadlineMs}ms`
  if (key === 'key_retention') return `${gateway.keyRetentionMs / 3_600_000}h`
  if (key === 'refuse') return gateway.refuse === undefined ? null : { ...gateway.refuse }
  if (key === 'accept') return { status: gateway.accept.status, json: gateway.accept.json }
  return valueAt(gateway, [camel(key)])
}

const explained = (path: readonly string[], value: unknown, { file, table, overlays }: Given): ExplainedSetting => {
  const overlay = overlays.findLast((one) => one.path.join('.') === path.join('.').toLowerCase().replaceAll('-', '_'))
  const raw = valueAt(table, path)
  const given = overlay === undefined ? raw : overlay.value
  const isAsGiven = given !== undefined && AS_GIVEN.has(path.at(-1) ?? '')
  return {
    path: path.join('.'),
    value: shown(isAsGiven ? given : value),
    source: overlay?.variable ?? (raw === undefined || file === null ? 'default' : file),
  }
}

/** "30/m" says more than 0.5 a second. */
const AS_GIVEN = new Set(['rate', 'deadline', 'key_retention', 'preset'])

const isFile = (file: string): boolean => looksLikeFile(file) || existsSync(file)

const place = (named: string | null, looksRight: (named: string) => boolean): string | null =>
  named === null || looksRight(named) ? named : HIDDEN

/** A token that stands where its place belongs, and what in a request may be a key. */
const withoutSecrets = (key: string, value: unknown): unknown => {
  if (key === 'headers' && isTable(value)) return hideWhere(value, (name) => !isOpenHeader(name))
  if (key === 'body') return hideInBody(value, '')
  if (typeof value !== 'string') return value
  if (key === 'path') return hideInPath(value)
  return key === 'token_file' ? place(value, isFile) : key === 'token_env' ? place(value, looksLikeVariable) : value
}

const hideWhere = (table: RawTable, isSecret: (name: string) => boolean): RawTable =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [name, isSecret(name) ? HIDDEN : value]))

const hideInPath = (path: string): string =>
  path.replaceAll(/(?<=[/?&])(?:([^/?&=]*)=)?([^/?&]*)/g, (said, name: string | undefined, value: string) =>
    maybeSecret(name ?? '', value) ? `${name === undefined ? '' : `${name}=`}${HIDDEN}` : said,
  )

const hideInBody = (value: unknown, name: string): unknown => {
  if (Array.isArray(value)) return value.map((item) => hideInBody(item, name))
  if (isTable(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hideInBody(item, key)]))
  return maybeSecret(name, String(value)) ? HIDDEN : value
}

const shown = (value: unknown): Value => {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return JSON.stringify(value)
}

/** 'test_addresses' -> 'testAddresses' */
const camel = (key: string): string => key.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

const valueAt = (table: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? Object.entries(inner).find(([name]) => name === key)?.[1]
        : undefined,
    table,
  )
