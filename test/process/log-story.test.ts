// The log of a real daemon: grep tells the story of one message, mailing, recipient, worker, gateway; nothing personal is in it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { clockShim, runNotify } from '../support/binary.ts'
import { answer, gatewayServer, yes } from '../support/gateway-server.ts'
import { openShop, TEN_IN_MOSCOW } from '../support/shop.ts'

const WHO = 'no such phone +7 916 000-00-01 (79160000001), ask ivan@example.com; your token is a-token'

interface Line {
  readonly event: string
  readonly [field: string]: unknown
}

test('three messages: one is taken, one refused, one is tried again', async () => {
  const gateway = await gatewayServer(yes, answer(400, WHO), answer(503, '', { 'retry-after': '1' }), yes)
  const shop = await openShop({ concurrency: 1 })
  const config = join(shop.folder, 'notify.toml')
  writeFileSync(config, readFileSync(config, 'utf8').replace(shop.sandbox.url, gateway.url))
  await shop.scheduleMany(3)
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  while (shop.states()['sent'] !== 2) await new Promise((resolve) => setTimeout(resolve, 20))
  daemon.kill('SIGTERM')
  const { code, stderr } = await daemon.exit
  expect(code).toBe(143)

  const grep = (pattern: RegExp): Line[] =>
    stderr
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => JSON.parse(line))
  const storyOf = (pattern: RegExp): string[] => grep(pattern).map(({ event }) => event)
  const [first, refused, again] = rowsOf(join(shop.folder, 'notify.db'))

  expect(storyOf(new RegExp(`"message":${first?.id}[,}]`))).toEqual(['sent'])
  expect(storyOf(new RegExp(`"message":${refused?.id}[,}]`))).toEqual(['failed'])
  expect(storyOf(new RegExp(`"message":${again?.id}[,}]`))).toEqual(['again', 'sent'])
  expect(storyOf(new RegExp(`"recipient":${again?.recipient}[,}]`))).toEqual(['again', 'sent'])
  expect(storyOf(/"mailing":1[,}]/)).toEqual(['sent', 'failed', 'again', 'sent'])
  const worker = String(grep(/"event":"sent"/)[0]?.['worker'])
  expect(storyOf(new RegExp(`"worker":${worker}[,}]`))).toEqual(['sent', 'failed', 'again', 'sent'])
  const counted = ['pass', 'gateway-trouble'] // once a round
  expect(storyOf(/"gateway":"sms"/).filter((event) => !counted.includes(event))).toEqual([
    'sent',
    'failed',
    'again',
    'sent',
  ])
  expect(grep(/"event":"failed"/)).toMatchObject([
    {
      level: 'warn',
      message: refused?.id,
      mailing: 1,
      recipient: refused?.recipient,
      gateway: 'sms',
      attempt: 1,
      ms: expect.any(Number),
      reason: expect.stringContaining('gateway answered 400: no such phone … (…), ask …; your … is …'),
    },
  ])
  expect(grep(/"event":"again"/)).toMatchObject([{ level: 'info', reason: 'gateway answered 503' }])
  for (const secret of [/79160000/, /916[ )(-]*000/, /ivan@/, /a-token/, /Good morning/, /Supplier/]) {
    expect(stderr).not.toMatch(secret)
  }
  for (const line of stderr.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ time: expect.any(String) })
}, 60_000)

const rowsOf = (file: string): readonly { readonly id: number; readonly recipient: number }[] => {
  const db = new Database(file, { readonly: true })
  const rows = db.prepare('select id, recipient_id as recipient from messages order by due_at, id').all()
  db.close()
  return (rows as { id: number; recipient: number }[]).toSorted((a, b) => a.id - b.id)
}

test('pino is loaded by those who log, and by nobody else', async () => {
  const shop = await openShop()
  await shop.scheduleMany(1)
  const spy = join(shop.folder, 'spy.cjs')
  writeFileSync(
    spy,
    `process.on('exit', () => {
      const loaded = Object.keys(require.cache).some((path) => path.includes('/node_modules/pino/'))
      require('node:fs').writeSync(1, loaded ? 'pino' : 'no pino')
    })`,
  )
  const { NODE_OPTIONS = '', ...clock } = clockShim(TEN_IN_MOSCOW)
  const run = async (env: Record<string, string>, ...args: string[]): Promise<{ out: string; err: string }> => {
    const options = { cwd: shop.folder, env: { ...clock, NODE_OPTIONS: `${NODE_OPTIONS} --require="${spy}"`, ...env } }
    const { stdout, stderr } = await runNotify(args, options)
    return { out: stdout.slice(stdout.lastIndexOf('\n') + 1), err: stderr }
  }
  expect(await run({}, '--help')).toEqual({ out: 'no pino', err: '' })
  expect(await run({}, 'run-due')).toEqual({ out: 'no pino', err: '' }) // it sends one
  expect(await run({}, 'run-due')).toEqual({ out: 'no pino', err: '' }) // nothing is due
  const pretty = await run({ NOTIFY_LOG_LEVEL: 'info', NOTIFY_LOG_FORMAT: 'pretty' }, 'run-due')
  expect(pretty.out).toBe('no pino')
  await shop.run(['schedule', '--at', '10:00', '--name', 'again', '--quiet'])
  const logged = await run({ NOTIFY_LOG_LEVEL: 'info' }, 'run-due')
  expect(logged).toEqual({ out: 'pino', err: expect.stringContaining('"event":"sent","message":2,') })
}, 60_000)
