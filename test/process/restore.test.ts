// Backup and restore by the real program, beside a daemon that sends: nothing is lost, nothing is doubled, nothing leaves untold.
import { copyFileSync, existsSync, readdirSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { Finished } from '../support/binary.ts'
import { openShop, type Shop, TEN_IN_MOSCOW } from '../support/shop.ts'
import { until, untilTaken } from '../support/until.ts'

const well = async (running: Promise<Finished>): Promise<Finished> => {
  const finished = await running
  expect(finished).toMatchObject({ code: 0, stderr: '' })
  return finished
}

const sentIn = (file: string): readonly string[] => {
  const db = new Database(file, { readonly: true })
  const addresses = db.prepare<[], string>("select address from messages where state = 'sent'").pluck().all()
  db.close()
  return addresses
}

const AFTER = '2021-10-22T07:04:00Z'

test('a backup beside a daemon that sends: whole, with everything that was acknowledged, and the daemon goes on', async () => {
  const shop = await openShop({ latencyMs: 5 })
  await shop.scheduleMany(3_000)
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  await untilTaken(shop, 300)
  const before = shop.sql((db) => db.prepare("select address from messages where state = 'sent'").pluck().all())
  expect(before.length).toBeGreaterThan(0)
  await well(shop.run(['backup', 'copy.db'], AFTER))
  expect(shop.sandbox.counts().taken).toBeLessThan(3_000) // it was in the middle
  const copy = join(shop.folder, 'copy.db')
  const db = new Database(copy, { readonly: true })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.prepare('select count(*) from messages').pluck().get()).toBe(3_000)
  db.close()
  const inCopy = new Set(sentIn(copy))
  expect(before.filter((address) => !inCopy.has(String(address)))).toEqual([])
  await untilTaken(shop, 3_000)
  await until(() => shop.states()['sent'] === 3_000)
  const got = new Set(shop.got.map(({ phone }) => `+${phone.replace('+', '')}`))
  expect([...inCopy].filter((address) => !got.has(address))).toEqual([])
  expect(shop.sandbox.counts()).toMatchObject({ taken: 3_000, repeated: 0 })
  daemon.kill('SIGTERM')
  expect((await daemon.exit).code).toBe(143)
}, 60_000)

/** Sent to the end after a backup in the middle, then restored from it. */
const restored = async (): Promise<{ shop: Shop; sentSince: number; lostNumbers: unknown }> => {
  const shop = await openShop({ latencyMs: 10, concurrency: 16 })
  await shop.scheduleMany(1_000)
  const first = shop.start(['daemon'], TEN_IN_MOSCOW)
  await untilTaken(shop, 200)
  await well(shop.run(['backup', 'copy.db'], TEN_IN_MOSCOW))
  // what the backup will not know: everything else is sent, one more supplier and one more mailing are there
  await untilTaken(shop, 1_000)
  await until(() => shop.states()['sent'] === 1_000)
  writeFileSync(join(shop.folder, 'more.csv'), 'id,phone,name,zone\nX,+79990000001,Lost,Europe/Moscow\n')
  await well(shop.run(['import', 'suppliers', 'more.csv', '--quiet']))
  await well(shop.run(['schedule', '--at', '10:00', '--name', 'second', '--quiet']))
  await untilTaken(shop, 2_001)
  await until(() => shop.states()['sent'] === 2_001)
  first.kill('SIGTERM')
  expect((await first.exit).code).toBe(143)
  const lostNumbers = newestNumbers(shop)
  const { stdout } = await well(shop.run(['restore', 'copy.db', '--yes', '--json'], AFTER))
  const { inDoubt } = JSON.parse(stdout)
  expect(inDoubt).toBeGreaterThan(0)
  expect(inDoubt).toBe(1_000 - sentIn(join(shop.folder, 'copy.db')).length)
  return { shop, sentSince: inDoubt, lostNumbers }
}

const newestNumbers = (shop: Shop): unknown =>
  shop.sql((db) => db.prepare('select (select max(id) from mailings), (select max(id) from recipients)').raw().get())

test('restored from the middle of a mailing: held; nothing leaves until told; repeated with the same keys: no second effect', async () => {
  const { shop, sentSince } = await restored()
  const { requests } = shop.sandbox.counts()
  const daemon = shop.start(['daemon'], AFTER)
  await daemon.waitForLine('"held"')
  expect(await shop.run(['run-due', '--parallel'], AFTER)).toMatchObject({ code: 6 })
  expect(await shop.run(['release'], AFTER)).toMatchObject({ code: 6 })
  await well(shop.run(['reconcile', '--repeat', '--yes'], AFTER))
  expect(await shop.run(['run-due', '--parallel'], AFTER)).toMatchObject({ code: 6 })
  expect(shop.sandbox.counts().requests).toBe(requests)
  await well(shop.run(['release'], AFTER))
  await until(() => shop.sandbox.counts().requests === requests + sentSince)
  await until(() => shop.states()['sent'] === 1_000)
  // each of them was taken before the restore: the gateway knows every key, and does nothing twice
  expect(shop.sandbox.counts()).toMatchObject({ taken: 2_001, repeated: sentSince })
  daemon.kill('SIGTERM')
  expect((await daemon.exit).code).toBe(143)
}, 60_000)

