// A disk that stays full for longer than a quick test waits.
import { expect, test } from 'vitest'
import { fillBehind, LATER, openDiskShop, statesOn } from '../support/disk-shop.ts'
import { TEN_IN_MOSCOW } from '../support/shop.ts'
import { until } from '../support/until.ts'

test('killed when the disk has been full for ten seconds: what was sent is on disk all the same', async (context) => {
  const { shop, disk } = await openDiskShop(context, 40, { latencyMs: 300 })
  await shop.scheduleMany(200)
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  await until(() => shop.sandbox.counts().requests >= 64)
  fillBehind(daemon, disk)
  await daemon.waitForLine('"outcomes-kept"')
  daemon.kill('SIGKILL')
  expect((await daemon.exit).code).toBe(137)
  disk.empty()
  expect(await shop.run(['run-due'], LATER)).toMatchObject({ code: 0 })
  expect(statesOn(disk)).toEqual({ sent: 200 })
  expect(shop.sandbox.counts()).toMatchObject({ requests: 200, repeated: 0 })
}, 60_000)
