// NOTIFY_… variables laid over what the file says: NOTIFY_ and the path in upper snake, such as NOTIFY_DEFAULTS_TEXT.
import { resolve } from 'node:path'
import { readDatabase } from './database.ts'

/** A table as TOML gives it. */
export type RawTable = Record<string, unknown>

export interface Overlay {
  readonly path: readonly string[]
  readonly value: unknown
  /** The variable it came from, for complaints. */
  readonly variable: string
}

/** In this order: a later variable wins over an earlier one of the same path. */
const SETTINGS: readonly (readonly [variable: string, ...path: string[]])[] = [
  ['NOTIFY_DATABASE', 'database'],
  ['NOTIFY_DATABASE_URL', 'database'],
  ['NOTIFY_ZONE', 'zone'],
  ['NOTIFY_TZ', 'zone'],
  ['NOTIFY_COUNTRY', 'country'],
  ['NOTIFY_APPROVAL', 'approval'],
  ['NOTIFY_TEST_ADDRESSES', 'test_addresses'],
  ['NOTIFY_DEFAULTS_GATEWAY', 'defaults', 'gateway'],
  ['NOTIFY_DEFAULTS_TEXT', 'defaults', 'text'],
  ['NOTIFY_DEFAULTS_UNTIL', 'defaults', 'until'],
]

/** NOTIFY_GATEWAYS_SMS_TOKEN_FILE: the name, then one of the settings that are a single value. */
const GATEWAY =
  /^NOTIFY_GATEWAYS_(.+?)_(TYPE|PRESET|URL|METHOD|PATH|TOKEN_FILE|TOKEN_ENV|ADDRESS|CONCURRENCY|RATE|DEADLINE|FILE|ON_UNKNOWN|HONOURS_KEY|KEY_RETENTION)$/

type Environment = Readonly<Record<string, string | undefined>>

/** What the environment sets; an empty variable sets nothing. Relative paths are relative to the current folder. */
export const readEnvironment = (env: Environment, cwd: string): readonly Overlay[] => [
  ...SETTINGS.flatMap(([variable, ...path]) => {
    const value = env[variable]
    return value === undefined || value === '' ? [] : [{ path, variable, value: fromHere(path, value, cwd) }]
  }),
  ...Object.entries(env).flatMap(([variable, value]) => {
    const [, name, key] = GATEWAY.exec(variable) ?? []
    if (name === undefined || key === undefined || value === undefined || value === '') return []
    const path = ['gateways', name.toLowerCase(), key.toLowerCase()]
    return [{ path, variable, value: fromHere(path, value, cwd) }]
  }),
]

const YES_OR_NO = new Set(['honours_key', 'approval'])

const fromHere = (path: readonly string[], value: string, cwd: string): unknown => {
  const key = path.at(-1)
  if (key === 'database') {
    const database = readDatabase(value, cwd)
    return database.ok ? database.value : value
  }
  if (key === 'token_file' || key === 'file') return resolve(cwd, value)
  if (key === 'test_addresses') return value.split(',').map((address) => address.trim())
  if (YES_OR_NO.has(key ?? '') && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true'
  return key === 'concurrency' && /^\d+$/.test(value) ? Number(value) : value
}

/** The file's table with the overlays in it; what was there is not changed. */
export const overlay = (table: RawTable, overlays: readonly Overlay[]): RawTable =>
  overlays.reduce((made, { path, value }) => withValue(made, path, value), table)

const withValue = (table: RawTable, [first = '', ...rest]: readonly string[], value: unknown): RawTable => {
  const key = keyLike(table, first)
  const inner = Object.hasOwn(table, key) ? table[key] : {}
  // a value where a table should be stays, to be complained of
  return rest.length > 0 && !isTable(inner)
    ? table
    : { ...table, [key]: rest.length === 0 ? value : withValue(isTable(inner) ? inner : {}, rest, value) }
}

/** The gateway "sms-2" of the file is SMS_2 in the environment. */
const keyLike = (table: RawTable, wanted: string): string =>
  Object.keys(table).find((key) => key.toLowerCase().replaceAll('-', '_') === wanted) ?? wanted

export const isTable = (value: unknown): value is RawTable =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
