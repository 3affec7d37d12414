// Room on the disk: what is refused before it is needed, and what becomes of who finds none.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fillBehind, openDiskShop as open, SOUND, statesOn as states } from '../support/disk-shop.ts'
import { type Shop, TEN_IN_MOSCOW } from '../support/shop.ts'
import type { SmallDisk } from '../support/small-disk.ts'
import { until } from '../support/until.ts'

test('nearly full: nothing is added, nothing is claimed, it is said, and it goes on when there is room', async (context) => {
  const { shop, disk } = await open(context, 40)
  await shop.scheduleMany(20)
  disk.fill(10 * 1024 * 1024)
  const [imported, scheduled] = await Promise.all([
    shop.run(['import', 'suppliers', 'suppliers.csv', '--quiet']),
    shop.run(['schedule', '--at', '11:00', '--text', 'Another']),
  ])
  const refusal =
    /^notify: the disk is nearly full: \d+\.\d MiB free, about 16\.0 MiB are needed; nothing was changed\n/
  expect(imported).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(refusal) })
  expect(scheduled).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(refusal) })
  expect(disk.query('select count(*) as count from mailings')).toEqual([{ count: 1 }])

  disk.fill(3 * 1024 * 1024)
  const pass = await shop.run(['run-due'], TEN_IN_MOSCOW)
  expect(pass.code).not.toBe(0)
  expect(pass.stderr).toMatch(/the disk is nearly full: \d\.\d MiB free/)
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  await daemon.waitForLine('the disk is nearly full')
  await new Promise((resolve) => setTimeout(resolve, 300)) // a daemon that spins says it hundreds of times
  expect(daemon.output().split('nearly full').length - 1).toBeLessThanOrEqual(3)
  expect(shop.sandbox.counts().requests).toBe(0)
  disk.empty()
  await until(() => shop.sandbox.counts().taken === 20)
  daemon.kill('SIGTERM')
  expect((await daemon.exit).code).toBe(143)
  expect(states(disk)).toEqual({ sent: 20 })
}, 60_000)

const ROWS = 25_000

const writeMany = (shop: Shop): void => {
  const lines = Array.from({ length: ROWS }, (_, i) => `S${i},+7916${String(i).padStart(7, '0')},Europe/Moscow`)
  writeFileSync(join(shop.folder, 'many.csv'), `id,phone,zone\n${lines.join('\n')}\n`)
}

const peopleOn = (disk: SmallDisk): number =>
  disk.query<{ count: number }>('select count(*) as count from recipients')[0]?.count ?? 0

test('the disk fills during an import, and during a schedule: it is said, nothing is half done, and the next try succeeds', async (context) => {
  const { shop, disk } = await open(context, 80)
  writeMany(shop)
  const importing = shop.start(['import', 'suppliers', 'many.csv', '--quiet'])
  await until(() => disk.size('notify.db-wal') > 1024 * 1024)
  fillBehind(importing, disk)
  const { code, stderr } = await importing.exit
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^notify: the disk is full; .*\nFree some space.*\n$/),
  })
  expect(disk.query('pragma integrity_check')).toEqual(SOUND)
  expect(peopleOn(disk)).toBeLessThan(ROWS)
  disk.empty()
  expect(await shop.run(['import', 'suppliers', 'many.csv', '--quiet'])).toMatchObject({ code: 0 })
  expect(peopleOn(disk)).toBe(ROWS)

  const scheduling = shop.start(['schedule', '--at', '10:00', '--text', 'Hello'])
  await until(() => disk.size('notify.db-wal') > 1024 * 1024)
  fillBehind(scheduling, disk)
  expect(await scheduling.exit).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('the disk is full'),
  })
  expect(disk.query('pragma integrity_check')).toEqual(SOUND)
  disk.empty()
  expect(await shop.run(['run-due'], TEN_IN_MOSCOW)).toMatchObject({ code: 0 })
  expect(shop.sandbox.counts().requests).toBe(0)
  expect(states(disk)).toEqual({})
  expect(await shop.run(['schedule', '--at', '10:00', '--text', 'Hello', '--quiet'])).toMatchObject({ code: 0 })
  expect(states(disk)).toEqual({ scheduled: ROWS })
}, 60_000)
