// notify config: every setting, where it comes from, and never a secret.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { GATEWAY_KEYS } from '../../src/config/gateway-settings.ts'
import { DEFAULTS_KEYS, ROOT_KEYS } from '../../src/config/schema.ts'
import { fakeCli } from '../support/cli.ts'
import { handClock } from '../support/clock.ts'
import { temporaryFolder } from '../support/database.ts'

const SMS = `zone = "Europe/Moscow"
database = "notify.db"
[defaults]
gateway = "sms"
text = "Здравствуйте, {{ name }}"
[gateways.sms]
type = "http"
url = "https://gateway.example"
path = "/send"
headers = { X-Api-Key = "a-secret", X-Account = "42" }
body = { text = "{{ text }}" }
accept = { status = [200, 202] }
token_file = "token.txt"
rate = "30/m"
`

const openShop = (config: string | null, env: Readonly<Record<string, string>> = {}) => {
  const folder = temporaryFolder()
  if (config !== null) writeFileSync(join(folder, 'notify.toml'), config)
  writeFileSync(join(folder, 'token.txt'), 'a-secret-token')
  const surroundings = { LANG: 'C.UTF-8', XDG_DATA_HOME: join(folder, 'data'), XDG_CONFIG_HOME: folder, ...env }
  const { run } = fakeCli({ store: {}, clock: handClock('2021-10-22T05:00:00Z'), cwd: folder, env: surroundings })
  return { folder, run }
}

type Values = readonly { readonly path: string; readonly value: unknown; readonly source: string }[]

const read = async (shop: ReturnType<typeof openShop>, ...args: readonly string[]) => {
  const { out } = await shop.run('config', '--json', ...args)
  const { file, values } = JSON.parse(out) as { file: string | null; values: Values }
  return { file, values, of: (path: string) => values.find((each) => each.path === path) }
}

test('every setting of the schema is listed, of every gateway too', async () => {
  const { values } = await read(openShop(SMS))
  const paths = values.map(({ path }) => path)
  expect(paths).toEqual([
    ...ROOT_KEYS.filter((key) => !['defaults', 'gateways'].includes(key)),
    ...DEFAULTS_KEYS.map((key) => `defaults.${key}`),
    ...(GATEWAY_KEYS['outbox'] ?? []).map((key) => `gateways.outbox.${key}`),
    ...(GATEWAY_KEYS['http'] ?? []).map((key) => `gateways.sms.${key}`),
    'gateways.sms.token',
  ])
})

test('each says where it comes from: a flag, a variable, the file, a default', async () => {
  const shop = openShop(SMS, { NOTIFY_GATEWAYS_SMS_CONCURRENCY: '8', NOTIFY_DEFAULTS_UNTIL: '20:00' })
  const file = join(shop.folder, 'notify.toml')
  const { of } = await read(shop, '--tz', 'Asia/Omsk')
  expect(of('zone')).toEqual({ path: 'zone', value: 'Asia/Omsk', source: '--tz' })
  expect(of('defaults.until')).toMatchObject({ value: '20:00', source: 'NOTIFY_DEFAULTS_UNTIL' })
  expect(of('gateways.sms.concurrency')).toMatchObject({ value: 8, source: 'NOTIFY_GATEWAYS_SMS_CONCURRENCY' })
  expect(of('gateways.sms.rate')).toMatchObject({ value: '30/m', source: file })
  expect(of('gateways.sms.token_file')).toMatchObject({ value: join(shop.folder, 'token.txt'), source: file })
  expect(of('database')).toMatchObject({ value: join(shop.folder, 'notify.db'), source: file })
  expect(of('country')).toMatchObject({ value: 'RU', source: 'default' })
  expect(of('gateways.sms.deadline')).toMatchObject({ value: '10000ms', source: 'default' })
  expect(of('gateways.sms.accept')).toMatchObject({ value: '{"status":[200,202],"json":null}', source: file })
})

test('without a file they are the defaults', async () => {
  const { file, of } = await read(openShop(null))
  expect(file).toBeNull()
  expect(of('defaults.gateway')).toMatchObject({ value: 'outbox', source: 'default' })
  expect(of('zone')?.source).toBe('default (the system)')
})

test('a secret is never shown, in no form', async () => {
  const shop = openShop(SMS, { SMS_TOKEN: 'a-secret-token' })
  for (const form of [[], ['--json'], ['--plain'], ['--validate']]) {
    const { code, out, err } = await shop.run('config', ...form)
    expect(code).toBe(0)
    expect(out + err).not.toContain('a-secret')
  }
  const { of } = await read(shop)
  expect(of('gateways.sms.token')).toMatchObject({ value: '••••', source: join(shop.folder, 'token.txt') })
  expect(of('gateways.sms.headers')?.value).toBe('{"X-Api-Key":"••••","X-Account":"••••"}')
})

test('--validate says one line where all is in order, and ends with 3 where it is not', async () => {
  const good = openShop(SMS)
  expect(await good.run('config', '--validate')).toEqual({
    code: 0,
    out: `${join(good.folder, 'notify.toml')}: in order.\n`,
    err: '',
  })
  const { code, out, err } = await openShop('zone = "Europe/Mocsow"\nrate = 1\n').run('config', '--validate')
  expect([code, out]).toEqual([3, ''])
  expect(err).toContain('  zone: ')
  expect(err).toContain('  rate: unknown setting')
})

test('for people it is a table, for programs a line each', async () => {
  const shop = openShop(SMS)
  expect((await shop.run('config')).out).toMatch(/^SETTING +VALUE +FROM\n/)
  expect((await shop.run('config', '--plain')).out).toMatch(
    /^path\tvalue\tsource\ndatabase\t\S+notify\.db\t\S+notify\.toml\n/,
  )
})

test('a token that stands where its place belongs is hidden, and so is what may be a key in a request', async () => {
  const { of, values } = await read(
    openShop(`[gateways.sms]
type = "http"
url = "https://gateway.example"
path = "/bot1234567890:AAbbCCddEE/send?api_key=q1w2e3r4&sender=shop"
headers = { Accept = "application/json", Cookie = "sid=q1w2e3r4" }
body = { login = "q1w2e3r4", text = "{{ text }}", inner = { password = "q1w2e3r4" }, type = "sms" }
accept = { status = [200] }
token_file = "Bearer q1w2e3r4 AAbbCCddEE"
`),
  )
  expect(JSON.stringify(values)).not.toMatch(/q1w2|AAbb/)
  expect(of('gateways.sms.path')?.value).toBe('/••••/send?api_key=••••&sender=shop')
  expect(of('gateways.sms.headers')?.value).toBe('{"Accept":"application/json","Cookie":"••••"}')
  expect(of('gateways.sms.body')?.value).toBe(
    '{"login":"••••","text":"{{ text }}","inner":{"password":"••••"},"type":"sms"}',
  )
  expect(of('gateways.sms.token')).toMatchObject({ value: '••••', source: '••••' })
})
