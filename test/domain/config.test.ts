// Configuration: where it comes from, what it becomes, and what a person is told when it is wrong.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Config, type ConfigOptions, loadConfig } from '../../src/config.ts'
import { Fixable } from '../../src/domain/errors.ts'
import { temporaryFolder } from '../support/database.ts'

const HOME = '/home/nobody'

const load = (cwd: string, options: Partial<ConfigOptions> = {}): Promise<Config> =>
  loadConfig({ file: undefined, env: {}, cwd, home: HOME, ...options })

const loadText = async (toml: string, env: ConfigOptions['env'] = {}): Promise<Config> => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'notify.toml'), toml)
  return load(cwd, { env })
}

const complaints = async (toml: string, env: ConfigOptions['env'] = {}): Promise<string[]> => {
  const error: unknown = await loadText(toml, env).catch((thrown: unknown) => thrown)
  if (!(error instanceof Fixable)) throw new Error('it was taken as it is', { cause: error })
  expect(error.exit).toBe('config')
  return error.message
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
}

const PROBE = '[gateways.sms]\ntype = "http"\npreset = "probe"\nurl = "https://gateway.example"\n'

test('without any configuration: a database in the home folder, an outbox beside it', async () => {
  expect(await load(temporaryFolder())).toEqual({
    file: null,
    database: '/home/nobody/.local/share/notify/notify.db',
    zone: null,
    country: 'RU',
    approval: false,
    testAddresses: [],
    defaults: { gateway: 'outbox', text: null, until: null },
    gateways: {
      outbox: {
        type: 'outbox',
        file: '/home/nobody/.local/share/notify/outbox.jsonl',
        addressKind: 'phone',
        concurrency: 256,
        ratePerSecond: null,
      },
    },
  })
})

test('everything that notify.toml can say', async () => {
  const cwd = temporaryFolder()
  const text = `
    database = "data/notify.db"
    zone = "Europe/Kiev"
    country = "kz"
    approval = true
    test_addresses = ["+7 916 123-45-67", "me@example.com"]
    [defaults]
    gateway = "sms"
    text = "Здравствуйте, {{ name }}!"
    until = "9:30"
    ${PROBE}
    token_file = "token.txt"
    address = "phone"
    concurrency = 8
    rate = "30/m"
    deadline = "2500ms"
    honours_key = false
    key_retention = "7d"
    on_unknown = "hold"
    [gateways.outbox]
    type = "outbox"
    file = "/var/out.jsonl"`
  writeFileSync(join(cwd, 'notify.toml'), text)
  expect(await load(cwd)).toMatchObject({
    file: join(cwd, 'notify.toml'),
    database: join(cwd, 'data/notify.db'),
    zone: 'Europe/Kyiv',
    country: 'KZ',
    approval: true,
    testAddresses: ['+7 916 123-45-67', 'me@example.com'],
    defaults: { gateway: 'sms', text: 'Здравствуйте, {{ name }}!', until: '09:30' },
    gateways: {
      outbox: { file: '/var/out.jsonl' },
      sms: {
        type: 'http',
        url: 'https://gateway.example',
        method: 'POST',
        path: '/v1/send/{{ key_number }}',
        body: { id: 'int64:{{ key_number }}', phone: 'int64:{{ phone_digits }}', text: '{{ text }}' },
        accept: { status: [200], json: { code: 0 }, echo: 'id' },
        tokenFile: join(cwd, 'token.txt'),
        tokenEnv: null,
        addressKind: 'phone',
        concurrency: 8,
        ratePerSecond: 0.5,
        deadlineMs: 2500,
        honoursKey: false,
        keyRetentionMs: 604_800_000,
        onUnknown: 'hold',
      },
    },
  })
})

test.each([
  ['"200/s"', 200],
  ['"30/m"', 0.5],
  ['"1800/h"', 0.5],
])('rate = %s is %d a second', async (rate, ratePerSecond) => {
  const { gateways } = await loadText(`${PROBE}rate = ${rate}`)
  expect(gateways['sms']).toMatchObject({ ratePerSecond })
})

