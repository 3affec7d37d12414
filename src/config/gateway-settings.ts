// [gateways.NAME]: the settings of each kind, their defaults, the preset, and what may not stand together.
import { resolve } from 'node:path'
import { z } from 'zod/v3' // 9 ms to load; zod 4 takes 46 ms and 12 more for its first object, of 200 that run-due may take
import type { HttpGatewayConfig } from '../config.ts'
import { DEFAULT_OUTBOX, type OutboxPlan } from './outbox.ts'
import { checkTemplates } from './request.ts'
import {
  deadline,
  gatewayUrl,
  oneOf,
  type Reader,
  rate,
  refusalCodes,
  retention,
  statusCodes,
  text,
  wholeNumber,
  yesOrNo,
} from './settings.ts'

/** A reader as a schema: what it says is wrong becomes the issue. */
export const setting = <T>(read: Reader<T>) =>
  z.unknown().transform((raw, context) => {
    const reading = read(raw)
    if (reading.ok) return reading.value
    context.addIssue({ code: 'custom', message: reading.says })
    return z.NEVER
  })

const CONCURRENCY = 64
const DEADLINE_MS = 10_000
const KEY_RETENTION_MS = 86_400_000

/** Exactly the external API that the mission describes: yes is 200 with the number 0 in `code`, and no other message's id. */
const PROBE = {
  method: 'POST',
  path: '/v1/send/{{ key_number }}',
  headers: {},
  body: { id: 'int64:{{ key_number }}', phone: 'int64:{{ phone_digits }}', text: '{{ text }}' },
  accept: { status: [200], json: { code: 0 }, echo: 'id' },
} as const

const common = {
  address: z.optional(setting(oneOf('phone', 'email'))),
  concurrency: z.optional(setting(wholeNumber(1, 1000))),
  rate: z.optional(setting(rate)),
}

const literal = z.union([z.string(), z.number(), z.boolean()])

const accept = z.strictObject({
  status: z.optional(setting(statusCodes)),
  json: z.optional(z.record(z.string(), literal)),
})

const refuse = z.strictObject({
  status: z.optional(setting(refusalCodes)),
  json: z.optional(z.record(z.string(), z.union([literal, z.array(literal)]))),
})

const httpShape = z.strictObject({
  type: z.literal('http'),
  preset: z.optional(setting(oneOf('probe'))),
  url: setting(gatewayUrl),
  method: z.optional(setting(oneOf('POST', 'PUT', 'PATCH', 'GET'))),
  path: z.optional(setting(text('a path such as "/send/{{ key }}"'))),
  headers: z.optional(z.record(z.string(), setting(text('a text')))),
  body: z.optional(z.record(z.string(), z.unknown())),
  accept: z.optional(accept),
  refuse: z.optional(refuse),
  token_file: z.optional(setting(text('the name of a file'))),
  token_env: z.optional(setting(text('the name of a variable'))),
  deadline: z.optional(setting(deadline)),
  honours_key: z.optional(setting(yesOrNo)),
  key_retention: z.optional(setting(retention)),
  on_unknown: z.optional(setting(oneOf('repeat', 'hold'))),
  ...common,
})

const outboxShape = z.strictObject({
  type: z.literal('outbox'),
  file: z.optional(setting(text('a file such as "outbox.jsonl"'))),
  ...common,
})

type HttpSettings = z.output<typeof httpShape>
type OutboxSettings = z.output<typeof outboxShape>

/** The settings of one gateway; relative paths are relative to `folder`. */
export const gatewaySettings = (folder: string) =>
  z.discriminatedUnion('type', [httpShape, outboxShape]).transform((settings, context) => {
    if (settings.type === 'outbox') return outboxGateway(settings, folder)
    const made = httpGateway(settings, folder)
    for (const { path, says } of complaintsAbout(settings, made)) {
      context.addIssue({ code: 'custom', message: says, path: [...path] })
    }
    return made
  })

