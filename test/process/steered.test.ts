// What another process is told holds in this one: a pause within a second, a death within two, a stopped process wakes harmless.
import { expect, test } from 'vitest'
import type { Running } from '../support/binary.ts'
import { openShop, type Shop, TEN_IN_MOSCOW } from '../support/shop.ts'
import { until } from '../support/until.ts'

const requests = (shop: Shop): number => shop.sandbox.counts().requests

test.each([
  ['a gateway', ['gateways', 'pause', 'sms'], ['gateways', 'resume', 'sms']],
  ['a mailing', ['mailings', 'pause', '1'], ['mailings', 'resume', '1']],
  ['everything', ['hold'], ['release']],
])(
  '%s is stopped in the middle: no request is begun a second after the command, what was in flight is settled',
  async (_, stop, go) => {
    const shop = await openShop({ latencyMs: 50, concurrency: 16 })
    await shop.scheduleMany(500)
    const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
    await until(() => requests(shop) > 100)
    expect((await shop.run(stop, TEN_IN_MOSCOW)).code).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 1_000)) // the promise under test
    const then = requests(shop)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(requests(shop)).toBe(then)
    expect(shop.states()).toEqual({ sent: then, scheduled: 500 - then })
    expect((await shop.run(go, TEN_IN_MOSCOW)).code).toBe(0)
    await until(() => shop.states()['sent'] === 500)
    daemon.kill()
    await daemon.exit
    expect(shop.sandbox.counts()).toMatchObject({ requests: 500, repeated: 0 })
  },
  60_000,
)

test('killed with 64 in flight: another daemon has them within two seconds of its start', async () => {
  const shop = await openShop({ latencyMs: 400, concurrency: 64 })
  await shop.scheduleMany(200)
  const first = shop.start(['daemon'], TEN_IN_MOSCOW)
  await until(() => requests(shop) >= 64)
  first.kill('SIGKILL')
  await first.exit
  const taken = requests(shop)
  const second = shop.start(['daemon'], TEN_IN_MOSCOW)
  await second.waitForLine('daemon-started')
  const started = performance.now()
  await until(() => shop.sandbox.counts().repeated + requests(shop) - taken >= 64)
  expect(performance.now() - started).toBeLessThan(2_000)
  await until(() => shop.states()['sent'] === 200)
  expect(shop.sandbox.counts().taken).toBe(200)
}, 60_000)

test('a living daemon takes over from one that is killed beside it, within two seconds', async () => {
  const shop = await openShop({ latencyMs: 3_000, concurrency: 8 })
  await shop.scheduleMany(8)
  const first = shop.start(['daemon'], TEN_IN_MOSCOW)
  await until(() => requests(shop) >= 8)
  const second = shop.start(['daemon', '--allow-many'], TEN_IN_MOSCOW)
  await second.waitForLine('daemon-started')
  first.kill('SIGKILL')
  await first.exit
  const killed = performance.now()
  await until(() => requests(shop) >= 16)
  expect(performance.now() - killed).toBeLessThan(2_000)
  await until(() => shop.states()['sent'] === 8)
  expect(shop.sandbox.counts().taken).toBe(8)
}, 60_000)

/** One that is stopped while it writes keeps the database locked: then it goes on for a moment, and is stopped again. */
const stopBetweenWrites = async (running: Running, shop: Shop): Promise<void> => {
  await until(() => {
    running.kill('SIGSTOP')
    const isFree = canWrite(shop)
    if (!isFree) running.kill('SIGCONT')
    return isFree
  })
}

const canWrite = (shop: Shop): boolean =>
  shop.sql((db) => {
    db.pragma('busy_timeout = 100')
    try {
      db.exec('begin immediate; rollback')
      return true
    } catch {
      return false
    }
  })

test('stopped for longer than its lease: its successor finishes; awake again, it sends nothing of what it held', async () => {
  const shop = await openShop({ latencyMs: 20, concurrency: 4 })
  await shop.scheduleMany(400)
  const zombie = shop.start(['daemon'], TEN_IN_MOSCOW)
  await until(() => requests(shop) >= 40)
  await stopBetweenWrites(zombie, shop)
  await new Promise((resolve) => setTimeout(resolve, 100)) // what was on the wire is answered
  // it has not beaten for a lease, and its rows are over by every clock
  shop.sql((db) => {
    db.prepare("update messages set due_at = due_at - 120000 where state = 'sending'").run()
    db.prepare('update workers set seen_mono = seen_mono - 61000').run()
  })
  const before = requests(shop)
  const passed = await shop.run(['run-due', '--parallel', '--json'], TEN_IN_MOSCOW)
  expect(passed.code).toBe(0)
  expect(shop.states()).toEqual({ sent: 400 })
  const after = requests(shop)
  expect(after).toBeGreaterThan(before)
  zombie.kill('SIGCONT')
  await zombie.waitForLine('stale-settle')
  zombie.kill()
  expect((await zombie.exit).code).toBe(143)
  expect(shop.states()).toEqual({ sent: 400 })
  expect(shop.sandbox.counts().taken).toBe(400)
}, 60_000)