test.each([
  ['json = { code = [3, 5] }', { status: [200], json: { code: [3, 5] } }],
  ['status = [403, 422]', { status: [403, 422], json: null }],
  ['status = [200], json = { error = "blocked" }', { status: [200], json: { error: 'blocked' } }],
])('refuse = { %s } says what is a no for one message, beside a preset too', async (rule, refuse) => {
  const { gateways } = await loadText(
    `[gateways.sms]\ntype = "http"\npreset = "probe"\nurl = "https://gateway.example"\nrefuse = { ${rule} }`,
  )
  expect(gateways['sms']).toMatchObject({ refuse })
})

test('a contract that is spelled out keeps what it says', async () => {
  const { gateways } = await loadText(`
    [gateways.mail]
    type = "http"
    url = "http://[::1]:8080/api/"
    method = "PUT"
    path = "/to?x={{ text }}"
    address = "email"
    headers = { X-Id = "{{ key }}" }
    accept = { status = [200, 202], json = { ok = true } }
    [gateways.mail.body]
    to = ["{{ email }}"]
    n = { id = "int64:{{ key_number }}", v = 1.5 }`)
  expect(gateways['mail']).toMatchObject({
    url: 'http://[::1]:8080/api',
    method: 'PUT',
    path: '/to?x={{ text }}',
    headers: { 'X-Id': '{{ key }}' },
    body: { to: ['{{ email }}'], n: { id: 'int64:{{ key_number }}', v: 1.5 } },
    accept: { status: [200, 202], json: { ok: true }, echo: null },
    addressKind: 'email',
    concurrency: 64,
    deadlineMs: 10_000,
    honoursKey: true,
    keyRetentionMs: 86_400_000,
    onUnknown: 'repeat',
  })
})

test.each([
  ['preset = "probe"', true],
  ['path = "/to/{{ key }}"', true],
  ['headers = { X-Id = "{{key_number}}" }', true],
  ['body = { list = [{ id = "int64:{{ key_number }}" }] }', true],
  ['', false],
  ['path = "/key?text={{ text }}"', false],
  ['body = { text = "{{ text }}", key = "x" }', false],
  ['honours_key = true', true],
  ['preset = "probe"\nhonours_key = false', false],
])('a contract with %j is taken to honour the key: %s', async (words, honoursKey) => {
  const yes = words.includes('preset') ? '' : 'accept = { status = [200] }'
  const { gateways } = await loadText(`[gateways.sms]\ntype = "http"\nurl = "http://x.example"\n${yes}\n${words}`)
  expect(gateways['sms']).toMatchObject({ honoursKey })
})

// ---------------------------------------------------------------- where it comes from

test('flag before environment before this folder before the user', async () => {
  const [cwd, xdg] = [temporaryFolder(), temporaryFolder()]
  const places = ['flag.toml', 'env.toml', 'notify.toml'].map((name) => join(cwd, name))
  mkdirSync(join(xdg, 'notify'))
  const [flag, variable, here, user] = [...places, join(xdg, 'notify/config.toml')] as [string, string, string, string]
  for (const file of [flag, variable, here, user]) writeFileSync(file, '')
  const env = { NOTIFY_CONFIG: 'env.toml', XDG_CONFIG_HOME: xdg }
  expect((await load(cwd, { file: 'flag.toml', env })).file).toBe(flag)
  expect((await load(cwd, { env })).file).toBe(variable)
  expect((await load(cwd, { env: { XDG_CONFIG_HOME: xdg } })).file).toBe(here)
  expect((await load(temporaryFolder(), { env: { XDG_CONFIG_HOME: xdg } })).file).toBe(user)
})

test('it is not searched upwards', async () => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'notify.toml'), 'country = "DE"')
  mkdirSync(join(cwd, 'deeper'))
  expect((await load(join(cwd, 'deeper'))).country).toBe('RU')
})

