// The application put together: its gateways over the time that a daemon runs.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type App, type AppOptions, openApp } from '../src/app.ts'
import { handClock } from './support/clock.ts'
import { temporaryFolder } from './support/database.ts'

interface Desk {
  readonly app: App
  /** Lines of the log, without their time. */
  readonly logged: unknown[]
  write(file: string, text: string): void
}

const configuration = (name: string): string => `database = "notify.db"
[gateways.${name}]
type = "http"
preset = "probe"
url = "http://127.0.0.1:9"
token_file = "token.txt"
`

const openDesk = async (change: Partial<AppOptions> = {}): Promise<Desk> => {
  const folder = temporaryFolder()
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text)
  write('notify.toml', configuration('sms'))
  const logged: unknown[] = []
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
  return { app, logged, write }
}

test('a gateway that could not be opened is tried anew when it is asked for again', async () => {
  const { app, write } = await openDesk()
  await expect(app.gateway('sms')).rejects.toThrow('token.txt cannot be read')
  write('token.txt', 'a-token\n')
  const gateway = await app.gateway('sms')
  expect(gateway.name).toBe('sms')
  expect(await app.gateway('sms')).toBe(gateway)
})

test('a gateway that was closed is opened anew, with its token of that moment', async () => {
  const { app, write } = await openDesk()
  write('token.txt', 'a-token\n')
  const gateway = await app.gateway('sms')
  await app.closeGateway('sms')
  expect(await app.gateway('sms')).not.toBe(gateway)
  await app.closeGateway('sms')
  write('token.txt', '\n')
  await expect(app.gateway('sms')).rejects.toThrow('is empty')
  await app.closeGateway('sms') // one that is not open
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
