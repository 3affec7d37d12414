// The application put together: its gateways over the time that a daemon runs.
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type App, type AppOptions, openApp } from '../src/app.ts'
import { handClock } from './support/clock.ts'
import { temporaryFolder } from './support/database.ts'

interface Desk {
  readonly app: App
  /** Lines of the log, without their time. */
  readonly logged: { readonly event: string; readonly reason?: string }[]
  readonly folder: string
  write(file: string, text: string): void
}

const configuration = (name: string, token = 'token.txt'): string => `database = "notify.db"
[gateways.${name}]
type = "http"
preset = "probe"
url = "http://127.0.0.1:9"
token_file = "${token}"
`

const openDesk = async (change: Partial<AppOptions> = {}): Promise<Desk> => {
  const folder = temporaryFolder()
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text)
  write('notify.toml', configuration('sms'))
  const logged: Desk['logged'] = []
  const app = await openApp({
    configFile: join(folder, 'notify.toml'),
    operatorZone: 'Europe/Moscow',
    logLevel: undefined,
    usualLogLevel: 'info',
    env: {},
    cwd: folder,
    clock: handClock('2021-10-22T07:00:00Z'),
    err: {
      write: (text) => {
        for (const line of text.trimEnd().split('\n')) {
          const { time: _, ...event } = JSON.parse(line)
          logged.push(event)
        }
      },
    },
    ...change,
  })
  onTestFinished(() => app.close())
  return { app, logged, folder, write }
}

test('a gateway that could not be opened is tried anew when it is asked for again', async () => {
  const { app, write } = await openDesk()
  await expect(app.gateway('sms')).rejects.toThrow('token.txt cannot be read')
  write('token.txt', 'a-token\n')
  const gateway = await app.gateway('sms')
  expect(gateway.name).toBe('sms')
  expect(await app.gateway('sms')).toBe(gateway)
})

test('a gateway that is renewed is opened anew, with its token of that moment; a spoilt token replaces no good one', async () => {
  const { app, logged, write } = await openDesk()
  await app.renewGateway('sms') // one that is not open
  write('token.txt', 'a-token\n')
  const gateway = await app.gateway('sms')
  await app.renewGateway('sms')
  const renewed = await app.gateway('sms')
  expect(renewed).not.toBe(gateway)
  write('token.txt', '\n')
  for (const _ of [1, 2]) await app.renewGateway('sms')
  expect(await app.gateway('sms')).toBe(renewed)
  expect(logged).toEqual([
    { level: 'warn', event: 'gateway-trouble', gateway: 'sms', reason: expect.stringMatching(/is empty; the old/) },
  ])
})

const spoilt: readonly (readonly [string, (write: Desk['write'], folder: string) => void, RegExp])[] = [
  ['a token that is empty', (write) => write('token.txt', ''), /the token in .* is empty/],
  ['a token of two lines', (write) => write('token.txt', 'one\ntwo\n'), /no header can carry/],
  ['a token that is gone', (_, folder) => rmSync(join(folder, 'token.txt')), /token\.txt cannot be read \(ENOENT\)/],
  ['a token file without end', (write) => write('notify.toml', configuration('sms', '/dev/zero')), /not a file/],
  ['a file that is gone', (_, folder) => rmSync(join(folder, 'notify.toml')), /there is no configuration file/],
  ['an empty file', (write) => write('notify.toml', '\n'), /notify\.toml is empty/],
  ['a file written by half', (write) => write('notify.toml', 'database = "notify.db"\n'), /has no gateway any more/],
  [
    'an unknown setting',
    (write) => write('notify.toml', `${configuration('sms')}tokenfile = "x"\n`),
    /unknown setting/,
  ],
  [
    'an outbox that cannot be written',
    (write) => write('notify.toml', `${configuration('sms')}[gateways.out]\ntype = "outbox"\nfile = "/dev/full"\n`),
    /gateways\.out\.file: \/dev\/full is no regular file/,
  ],
]

