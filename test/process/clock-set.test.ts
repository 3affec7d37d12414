// The wall clock is set while the daemon runs: it goes on as if nothing had happened.
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
