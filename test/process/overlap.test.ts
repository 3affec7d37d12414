// Many processes on one file: every row once, nobody locked out, nothing lost at a kill.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { playOverlap } from '../support/overlap-play.ts'
import { openShop, type Shop, TEN_IN_MOSCOW } from '../support/shop.ts'
import { until } from '../support/until.ts'

const effects = (shop: Shop): number => shop.sandbox.counts().taken

/** Resolves when the sandbox has had so many requests. */
const requests = (shop: Shop, count: number): Promise<void> => until(() => shop.sandbox.counts().requests >= count)

test(
  '16 passes at once on 4,000 due rows: every row once, exit 0, no word of a locked database',
  () => playOverlap(4_000),
  60_000,
) // 20,000, again and again: test/soak/overlap.test.ts

test('killed in the middle of a pass: the next pass finishes, nothing is lost, repeats have the same key', async () => {
  const shop = await openShop({ latencyMs: 10 })
  await shop.scheduleMany(3_000)
  const first = shop.start(['run-due'], TEN_IN_MOSCOW)
  await requests(shop, 1_000)
  first.kill('SIGKILL')
  expect((await first.exit).code).toBe(137)
  expect(shop.states()['sending']).toBeGreaterThan(0)
  const second = await shop.run(['run-due', '--json'], TEN_IN_MOSCOW)
  expect(second.code).toBe(0)
  expect(shop.states()).toEqual({ sent: 3_000 })
  expect(effects(shop)).toBe(3_000)
  // what was in flight, and what was answered but not yet written down (design.md 6: 20 ms)
  expect(shop.sandbox.counts().repeated).toBeLessThanOrEqual(64 + 20 * 7 + 64)
}, 60_000)

test('a second pass beside a living one does nothing and says nothing; --fail-if-busy says it with 75', async () => {
  const shop = await openShop({ latencyMs: 200, concurrency: 4 })
  await shop.scheduleMany(40)
  const first = shop.start(['run-due'], TEN_IN_MOSCOW)
  await requests(shop, 1)
  const second = await shop.run(['run-due'], TEN_IN_MOSCOW)
  expect(second).toEqual({ code: 0, stdout: '', stderr: '' })
  const third = await shop.run(['run-due', '--fail-if-busy'], TEN_IN_MOSCOW)
  expect(third.code).toBe(75)
  expect((await first.exit).code).toBe(0)
  expect(shop.sandbox.counts()).toMatchObject({ requests: 40, taken: 40 })
}, 60_000)

test('16 first commands at once on a file that does not exist yet', async () => {
  const shop = await openShop()
  const commands = await Promise.all(Array.from({ length: 16 }, () => shop.run(['stats', '--json'])))
  expect(commands.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
    Array.from({ length: 16 }, () => ({ code: 0, stderr: '' })),
  )
  expect(existsSync(join(shop.folder, 'notify.db'))).toBe(true)
}, 60_000)
