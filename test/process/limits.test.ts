// A process that runs out of something: messages wait or are tried again, none is lost, none fails for it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { clockShim } from '../support/binary.ts'
import { openShop, TEN_IN_MOSCOW } from '../support/shop.ts'

const LATER = '2021-10-22T08:00:00Z'

test('64 open files for 64 messages at once: those that find no socket are not sent, and leave later', async () => {
  const through = (): readonly string[] => ['sh', '-c', 'ulimit -n 64 && exec "$@"', 'sh']
  const runs: { through?: typeof through } = { through }
  const shop = await openShop({ latencyMs: 200, runs })
  delete runs.through
  await shop.scheduleMany(300)
  runs.through = through
  const pass = await shop.run(['run-due'], TEN_IN_MOSCOW)
  expect(pass).toMatchObject({ code: 7, stderr: expect.stringContaining('too many open files') })
  const { sent = 0, scheduled = 0 } = shop.states()
  expect(sent + scheduled).toBe(300)
  expect(sent).toBe(shop.sandbox.counts().requests)
  const inDoubt = 'select count(*) from messages where doubt_since is not null'
  expect(shop.sql((db) => db.prepare(inDoubt).pluck().get())).toBe(0)
  delete runs.through
  expect(await shop.run(['gateways', 'resume', 'sms'], LATER)).toMatchObject({ code: 0 })
  expect(await shop.run(['run-due'], LATER)).toMatchObject({ code: 0 })
  expect(shop.states()).toEqual({ sent: 300 })
  expect(shop.sandbox.counts()).toMatchObject({ taken: 300, repeated: 0 })
}, 60_000)

test('a heap of 64 MB: whatever becomes of the process, everything is sent', async () => {
  const env: Record<string, string> = {}
  const shop = await openShop({ runs: { env } })
  await shop.scheduleMany(1_000)
  env['NODE_OPTIONS'] = `${clockShim(TEN_IN_MOSCOW)['NODE_OPTIONS']} --max-old-space-size=64`
  const pass = await shop.run(['run-due'], TEN_IN_MOSCOW)
  delete env['NODE_OPTIONS']
  expect(await shop.run(['run-due'], LATER)).toMatchObject({ code: 0 })
  expect(shop.states()).toEqual({ sent: 1_000 })
  expect(shop.sandbox.counts().taken).toBe(1_000)
  expect(shop.sandbox.counts().repeated).toBeLessThanOrEqual(pass.code === 0 ? 0 : 100)
}, 60_000)

test('every kind of process opens the database with the same settings', async () => {
  const shim = fileURLToPath(new URL('../support/pragma-shim.cjs', import.meta.url))
  const env: Record<string, string> = {}
  const shop = await openShop({ runs: { env } })
  const file = join(shop.folder, 'pragmas')
  env['NODE_OPTIONS'] = `${clockShim(TEN_IN_MOSCOW)['NODE_OPTIONS']} --require="${shim}"`
  env['NOTIFY_TEST_PRAGMAS'] = file
  await shop.scheduleMany(5) // import, schedule
  for (const args of [['stats'], ['mailings', 'pause', '1'], ['run-due']]) {
    expect(await shop.run(args, TEN_IN_MOSCOW)).toMatchObject({ code: 0 })
  }
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  await daemon.waitForLine('daemon-started')
  daemon.kill('SIGTERM')
  await daemon.exit
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(lines.length).toBeGreaterThanOrEqual(6)
  for (const line of lines) {
    const answers = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, trusted_schema: 0, busy_timeout: 5 }
    expect(JSON.parse(line)).toEqual(answers)
  }
}, 60_000)
