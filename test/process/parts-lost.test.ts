// A file of the database is taken away, replaced or overwritten while a daemon works on it: noticed, said, and nothing ruined.
import { copyFileSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openShop, type Shop, TEN_IN_MOSCOW } from '../support/shop.ts'
import { until, untilTaken } from '../support/until.ts'

/** Exit code of a pass while everything is held. */
const HELD = 6
const AFTER = '2021-10-22T07:05:00Z'

const fileOf = (shop: Shop): string => join(shop.folder, 'notify.db')

/** Whole, as SQLite sees it. */
const isWhole = (shop: Shop): boolean => shop.sql((db) => db.pragma('integrity_check', { simple: true }) === 'ok')

interface Deed {
  readonly name: string
  readonly does: (file: string) => void
  readonly says: string
  /** All that was written is in the database afterwards; else it is held. */
  readonly isSaved: boolean
}

const DEEDS: readonly Deed[] = [
  { name: 'its -wal deleted', does: (file) => rmSync(`${file}-wal`), says: 'notify.db-wal, which', isSaved: true },
  { name: 'its -shm deleted', does: (file) => rmSync(`${file}-shm`), says: 'notify.db-shm, which', isSaved: true },
  {
    name: 'both deleted',
    does: (file) => {
      rmSync(`${file}-wal`)
      rmSync(`${file}-shm`)
    },
    says: 'was deleted or replaced while',
    isSaved: true,
  },
  {
    name: 'its -wal renamed',
    does: (file) => renameSync(`${file}-wal`, `${file}-wal.bak`),
    says: 'notify.db-wal, which',
    isSaved: true,
  },
  {
    name: 'its -wal replaced',
    does: (file) => {
      copyFileSync(`${file}-wal`, `${file}-other`)
      renameSync(`${file}-other`, `${file}-wal`)
    },
    says: 'notify.db-wal, which',
    isSaved: false,
  },
  {
    name: 'its -shm replaced',
    does: (file) => {
      writeFileSync(`${file}-other`, '')
      renameSync(`${file}-other`, `${file}-shm`)
    },
    says: 'notify.db-shm, which',
    isSaved: false,
  },
  { name: 'its -shm emptied', does: (file) => truncateSync(`${file}-shm`), says: 'was cut short', isSaved: true },
  { name: 'its -wal emptied', does: (file) => truncateSync(`${file}-wal`), says: 'was cut short', isSaved: false },
  {
    name: 'overwritten by an older one',
    does: (file) => copyFileSync(`${file}.old`, file),
    says: 'was overwritten',
    isSaved: false,
  },
]

test.each(DEEDS)(
  '$name under a daemon that rests: it ends within 5 s, and says what became of it',
  async (deed) => {
    const shop = await openShop()
    const file = fileOf(shop)
    expect(await shop.run(['import', 'timezones', '--preset', 'ru', '--quiet'])).toMatchObject({ code: 0 })
    copyFileSync(file, `${file}.old`)
    await shop.scheduleMany(20)
    const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
    await until(() => shop.states()['sent'] === 20)
    const began = performance.now()
    deed.does(file)
    const { code, stderr } = await daemon.exit
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(code).toBe(1)
    expect(stderr).toContain(deed.says)
    expect(stderr).toContain(deed.isSaved ? 'Nothing is lost' : 'may be lost')
    const next = await shop.run(['run-due', '--quiet'], AFTER)
    expect(next.code).toBe(deed.isSaved ? 0 : HELD)
    expect(isWhole(shop)).toBe(true)
    if (deed.isSaved) expect(shop.states()).toEqual({ sent: 20 })
    expect(shop.sandbox.counts()).toMatchObject({ taken: 20, repeated: 0 })
  },
  60_000,
)

test('overwritten right after a command, it ends too', async () => {
  const shop = await openShop()
  const file = fileOf(shop)
  await shop.run(['import', 'timezones', '--preset', 'ru', '--quiet'])
  copyFileSync(file, `${file}.old`)
  await shop.scheduleMany(5)
  const daemon = shop.start(['daemon'])
  await daemon.waitForLine('daemon-started')
  await shop.run(['hold'])
  await shop.run(['release'])
  copyFileSync(`${file}.old`, file)
  const { code, stderr } = await daemon.exit
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('was overwritten') })
}, 60_000)

