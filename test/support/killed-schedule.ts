// K2: a schedule killed at random moments. Until it is released nothing of it can be seen or sent; the next command takes it
// back or finds it whole; in the end everybody has one message.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished } from 'vitest'
import { seededRandom } from './seeded.ts'
import { openShop, type Shop, TEN_IN_MOSCOW } from './shop.ts'
import { until } from './until.ts'

const ROWS = 20_000
const SCHEDULE = ['schedule', '--at', '10:00', '--text', 'Hello', '--quiet']

interface Look {
  rows(): number
  state(): string | undefined
}

const openLook = (shop: Shop): Look => {
  const db = new Database(join(shop.folder, 'notify.db'), { readonly: true })
  onTestFinished(() => void db.close())
  const rows = db.prepare<[], number>('select count(*) from messages').pluck()
  const state = db.prepare<[], string>("select state from mailings where state <> 'cancelled'").pluck()
  return { rows: () => rows.get() ?? 0, state: () => state.get() }
}

const importMany = async (shop: Shop): Promise<void> => {
  const lines = Array.from({ length: ROWS }, (_, i) => `+7916${String(i).padStart(7, '0')},Europe/Moscow\n`)
  writeFileSync(join(shop.folder, 'suppliers.csv'), `phone,zone\n${lines.join('')}`)
  expect(await shop.run(['import', 'suppliers', 'suppliers.csv', '--quiet'])).toMatchObject({ code: 0 })
}

/** Starts a schedule and kills it once so many rows are written. */
const killAt = async (shop: Shop, look: Look, rows: number): Promise<void> => {
  const scheduling = shop.start(SCHEDULE)
  const over = new AbortController()
  const ended = scheduling.exit.finally(() => over.abort())
  await until(() => over.signal.aborted || (look.state() !== undefined && look.rows() >= rows), 1)
  scheduling.kill('SIGKILL')
  await ended
}

/** Kills so many schedules of one mailing, then schedules it. */
export const killSchedules = async (kills: number, seed: number): Promise<void> => {
  const random = seededRandom(seed)
  const shop = await openShop()
  await importMany(shop)
  const look = openLook(shop)
  let wasPlanning = 0
  for (let kill = 0; kill < kills; kill += 1) {
    await killAt(shop, look, Math.floor(random() * ROWS))
    const why = `seed ${seed}, kill ${kill}`
    if (look.state() === 'active') expect(look.rows(), why).toBe(ROWS)
    if (look.state() !== 'planning') continue
    wasPlanning += 1
    if (random() < 0.5) continue // the next schedule finds it
    const pass = await shop.run(['run-due'], TEN_IN_MOSCOW)
    expect(pass.code, why).toBe(0)
    expect(pass.stderr, why).toContain('it is taken back, nothing of it is sent')
    expect([look.state(), look.rows(), shop.sandbox.counts().requests], why).toEqual([undefined, 0, 0])
  }
  expect(wasPlanning).toBeGreaterThan(0)
  expect(await shop.run(SCHEDULE), `seed ${seed}`).toMatchObject({ code: 0 })
  expect([look.state(), look.rows()], `seed ${seed}`).toEqual(['active', ROWS])
  expect(shop.states()).toEqual({ scheduled: ROWS })
}
