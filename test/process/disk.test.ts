// A disk that is full when the answers come: what was sent is not forgotten.
import { expect, test } from 'vitest'
import { fillBehind, LATER, openDiskShop as open, SOUND, statesOn as states } from '../support/disk-shop.ts'
import { type Shop, TEN_IN_MOSCOW } from '../support/shop.ts'
import { until } from '../support/until.ts'

/** Resolves when nothing has left for a second; it is not the end yet. */
const stillness = async (shop: Shop): Promise<void> => {
  for (let before = -1; before < shop.sandbox.counts().requests; ) {
    before = shop.sandbox.counts().requests
    expect(before).toBeLessThan(400)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}

test('the disk fills while 64 are in flight: their answers are written when there is room, and it goes on by itself', async (context) => {
  const { shop, disk } = await open(context, 40, { latencyMs: 300 })
  await shop.scheduleMany(400)
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  await until(() => shop.sandbox.counts().requests >= 64)
  fillBehind(daemon, disk)
  await until(() => shop.sandbox.counts().taken >= 128) // the hand goes on for a second
  const { sending = 0, sent = 0 } = states(disk)
  expect(sent).toBeLessThan(64)
  expect(sending + sent).toBe(400)
  await stillness(shop)
  disk.empty()
  await until(() => shop.sandbox.counts().taken === 400)
  daemon.kill('SIGTERM')
  expect((await daemon.exit).code).toBe(143)
  expect(states(disk)).toEqual({ sent: 400 })
  expect(shop.sandbox.counts()).toMatchObject({ requests: 400, repeated: 0 })
  expect(disk.files().filter((name) => name.includes('-outcomes-'))).toEqual([])
  expect(disk.query('pragma integrity_check')).toEqual(SOUND)
}, 60_000)

test('told to end while the disk is full: the outcomes are beside the database, and the next pass writes them down', async (context) => {
  const { shop, disk } = await open(context, 40, { latencyMs: 300 })
  await shop.scheduleMany(200)
  const daemon = shop.start(['daemon', '--grace', '1s'], TEN_IN_MOSCOW)
  await until(() => shop.sandbox.counts().requests >= 64)
  fillBehind(daemon, disk)
  daemon.kill('SIGTERM')
  const { code, stderr } = await daemon.exit
  expect(code).toBe(1)
  expect(stderr).toContain('"outcomes-kept"')
  expect(stderr).toContain('notify: the disk is full')
  const { requests } = shop.sandbox.counts()
  expect(states(disk)).toEqual({ sending: 200 })
  disk.empty()
  const pass = await shop.run(['run-due', '--json'], LATER)
  expect(JSON.parse(pass.stdout)).toMatchObject({ sent: 200 - requests })
  expect(states(disk)).toEqual({ sent: 200 })
  expect(shop.sandbox.counts()).toMatchObject({ requests: 200, repeated: 0 })
  expect(disk.files().filter((name) => name.includes('-outcomes-'))).toEqual([])
}, 60_000)
