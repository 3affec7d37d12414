// The wall clock is set while the daemon runs: it goes on as if nothing had happened. One that is far off is noticed by cron's passes.
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clockShim, type Running, startNotify } from '../support/binary.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { untilTaken } from '../support/until.ts'

const HOUR = 3_600_000

const startDaemon = async (shop: Shop, at: string): Promise<Running & { setClock(byMs: number): void }> => {
  const file = join(shop.folder, 'clock')
  const setClock = (byMs: number): void => {
    writeFileSync(`${file}.new`, String(byMs))
    renameSync(`${file}.new`, file)
  }
  setClock(0)
  const env = { ...clockShim(at), NOTIFY_TEST_CLOCK_FILE: file }
  const daemon = startNotify(['daemon'], { cwd: shop.folder, env, timeoutMs: 30_000 })
  await daemon.waitForLine('daemon-started')
  return { ...daemon, setClock }
}

test.each([
  ['back by an hour', -HOUR],
  ['forward by five hours', 5 * HOUR],
])(
  'set %s: what is scheduled then is sent as soon as ever, and SIGTERM ends the daemon',
  async (_, byMs) => {
    const shop = await openShop()
    const daemon = await startDaemon(shop, '2021-10-22T08:30:00Z')
    await shop.scheduleMany(5)
    await untilTaken(shop, 5) // it has looked, and will look again
    daemon.setClock(byMs)
    const before = performance.now()
    await shop.run(['schedule', '--at', '10:00', '--name', 'again'])
    await untilTaken(shop, 10)
    daemon.kill('SIGTERM')
    expect((await daemon.exit).code).toBe(143)
    expect(performance.now() - before).toBeLessThan(10_000) // 1.5 s
  },
  60_000,
)

/** A pass of cron: its clock is off by so much, in a boot of its own where one is named. */
const passOf = async (shop: Shop, at: string, { offMs = 0, boot = 'first' } = {}) => {
  const file = join(shop.folder, 'clock')
  writeFileSync(file, String(offMs))
  const env = { ...clockShim(at), NOTIFY_TEST_CLOCK_FILE: file, NOTIFY_TEST_BOOT: boot }
  return (...args: readonly string[]) =>
    startNotify(args.length === 0 ? ['run-due'] : args, { cwd: shop.folder, env, timeoutMs: 30_000 }).exit
}

test('five hours ahead, nothing gets through, and set right: what was tried is due within the hour', async () => {
  const shop = await openShop()
  await shop.scheduleMany(5)
  await (await passOf(shop, '2021-10-21T19:00:00Z'))()
  await shop.sandbox.close()
  await (await passOf(shop, '2021-10-22T07:01:00Z', { offMs: 5 * HOUR }))()
  const latest = () => shop.sql((db) => Number(db.prepare('select max(due_at) from messages').pluck().get()))
  expect(latest()).toBeGreaterThan(Date.parse('2021-10-22T11:00:00Z'))
  await (await passOf(shop, '2021-10-22T07:02:00Z'))()
  expect(latest()).toBeLessThanOrEqual(Date.parse('2021-10-22T08:03:00Z'))
})

test('a boot 400 days ahead, and one in 1970: nothing expires, nothing leaves, and cron mails what to do', async () => {
  const shop = await openShop()
  await shop.scheduleMany(5)
  await (await passOf(shop, '2021-10-21T19:00:00Z'))()
  const ahead = await passOf(shop, '2022-11-25T19:00:00Z', { boot: 'second' })
  expect(await ahead()).toMatchObject({
    code: 6,
    stderr: expect.stringMatching(
      /everything is held: nothing was written from 2021-10-21T\d\d:\d\d:\d\dZ to 2022-11-25T19:00:0\dZ: this machine was off for 400 days, or its clock is wrong; check it\nWhen that is as it should be: notify release\./,
    ),
  })
  expect(shop.states()).toEqual({ scheduled: 5 })
  const early = await passOf(shop, '1970-01-01T00:01:00Z', { boot: 'third' })
  expect(await early()).toMatchObject({ code: 6 })
  expect(await early('schedule', '--at', '10:00', '--text', 'Hello')).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('the clock of this machine shows 1970-01-01T00:01:0'),
  })
  expect(shop.states()).toEqual({ scheduled: 5 })
  const right = await passOf(shop, '2021-10-22T07:00:00Z', { boot: 'fourth' })
  expect(await right('release')).toMatchObject({ code: 0 })
  expect(await right()).toMatchObject({ code: 0 })
  expect(shop.states()).toEqual({ sent: 5 })
}, 60_000)