test('the environment wins over the file; its paths are relative to the current folder', async () => {
  const cwd = temporaryFolder()
  const elsewhere = temporaryFolder()
  const file = join(elsewhere, 'my.toml')
  writeFileSync(
    file,
    `country = "DE"\ndatabase = "a.db"\n[defaults]\ntext = "from the file"\n[gateways.sms-2]${PROBE.slice(14)}`,
  )
  const config = await load(cwd, {
    file,
    env: {
      NOTIFY_DATABASE: 'b.db',
      NOTIFY_COUNTRY: 'FR',
      NOTIFY_APPROVAL: 'True',
      NOTIFY_TEST_ADDRESSES: '+79161234567, me@example.com',
      NOTIFY_TZ: 'МСК+7',
      NOTIFY_DEFAULTS_TEXT: 'from the environment',
      NOTIFY_DEFAULTS_GATEWAY: 'sms-2',
      NOTIFY_DEFAULTS_UNTIL: '',
      NOTIFY_GATEWAYS_SMS_2_URL: 'http://127.0.0.1:1',
      NOTIFY_GATEWAYS_SMS_2_CONCURRENCY: '5',
      NOTIFY_GATEWAYS_SMS_2_TOKEN_FILE: 'token.txt',
      NOTIFY_GATEWAYS_SMS_2_HONOURS_KEY: 'False',
      NOTIFY_GATEWAYS_SMS_2_KEY_RETENTION: '2h',
      NOTIFY_GATEWAYS_SMS_2_ON_UNKNOWN: 'hold',
    },
  })
  expect(config).toMatchObject({
    database: join(cwd, 'b.db'),
    country: 'FR',
    zone: 'UTC+10',
    approval: true,
    testAddresses: ['+79161234567', 'me@example.com'],
    defaults: { text: 'from the environment', gateway: 'sms-2', until: null },
    gateways: {
      'sms-2': {
        url: 'http://127.0.0.1:1',
        concurrency: 5,
        tokenFile: join(cwd, 'token.txt'),
        honoursKey: false,
        keyRetentionMs: 7_200_000,
        onUnknown: 'hold',
      },
    },
  })
})

test('a gateway can be made of the environment alone', async () => {
  const env = {
    NOTIFY_GATEWAYS_SMS_TYPE: 'http',
    NOTIFY_GATEWAYS_SMS_PRESET: 'probe',
    NOTIFY_GATEWAYS_SMS_URL: 'https://gateway.example',
    NOTIFY_GATEWAYS_SMS_TOKEN_ENV: 'SMS_TOKEN',
  }
  const { gateways } = await load(temporaryFolder(), { env })
  expect(gateways['sms']).toMatchObject({ type: 'http', tokenEnv: 'SMS_TOKEN' })
})

test.each([
  ['sqlite:x/notify.db', 'x/notify.db'],
  ['sqlite:///var/notify.db', '/var/notify.db'],
  ['x/notify.db', 'x/notify.db'],
  ['/var/notify.db', '/var/notify.db'],
])('NOTIFY_DATABASE_URL=%s', async (url, path) => {
  const cwd = temporaryFolder()
  const { database, gateways } = await load(cwd, { env: { NOTIFY_DATABASE_URL: url } })
  expect(database).toBe(path.startsWith('/') ? path : join(cwd, path))
  expect(gateways['outbox']).toMatchObject({ file: join(database, '../outbox.jsonl') })
})

test('an XDG folder that is relative counts as unset', async () => {
  const config = await load(temporaryFolder(), { env: { XDG_DATA_HOME: 'data' } })
  expect(config.database).toBe('/home/nobody/.local/share/notify/notify.db')
  expect((await load('/', { env: { XDG_DATA_HOME: '/data' } })).database).toBe('/data/notify/notify.db')
})

// ---------------------------------------------------------------- what is wrong with it

