// notify.toml and the environment -> what the program runs with.

export interface HttpGatewayConfig {
  readonly type: 'http'
  readonly url: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON body as a template: values are strings with {{ … }}, "int64:{{ … }}" for digits written without quotes, or literals. */
  readonly body: unknown
  readonly accept: { readonly status: readonly number[]; readonly json: Readonly<Record<string, unknown>> | null }
  /** Where the token comes from; the token itself is read when the gateway is opened. */
  readonly tokenFile: string | null
  readonly tokenEnv: string | null
  readonly addressKind: 'phone' | 'email'
  readonly concurrency: number
  readonly ratePerSecond: number | null
  readonly deadlineMs: number
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
  readonly defaults: { readonly gateway: string; readonly text: string | null; readonly until: string | null }
  readonly gateways: Readonly<Record<string, GatewayConfig>>
}