const httpGateway = (settings: HttpSettings, folder: string): HttpGatewayConfig => ({
  type: 'http',
  url: settings.url,
  ...(settings.preset === 'probe' ? PROBE : spelledOut(settings)),
  ...refusing(settings),
  honoursKey: settings.honours_key ?? (settings.preset === 'probe' || namesTheKey(settings)),
  keyRetentionMs: settings.key_retention ?? KEY_RETENTION_MS,
  onUnknown: settings.on_unknown ?? 'repeat',
  tokenFile: settings.token_file === undefined ? null : resolve(folder, settings.token_file),
  tokenEnv: settings.token_env ?? null,
  addressKind: settings.address ?? 'phone',
  concurrency: settings.concurrency ?? CONCURRENCY,
  ratePerSecond: settings.rate ?? null,
  deadlineMs: settings.deadline ?? DEADLINE_MS,
})

const spelledOut = (
  settings: HttpSettings,
): Pick<HttpGatewayConfig, 'method' | 'path' | 'headers' | 'body' | 'accept'> => ({
  method: settings.method ?? 'POST',
  path: settings.path ?? '',
  headers: settings.headers ?? {},
  body: settings.body ?? null,
  accept: { status: settings.accept?.status ?? [200], json: settings.accept?.json ?? null, echo: null },
})

/** Where the answer is said and not the status, it comes with the status of a yes. */
const refusing = ({ accept: yes, refuse: no }: HttpSettings): Pick<HttpGatewayConfig, 'refuse'> =>
  no === undefined ? {} : { refuse: { status: no.status ?? yes?.status ?? [200], json: no.json ?? null } }

/**
 * The header Idempotency-Key goes to everybody, and most do not look at it: only a contract that has a place of its own for the key
 * is taken to know what it is for.
 */
const namesTheKey = ({ path, headers, body }: HttpSettings): boolean =>
  KEY.test(`${path ?? ''}${JSON.stringify([headers, body])}`)

const KEY = /\{\{\s*key(_number)?\s*\}\}/

const SPELLED_OUT = ['method', 'path', 'headers', 'body', 'accept'] as const

const complaintsAbout = (settings: HttpSettings, made: HttpGatewayConfig): ReturnType<typeof checkTemplates> => {
  const { preset, token_file, token_env } = settings
  const both = SPELLED_OUT.filter((key) => preset !== undefined && settings[key] !== undefined)
  return [
    ...both.map((key) => ({ path: [key], says: `belongs to preset = "${preset}" already: leave out one of the two` })),
    ...(preset === undefined && settings.accept === undefined
      ? [
          {
            path: ['accept'],
            says: 'missing, expected what counts as yes, such as { status = [200], json = { code = 0 } }',
          },
        ]
      : []),
    ...(settings.refuse !== undefined && settings.refuse.status === undefined && settings.refuse.json === undefined
      ? [{ path: ['refuse'], says: 'says nothing, expected a no, such as { json = { code = [3, 5] } }' }]
      : []),
    ...(token_file !== undefined && token_env !== undefined
      ? [{ path: ['token_env'], says: 'token_file is there already: leave out one of the two' }]
      : []),
    ...(preset !== undefined && made.addressKind === 'email'
      ? [{ path: ['address'], says: `preset = "${preset}" sends to phones` }]
      : checkTemplates(made)),
    ...(made.method === 'GET' && made.body !== null ? [{ path: ['body'], says: 'a GET has no body' }] : []),
  ]
}

const outboxGateway = (settings: OutboxSettings, folder: string): OutboxPlan => ({
  type: 'outbox',
  file: settings.file === undefined ? null : resolve(folder, settings.file),
  addressKind: settings.address ?? DEFAULT_OUTBOX.addressKind,
  concurrency: settings.concurrency ?? DEFAULT_OUTBOX.concurrency,
  ratePerSecond: settings.rate ?? DEFAULT_OUTBOX.ratePerSecond,
})

/** The settings of each kind, for "did you mean". */
export const GATEWAY_KEYS: Readonly<Record<string, readonly string[]>> = {
  http: Object.keys(httpShape.shape),
  outbox: Object.keys(outboxShape.shape),
}

export const ACCEPT_KEYS: readonly string[] = Object.keys(accept.shape)