test.each<[string, string[]]>([
  ['databse = "x"', ['databse: unknown setting; did you mean database?']],
  ['colour = "red"', ['colour: unknown setting']],
  ['zone = "Europe/Moskow"', ['zone: unknown zone "Europe/Moskow" — did you mean "Europe/Moscow"?']],
  ['zone = 3', ['zone: got 3, expected a zone such as "Europe/Moscow"']],
  ['country = "RUS"', ['country: got "RUS", expected a country of two letters such as "RU"']],
  ['database = "postgresql://me:hush@host/db"', ['database: PostgreSQL comes later: for now name a file']],
  ['database = "mysql://me:hush@host/db"', ['database: expected a file such as "notify.db"']],
  ['approval = "yes"', ['approval: got "yes", expected true or false']],
  ['aproval = true', ['aproval: unknown setting; did you mean approval?']],
  ...['"+79161234567"', '[]', '["me@"]', '["+7916"]', '[7916]'].map((value): [string, string[]] => [
    `test_addresses = ${value}`,
    [
      `test_addresses: got ${value.startsWith('"') ? value : 'a list'}, expected a list of phones and e-mail addresses such as ["+79161234567"]`,
    ],
  ]),
  ['defaults = "sms"', ['defaults: expected a table']],
  ['[defaults]\nuntil = "25:00"', ['defaults.until: got "25:00", expected a time such as "21:00"']],
  ['[defaults]\nuntill = "21:00"', ['defaults.untill: unknown setting; did you mean defaults.until?']],
  ['[defaults]\ntext = ["a"]', ['defaults.text: got a list, expected a text']],
  ['[defaults]\ngateway = "sms"', ['defaults.gateway: there is no [gateways.sms]']],
  ['[gateways]\nsms = 1', ['gateways.sms: expected a table']],
  ['[gateways.sms]\nurl = "x"', ['gateways.sms.type: missing, expected "http" or "outbox"']],
  ['[gateways.sms]\ntype = "smtp"', ['gateways.sms.type: e-mail by SMTP comes later: for now "http" or "outbox"']],
  ['[gateways.sms]\ntype = "htpp"', ['gateways.sms.type: got "htpp", expected "http" or "outbox"']],
  ['[gateways."a b"]\ntype = "outbox"', ['gateways.a b: a gateway is named by 1 to 32 letters, digits, "-" and "_"']],
  [
    '[gateways.__proto__]\ntype = "outbox"',
    ['gateways.__proto__: a gateway is named by 1 to 32 letters, digits, "-" and "_"'],
  ],
  [
    `${PROBE}token = "hush"`,
    ['gateways.sms.token: a secret does not belong in this file: name token_file or token_env'],
  ],
  [`${PROBE}concurency = 1`, ['gateways.sms.concurency: unknown setting; did you mean gateways.sms.concurrency?']],
  [`${PROBE}concurrency = "many"`, ['gateways.sms.concurrency: got "many", expected a whole number from 1 to 1000']],
  [`${PROBE}concurrency = 0`, ['gateways.sms.concurrency: got 0, expected a whole number from 1 to 1000']],
  [`${PROBE}rate = "200"`, ['gateways.sms.rate: got "200", expected a rate such as "200/s", "30/m" or "1000/h"']],
  [`${PROBE}rate = "0/s"`, ['gateways.sms.rate: got "0/s", expected a rate such as "200/s", "30/m" or "1000/h"']],
  [`${PROBE}deadline = "1h"`, ['gateways.sms.deadline: got "1h", expected a duration from "100ms" to "30s"']],
  [`${PROBE}deadline = 2021-10-22`, ['gateways.sms.deadline: got a date, expected a duration from "100ms" to "30s"']],
  [`${PROBE}honours_key = "yes"`, ['gateways.sms.honours_key: got "yes", expected true or false']],
  [
    `${PROBE}key_retention = "119m"`,
    ['gateways.sms.key_retention: got "119m", expected a duration of at least "2h", such as "24h" or "7d"'],
  ],
  [
    `${PROBE}key_retention = 24`,
    ['gateways.sms.key_retention: got 24, expected a duration of at least "2h", such as "24h" or "7d"'],
  ],
  [`${PROBE}on_unknown = "drop"`, ['gateways.sms.on_unknown: got "drop", expected "repeat" or "hold"']],
  ['[gateways.out]\ntype = "outbox"\non_unknown = "hold"', ['gateways.out.on_unknown: unknown setting']],
  [`${PROBE}address = "post"`, ['gateways.sms.address: got "post", expected "phone" or "email"']],
  [`${PROBE}address = "email"`, ['gateways.sms.address: preset = "probe" sends to phones']],
  [`${PROBE}path = "/x"`, ['gateways.sms.path: belongs to preset = "probe" already: leave out one of the two']],
  [
    `${PROBE}token_file = "a"\ntoken_env = "B"`,
    ['gateways.sms.token_env: token_file is there already: leave out one of the two'],
  ],
])('%j', async (toml, expected) => {
  expect(await complaints(toml)).toEqual(expected)
})