test('numbers that are given out anew after a restore make new keys: who is new gets their message', async () => {
  const { shop, lostNumbers } = await restored()
  await well(shop.run(['reconcile', '--leave', '--yes'], AFTER))
  await well(shop.run(['release'], AFTER))
  writeFileSync(join(shop.folder, 'other.csv'), 'id,phone,name,zone\nY,+79990000002,New,Europe/Moscow\n')
  await well(shop.run(['import', 'suppliers', 'other.csv', '--quiet']))
  await well(shop.run(['schedule', '--at', '10:00', '--name', 'again', '--quiet']))
  expect(newestNumbers(shop)).toEqual(lostNumbers)
  const before = shop.sandbox.counts()
  const passed = await shop.run(['run-due'], '2021-10-22T07:05:00Z')
  expect(passed).toMatchObject({ code: 0, stderr: expect.stringMatching(/messages nobody knows whether they arrived/) })
  const after = shop.sandbox.counts()
  expect({ taken: after.taken - before.taken, repeated: after.repeated - before.repeated }).toEqual({
    taken: 1_001,
    repeated: 0,
  })
  expect(shop.got.map(({ phone }) => phone.replace('+', ''))).toContain('79990000002')
}, 60_000)

test('a daemon on a copy sends nothing until somebody says that it is the one', async () => {
  const shop = await openShop()
  await shop.scheduleMany(50)
  await well(shop.run(['run-due'], '2021-10-22T06:59:00Z')) // the file that sends; nothing is due yet
  const file = join(shop.folder, 'notify.db')
  copyFileSync(file, `${file}.copy`)
  renameSync(file, `${file}.original`)
  renameSync(`${file}.copy`, file)
  const daemon = shop.start(['daemon'], TEN_IN_MOSCOW)
  await daemon.waitForLine('"held"')
  expect(await shop.run(['run-due', '--parallel'], TEN_IN_MOSCOW)).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('the file was copied or moved'),
  })
  expect(shop.sandbox.counts().requests).toBe(0)
  await well(shop.run(['release'], TEN_IN_MOSCOW))
  await untilTaken(shop, 50)
  daemon.kill('SIGTERM')
  expect((await daemon.exit).code).toBe(143)
}, 60_000)

test.each([
  ['deleted', (file: string) => rmSync(file)],
  ['replaced', (file: string) => renameSync(`${file}.other`, file)],
])(
  'the database %s under a running daemon: noticed within 5 s, said, and it ends',
  async (_, lose) => {
    const shop = await openShop()
    const file = join(shop.folder, 'notify.db')
    await shop.scheduleMany(5)
    copyFileSync(file, `${file}.other`)
    const daemon = shop.start(['daemon'])
    await daemon.waitForLine('daemon-started')
    const lostAt = performance.now()
    lose(file)
    const { code, stderr } = await daemon.exit
    expect(performance.now() - lostAt).toBeLessThan(5_000)
    expect(code).toBe(1)
    expect(stderr).toContain(`${file} was deleted or replaced while it was in use`)
    expect(stderr).toContain('notify restore FILE')
  },
  30_000,
)

test('a daemon was killed: its database is not replaced before it has been closed, as the refusal says', async () => {
  const shop = await openShop()
  await shop.scheduleMany(5)
  await well(shop.run(['backup', 'copy.db']))
  const daemon = shop.start(['daemon'])
  await daemon.waitForLine('daemon-started')
  expect(await shop.run(['restore', 'copy.db', '--yes'])).toMatchObject({ code: 6 })
  daemon.kill('SIGKILL')
  await daemon.exit
  expect(await shop.run(['restore', 'copy.db', '--yes'])).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('If nothing uses it, `notify stats` closes it'),
  })
  await well(shop.run(['stats']))
  await well(shop.run(['restore', 'copy.db', '--yes']))
}, 30_000)

test('killed in the middle of a backup: no file under its name, and the next one is made', async () => {
  const shop = await openShop()
  await shop.scheduleMany(30_000)
  const killed = shop.start(['backup', 'copy.db'])
  await until(() => readdirSync(shop.folder).some((name) => name.startsWith('copy.db.part')), 1)
  killed.kill('SIGKILL')
  expect((await killed.exit).code).toBe(137)
  expect(existsSync(join(shop.folder, 'copy.db'))).toBe(false)
  await well(shop.run(['backup', 'copy.db']))
}, 60_000)

/** A command whose process has the file open, and waits for its lock. */
const waiting = async (file: string, pid: number): Promise<void> => {
  const opened = (): boolean => {
    try {
      return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === file)
    } catch {
      return false // not there yet, or a handle that was closed meanwhile
    }
  }
  await until(opened)
}

test.skipIf(!existsSync('/proc/self/fd'))(
  'a command that opens the database while it is being replaced works on the new one',
  async () => {
    const shop = await openShop()
    const file = join(shop.folder, 'notify.db')
    await shop.scheduleMany(5)
    await well(shop.run(['backup', 'empty.db']))
    const lock = new Database(file)
    lock.pragma('locking_mode = exclusive')
    lock.pragma('journal_mode = delete')
    lock.exec('begin exclusive')
    const command = shop.start(['mailings', 'pause', '1', '--json'])
    await waiting(file, command.pid)
    renameSync(file, `${file}.old`)
    copyFileSync(join(shop.folder, 'empty.db'), file)
    lock.close()
    expect(await command.exit).toMatchObject({ code: 0 })
    expect(shop.sql((db) => db.prepare('select state from mailings').pluck().get())).toBe('paused')
    expect(shop.sql((db) => db.pragma('integrity_check', { simple: true }))).toBe('ok')
    const old = new Database(`${file}.old`, { readonly: true })
    expect(old.prepare('select state from mailings').pluck().get()).toBe('active')
    old.close()
  },
  30_000,
)