test('its -wal and -shm deleted in the middle of a mailing: nothing is lost, and nothing sent again but what was in flight', async () => {
  const shop = await openShop({ latencyMs: 20, concurrency: 8 })
  await shop.scheduleMany(600)
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  await untilTaken(shop, 100)
  rmSync(`${fileOf(shop)}-wal`)
  rmSync(`${fileOf(shop)}-shm`)
  expect((await daemon.exit).code).toBe(1)
  expect(shop.sandbox.counts().taken).toBeLessThan(600)
  expect(await shop.run(['run-due', '--quiet'], AFTER)).toMatchObject({ code: 0 })
  expect(shop.states()).toEqual({ sent: 600 })
  const { taken, repeated } = shop.sandbox.counts()
  expect(taken).toBe(600)
  expect(repeated).toBeLessThanOrEqual(8)
}, 60_000)

test('a command that comes meanwhile waits for the daemon to end: what it says to be done is done', async () => {
  const shop = await openShop()
  await shop.scheduleMany(5)
  const daemon = shop.start(['daemon'])
  await daemon.waitForLine('daemon-started')
  rmSync(`${fileOf(shop)}-wal`)
  rmSync(`${fileOf(shop)}-shm`)
  expect(await shop.run(['hold', '--reason', 'wrong price'])).toMatchObject({ code: 0 })
  expect((await daemon.exit).code).toBe(1)
  expect(shop.sql((db) => db.prepare('select held_why from installation').pluck().get())).toBe('wrong price')
  await shop.run(['run-due', '--quiet'], TEN_IN_MOSCOW)
  expect(shop.states()).toEqual({ scheduled: 5 })
}, 60_000)

test('a daemon was killed, and its -wal deleted: what it had written may be gone, so that nothing is sent', async () => {
  const shop = await openShop()
  await shop.scheduleMany(5)
  const daemon = shop.start(['daemon'])
  await daemon.waitForLine('daemon-started')
  daemon.kill('SIGKILL')
  await daemon.exit
  rmSync(`${fileOf(shop)}-wal`)
  expect(await shop.run(['run-due', '--quiet'], TEN_IN_MOSCOW)).toMatchObject({
    code: HELD,
    stderr: expect.stringContaining('notify.db-wal was deleted, replaced or overwritten in use'),
  })
  expect(shop.sandbox.counts().requests).toBe(0)
}, 60_000)

test('another file put in its place: the log of the one that is gone is kept apart, and does not get into the other', async () => {
  const shop = await openShop()
  const file = fileOf(shop)
  await shop.scheduleMany(20)
  copyFileSync(file, `${file}.old`)
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  await until(() => shop.states()['sent'] === 20)
  renameSync(`${file}.old`, file)
  expect((await daemon.exit).code).toBe(1)
  expect(readdirSync(shop.folder).filter((name) => name.includes('.lost-'))).toHaveLength(1)
  expect(shop.states()).toEqual({ scheduled: 20 })
  expect(isWhole(shop)).toBe(true)
  expect(await shop.run(['run-due', '--quiet'], AFTER)).toMatchObject({ code: HELD })
}, 60_000)

test('what SQLite does to these files by itself alarms nobody', async () => {
  const shop = await openShop()
  await shop.scheduleMany(20)
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  await until(() => shop.states()['sent'] === 20)
  for (let round = 0; round < 3; round += 1) {
    await Promise.all(['hold', 'stats', 'mailings'].map((command) => shop.run([command])))
    expect(await shop.run(['release', '--quiet'])).toMatchObject({ code: 0 })
    shop.sql((db) => db.pragma('wal_checkpoint(truncate)'))
    shop.sql((db) => db.exec('vacuum'))
    shop.sql((db) => db.pragma('wal_checkpoint(restart)'))
  }
  shop.sql((db) => db.pragma('wal_checkpoint(truncate)'))
  const again = ['schedule', '--at', '10:00', '--on', 'today', '--if-past', 'now', '--name', 'second', '--quiet']
  expect(await shop.run(again, TEN_IN_MOSCOW)).toMatchObject({ code: 0 })
  await until(() => shop.states()['sent'] === 40)
  daemon.kill('SIGTERM')
  expect((await daemon.exit).code).toBe(143)
}, 60_000)