test.each([
  'gateway.example',
  'localhost:8025',
  'ftp://gateway.example',
  'https://',
  'https://me:hush@gateway.example',
  'https://hush@gateway.example',
  'https://gateway.example/?key=hush',
  'https://gateway.example/#hush',
])('url = "%s" is told by its name, not by its value', async (url) => {
  const lines = await complaints(PROBE.replace('https://gateway.example', url))
  expect(lines).toEqual([
    'gateways.sms.url: got a text, expected an address such as "https://gateway.example", without user name, password, query and fragment',
  ])
})

const SPELLED = '[gateways.sms]\ntype = "http"\nurl = "https://gateway.example"\naccept = { status = [200] }\n'

test.each([
  [
    SPELLED.replace(/accept.*/, ''),
    'gateways.sms.accept: missing, expected what counts as yes, such as { status = [200], json = { code = 0 } }',
  ],
  [`${SPELLED}refuse = {}`, 'gateways.sms.refuse: says nothing, expected a no, such as { json = { code = [3, 5] } }'],
  [
    `${SPELLED}refuse = { status = [99] }`,
    'gateways.sms.refuse.status: got a list, expected a list of codes from 200 to 599',
  ],
  [SPELLED.replace('200', '302'), 'gateways.sms.accept.status: got a list, expected a list of codes from 200 to 299'],
  [
    SPELLED.replace('status', 'statuses'),
    'gateways.sms.accept.statuses: unknown setting; did you mean gateways.sms.accept.status?',
  ],
  [`${SPELLED}method = "DELETE"`, 'gateways.sms.method: got "DELETE", expected "POST" or "PUT" or "PATCH" or "GET"'],
  [`${SPELLED}method = "GET"\nbody = {a = 1}`, 'gateways.sms.body: a GET has no body'],
  [`${SPELLED}path = "send"`, 'gateways.sms.path: expected a path that begins with / or ?, without spaces, in ASCII'],
  [`${SPELLED}path = "/a b"`, 'gateways.sms.path: expected a path that begins with / or ?, without spaces, in ASCII'],
  [`${SPELLED}path = "/{{ text }}"`, 'gateways.sms.path: {{ text }} cannot stand here'],
  [`${SPELLED}path = "/{{ kee }}"`, 'gateways.sms.path: unknown {{ kee }}; did you mean {{ key }}?'],
  [`${SPELLED}path = "/{{ email }}"`, 'gateways.sms.path: {{ email }} cannot stand here'],
  [`${SPELLED}headers = { X = "{{ key" }`, 'gateways.sms.headers.X: a {{ is not closed'],
  [`${SPELLED}headers = { X = "ключ" }`, 'gateways.sms.headers.X: expected printable ASCII'],
  [`${SPELLED}headers = { "X Y" = "1" }`, 'gateways.sms.headers.X Y: is not the name of a header'],
  [`${SPELLED}headers = { Host = "1" }`, 'gateways.sms.headers.Host: is set by notify itself'],
  [
    `${SPELLED}headers = { Authorization = "Bearer hush" }`,
    'gateways.sms.headers.Authorization: a token does not belong in this file: name token_file or token_env',
  ],
  [
    `${SPELLED}body = { a = { b = "int64:{{ text }}" } }`,
    'gateways.sms.body.a.b: expected "int64:{{ key_number }}" or "int64:{{ phone_digits }}" and nothing else',
  ],
  [
    `${SPELLED}body = { a = ["int64:1{{ key_number }}"] }`,
    'gateways.sms.body.a.0: expected "int64:{{ key_number }}" or "int64:{{ phone_digits }}" and nothing else',
  ],
  [`${SPELLED}body = { a = 2021-10-22 }`, 'gateways.sms.body.a: got a date, expected a text: put it in quotes'],
  [`${SPELLED}body = { a = nan }`, 'gateways.sms.body.a: is no number that JSON can hold'],
])('spelled out: %j', async (toml, expected) => {
  expect(await complaints(toml)).toEqual([expected])
})

