// A schedule that dies half way: nothing of it is sent, and the next command takes it back and says so.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { fromSeed } from '../support/seeds.ts'
import { openShop, type Shop, TEN_IN_MOSCOW } from '../support/shop.ts'
import { until } from '../support/until.ts'

const ROWS = 25_000

const rowsOf = (shop: Shop): number => {
  const db = new Database(join(shop.folder, 'notify.db'), { readonly: true })
  const rows = Number(db.prepare('select count(*) from messages').pluck().get())
  db.close()
  return rows
}

const importMany = (shop: Shop): Promise<void> => fromSeed(`imported-${ROWS}`, shop.folder, () => importAnew(shop))

const importAnew = async (shop: Shop): Promise<void> => {
  const lines = Array.from({ length: ROWS }, (_, i) => `S${i},+7916${String(i).padStart(7, '0')},Europe/Moscow`)
  writeFileSync(join(shop.folder, 'suppliers.csv'), `id,phone,zone\n${lines.join('\n')}\n`)
  expect(await shop.run(['import', 'suppliers', 'suppliers.csv', '--quiet'])).toMatchObject({ code: 0 })
}

test.each([
  ['SIGKILL', 137],
  ['SIGTERM', 143],
] as const)(
  '%s while the rows are written',
  async (signal, code) => {
    const shop = await openShop()
    await importMany(shop)
    const scheduling = shop.start(['schedule', '--at', '10:00', '--text', 'Hello'])
    await until(() => rowsOf(shop) > 0, 1)
    scheduling.kill(signal)
    expect((await scheduling.exit).code).toBe(code)
    const pass = await shop.run(['run-due'], TEN_IN_MOSCOW)
    expect(pass.code).toBe(0)
    if (signal === 'SIGKILL') expect(pass.stderr).toContain('it is taken back, nothing of it is sent')
    expect(shop.sandbox.counts().requests).toBe(0)
    expect(rowsOf(shop)).toBe(0)
    expect(await shop.run(['schedule', '--at', '10:00', '--text', 'Hello', '--quiet'])).toMatchObject({ code: 0 })
    expect(shop.states()).toEqual({ scheduled: ROWS })
  },
  60_000,
)