test.each(spoilt)(
  '%s is refused, and a gateway that was not used yet goes on with what it had',
  async (...spoiling) => {
    const [, spoil, reason] = spoiling
    const { app, logged, write, folder } = await openDesk()
    write('token.txt', 'a-token\n')
    write('notify.toml', `${configuration('sms')}[gateways.out]\ntype = "outbox"\n`)
    await app.reload()
    await app.keepGateways()
    spoil(write, folder)
    expect(await app.reload()).toBe(false)
    expect((await app.gateway('sms')).name).toBe('sms')
    expect(logged.find((line) => line.event === 'reload-refused')).toMatchObject({
      reason: expect.stringMatching(reason),
    })
  },
)

test('a gateway that messages wait for may not go, nor become one of another type', async () => {
  const { app, logged, write } = await openDesk()
  write('token.txt', 'a-token\n')
  app.store.gatewaysInUse = async () => ['sms']
  write('notify.toml', configuration('mail'))
  expect(await app.reload()).toBe(false)
  write('notify.toml', 'database = "notify.db"\n[gateways.sms]\ntype = "outbox"\n')
  expect(await app.reload()).toBe(false)
  expect(logged.map(({ reason }) => reason)).toEqual([
    'gateways.sms is gone, and messages wait for it',
    'gateways.sms.type is "outbox" and was "http", and messages wait for it',
  ])
})

test('another database is told to want a restart, and all that hangs on it stays where it was', async () => {
  const { app, logged, write, folder } = await openDesk()
  write('token.txt', 'a-token\n')
  write('notify.toml', configuration('sms').replace('notify.db', 'elsewhere/other.db'))
  expect(await app.reload()).toBe(true)
  const outbox = await app.gateway('outbox')
  const message = { address: '+79161234567', text: 'x', key: 'k', keyNumber: '1' }
  expect(await outbox.send(message, new AbortController().signal)).toMatchObject({ kind: 'accepted' })
  expect(existsSync(join(folder, 'outbox.jsonl'))).toBe(true)
  while (logged.length < 2) await new Promise((resolve) => setImmediate(resolve))
  expect(logged).toMatchObject([{ event: 'restart-needed', settings: 'database' }, { event: 'reloaded' }])
})

test('after a reload there are the gateways of the new configuration', async () => {
  const { app, logged, write } = await openDesk()
  write('token.txt', 'a-token\n')
  write('notify.toml', configuration('mail'))
  await app.reload()
  expect((await app.gateway('mail')).name).toBe('mail')
  await expect(app.gateway('sms')).rejects.toThrow('there is no gateway "sms"')
  while (logged.length === 0) await new Promise((resolve) => setImmediate(resolve)) // lines are gathered for a moment
  expect(logged).toEqual([{ level: 'info', event: 'reloaded' }])
})

test('a configuration that cannot be used is logged, and the old one stays', async () => {
  const { app, logged, write } = await openDesk()
  write('token.txt', 'a-token\n')
  write('notify.toml', 'database = ')
  await app.reload()
  expect((await app.gateway('sms')).name).toBe('sms')
  expect(logged).toEqual([
    { level: 'warn', event: 'reload-refused', reason: expect.stringContaining('notify.toml, line 1') },
  ])
})

test.each([
  [{ logLevel: undefined, env: {} }, 'info'],
  [{ logLevel: undefined, env: { NOTIFY_LOG_LEVEL: 'quiet' } }, 'quiet'],
  [{ logLevel: 'info', env: { NOTIFY_LOG_LEVEL: 'quiet' } }, 'info'],
] as const)('a flag wins over the environment, the environment over what is usual: %j is %s', async (change, level) => {
  const { app, logged } = await openDesk(change)
  app.log({ event: 'reload-refused', reason: 'so' })
  expect(logged).toHaveLength(level === 'info' ? 1 : 0)
})

test('a word that is no level is refused before anything is opened', async () => {
  await expect(openDesk({ env: { NOTIFY_LOG_LEVEL: 'loud' } })).rejects.toThrow('NOTIFY_LOG_LEVEL: got "loud"')
})