test('all that is wrong is told at once, one line each, and no secret with it', async () => {
  const lines = await complaints(
    `cuntry = 1\nzone = "X/Y"\n${PROBE.replace('https://', 'https://me:hush@')}token = "hush"\nrate = 1\npassword = "hush"`,
    { NOTIFY_DATABASE_URL: 'postgresql://me:hush@host/db' },
  )
  expect(lines).toHaveLength(7)
  expect(lines.join('\n')).not.toContain('hush')
})

test('a gateway may have a name that every object has', async () => {
  const { gateways } = await loadText('[gateways.constructor]\ntype = "outbox"')
  expect(Object.keys(gateways)).toEqual(['outbox', 'constructor'])
})

test('what the environment got wrong is named by its variable', async () => {
  const env = { NOTIFY_TZ: 'Nowhere', NOTIFY_DATABASE_URL: 'postgres://me:hush@h/d', NOTIFY_GATEWAYS_SMS_RATE: 'fast' }
  expect(await complaints(PROBE, env)).toEqual([
    'NOTIFY_DATABASE_URL: PostgreSQL comes later: for now name a file',
    'NOTIFY_TZ: unknown zone "Nowhere"',
    'NOTIFY_GATEWAYS_SMS_RATE: got "fast", expected a rate such as "200/s", "30/m" or "1000/h"',
  ])
})

test.each([
  ['zone = "Europe/Moscow', /notify\.toml, line 1, column 8: unfinished string$/],
  ['a = 1\nb = hush', /notify\.toml, line 2, column 5: invalid value$/],
  ['a = 1\na = 2', /notify\.toml, line 2, column 1: trying to redefine/],
])('broken TOML: %j', async (toml, said) => {
  await expect(loadText(toml)).rejects.toThrow(said)
})

test('a file that is missing, a folder, or not UTF-8', async () => {
  const cwd = temporaryFolder()
  await expect(load(cwd, { file: 'nope.toml' })).rejects.toThrow(`there is no configuration file ${cwd}/nope.toml`)
  await expect(load(cwd, { env: { NOTIFY_CONFIG: 'nope.toml' } })).rejects.toThrow(Fixable)
  await expect(load(cwd, { file: '.' })).rejects.toThrow(`${cwd} is a folder, not a configuration file`)
  writeFileSync(join(cwd, 'notify.toml'), Buffer.from([0x74, 0x20, 0x3d, 0x22, 0xcf, 0xf0, 0x22]))
  await expect(load(cwd)).rejects.toThrow(`${cwd}/notify.toml is not UTF-8`)
  writeFileSync(join(cwd, 'notify.toml'), '\ufeffcountry = "DE"')
  expect((await load(cwd)).country).toBe('DE')
})
