// notify.toml and the environment -> what the program runs with.
import { dirname, join } from 'node:path'
import { type Overlay, overlay, type RawTable, readEnvironment } from './config/environment.ts'
import type { ExplainedSetting } from './config/explain.ts'
import { type ConfigFile, findConfigFile, xdgFolder } from './config/find-file.ts'
import { DEFAULT_OUTBOX, type OutboxPlan } from './config/outbox.ts'
import type { Settings } from './config/schema.ts'
import { Fixable } from './domain/errors.ts'

export interface HttpGatewayConfig {
  readonly type: 'http'
  /** Without a slash at its end. */
  readonly url: string
  readonly method: string
  /** Follows the URL; {{ placeholders }} of src/domain/placeholders.ts, as in headers and body. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON body as a template: values are strings with {{ … }}, "int64:{{ … }}" for digits written without quotes, or literals. null: none. */
  readonly body: unknown
  readonly accept: AcceptRule
  /** undefined: it has no words for it. */
  readonly refuse?: RefuseRule
  /** Where the token comes from; the token itself is read when the gateway is opened. */
  readonly tokenFile: string | null
  readonly tokenEnv: string | null
  readonly addressKind: 'phone' | 'email'
  readonly concurrency: number
  readonly ratePerSecond: number | null
  readonly deadlineMs: number
  /** A repeat with the same key has no second effect there. */
  readonly honoursKey: boolean
  /** For how long the gateway remembers a key. */
  readonly keyRetentionMs: number
  readonly onUnknown: 'repeat' | 'hold'
}

/** What counts as yes. */
export interface AcceptRule {
  readonly status: readonly number[]
  /** Members that the answer must have, with these values; null: the status alone says yes. */
  readonly json: Readonly<Record<string, unknown>> | null
  /** A member that names the message: where the answer has it, it must repeat the key number. */
  readonly echo: string | null
}

/** What counts as a no for this message, for ever. */
export interface RefuseRule {
  readonly status: readonly number[]
  /** Members that the answer must have, each with this value or one of these; null: the status alone says no. */
  readonly json: Readonly<Record<string, unknown>> | null
}

export interface OutboxGatewayConfig {
  readonly type: 'outbox'
  readonly file: string
  readonly addressKind: 'phone' | 'email'
  readonly concurrency: number
  readonly ratePerSecond: number | null
}

export type GatewayConfig = HttpGatewayConfig | OutboxGatewayConfig

export interface Config {
  /** The file that was read; null: none. */
  readonly file: string | null
  /** Absolute path of the SQLite file. */
  readonly database: string
  readonly zone: string | null
  readonly country: string
  /** A mailing waits until a second person has approved it. */
  readonly approval: boolean
  /** Where `notify test` may send, as written; each looks like a phone or an e-mail address. */
  readonly testAddresses: readonly string[]
  readonly defaults: { readonly gateway: string; readonly text: string | null; readonly until: string | null }
  /** Look up by own keys only: names come from people. */
  readonly gateways: Readonly<Record<string, GatewayConfig>>
}

export interface ConfigOptions {
  /** --config: wins over NOTIFY_CONFIG and over every place where a file is looked for. */
  readonly file: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** os.homedir(): cron may have no HOME. */
  readonly home: string
}

/** Reads the configuration (cli.md 5.5). Fails with Fixable('config'), one line a setting, and never shows a secret. */
export const loadConfig = async (options: ConfigOptions): Promise<Config> => {
  const file = findConfigFile(options)
  return withDefaults(await settingsOf(file, options), file?.path ?? null, options)
}

/**
 * The configuration for a process that works by `inUse` already: from the same file, which has to say something, and with the
 * database that it has open. `late`: settings that are others now and count after a restart only.
 */
export const reloadConfig = async (
  options: ConfigOptions,
  inUse: Config,
): Promise<{ readonly config: Config; readonly late: readonly string[] }> => {
  const file = findConfigFile(inUse.file === null ? options : { ...options, file: inUse.file })
  if (file !== null && file.text.trim() === '') throw new Fixable('config', `${file.path} is empty`)
  const settings = await settingsOf(file, options)
  const path = file?.path ?? null
  const wanted = withDefaults(settings, path, options).database
  const config = withDefaults({ ...settings, database: inUse.database }, path, options)
  return { config, late: wanted === inUse.database ? [] : ['database'] }
}

/** Every setting of the configuration with its source; never a secret. Fails like loadConfig. */
export const explainConfig = async (
  options: ConfigOptions,
): Promise<{ readonly file: string | null; readonly values: readonly ExplainedSetting[] }> => {
  const config = await loadConfig(options)
  const file = findConfigFile(options)
  const table = file === null ? {} : await parseToml(file)
  const { explain } = await import('./config/explain.ts')
  const given = { file: config.file, table, overlays: readEnvironment(options.env, options.cwd) }
  return { file: config.file, values: explain(config, given) }
}

const settingsOf = async (file: ConfigFile | null, { env, cwd }: ConfigOptions): Promise<Settings> => {
  const overlays = readEnvironment(env, cwd)
  return file === null && overlays.length === 0 ? {} : readSettings(file, overlays, cwd)
}

const readSettings = async (file: ConfigFile | null, overlays: readonly Overlay[], cwd: string): Promise<Settings> => {
  const raw = overlay(file === null ? {} : await parseToml(file), overlays)
  const { configSchema } = await import('./config/schema.ts')
  const parsed = configSchema(file === null ? cwd : dirname(file.path)).safeParse(raw)
  if (parsed.success) return parsed.data
  const { complaintLines } = await import('./config/complaints.ts')
  const lines = complaintLines(parsed.error.issues, raw, overlays)
  throw new Fixable(
    'config',
    [`${file?.path ?? 'the environment'} cannot be used:`, ...lines.map((line) => `  ${line}`)],
    'examples/notify.toml and `notify init` show every setting.',
  )
}

const parseToml = async ({ path, text }: ConfigFile): Promise<RawTable> => {
  const { parse, TomlError } = await import('smol-toml')
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    // what follows the first line quotes the file, which may be a secret
    const what = error.message.split('\n', 1)[0]?.replace('Invalid TOML document: ', '')
    throw new Fixable('config', `${path}, line ${error.line}, column ${error.column}: ${what ?? 'is not TOML'}`)
  }
}

/** The address book of who names none. */
export const usualDatabase = ({ env, home }: Pick<ConfigOptions, 'env' | 'home'>): string =>
  join(xdgFolder(env['XDG_DATA_HOME'], join(home, '.local/share')), 'notify/notify.db')

const withDefaults = (settings: Settings, file: string | null, { env, home }: ConfigOptions): Config => {
  const database = settings.database ?? usualDatabase({ env, home })
  const outbox = (plan: OutboxPlan) => ({ ...plan, file: plan.file ?? join(dirname(database), 'outbox.jsonl') })
  const configured = Object.entries(settings.gateways ?? {}).map(
    ([name, plan]) => [name, plan.type === 'outbox' ? outbox(plan) : plan] as const,
  )
  return {
    file,
    database,
    zone: settings.zone ?? null,
    country: settings.country ?? 'RU',
    approval: settings.approval ?? false,
    testAddresses: settings.test_addresses ?? [],
    defaults: usualMailing(settings.defaults ?? {}),
    gateways: { outbox: outbox(DEFAULT_OUTBOX), ...Object.fromEntries(configured) },
  }
}

const usualMailing = ({ gateway, text, until }: NonNullable<Settings['defaults']>): Config['defaults'] => ({
  gateway: gateway ?? 'outbox',
  text: text ?? null,
  until: until ?? null,
})
