// A3, D3, D11 and A11 in full size: every sync of a pass, and of its writes every fifth (standard) or each (soak), is killed or fails;
// so is the first migration; the power goes at 100 moments.
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { BINARY, runNotify } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'
import { countCalls, openFaultyShop } from '../support/faulty-pass.ts'
import { openLedgerShop } from '../support/ledger-shop.ts'
import { cutPass } from '../support/power-cut.ts'
import { seededRandom } from '../support/seeded.ts'
import { straced, straceObstacle } from '../support/strace.ts'

const HOUR = 3_600_000

/** Of the writes, every n-th. */
const STEP = process.env['NOTIFY_SOAK'] === 'soak' ? 1 : 5

const upTo = (count: number, step: number): number[] =>
  Array.from({ length: Math.ceil(count / step) }, (_, i) => 1 + i * step)

const tell = (words: string): void => void process.stdout.write(`${words}\n`)

if (straceObstacle !== undefined) throw new Error(straceObstacle) // who asks for these tests wants them run

const seed = Number(process.env['NOTIFY_SEED'] ?? randomInt(1_000_000_000))

test.each([
  ['fsync', 'signal=SIGKILL', 1, ''],
  ['pwrite64', 'signal=SIGKILL', STEP, ''],
  ['fsync', 'error=EIO', 1, ''],
  ['pwrite64', 'error=ENOSPC', 3 * STEP, '+'], // a pass waits 10 s for room,
] as const)('A3, D3: %s:%s', { timeout: HOUR }, async (call, fault, step, plus) => {
  const shop = await openFaultyShop()
  const codes = new Map<number, number>()
  let most = 0
  for (const n of upTo(shop.calls[call], step)) {
    const pass = await shop.passWith(`${call}:${fault}:when=${n}${plus}`)
    expect(pass, `${call}:${fault}:when=${n}${plus}`).toMatchObject({
      states: { sent: 200 },
      effects: 200,
      lost: 0,
      doubles: 0,
    })
    codes.set(pass.code, (codes.get(pass.code) ?? 0) + 1)
    most = Math.max(most, pass.repeats)
  }
  tell(
    `${call}:${fault}: ${shop.calls[call]} calls, exit codes ${JSON.stringify([...codes])}, at most ${most} repeats, all sent once`,
  )
})

test('D11: the first start killed at its writes', { timeout: HOUR }, async () => {
  const env = { HOME: '/', NOTIFY_DATABASE_URL: 'sqlite:notify.db' }
  const start = async (inject?: string) => {
    const cwd = temporaryFolder()
    const trace = join(cwd, 'trace')
    const { code } = await straced([BINARY, 'stats'], { cwd, env, trace, ...(inject === undefined ? {} : { inject }) })
    return { code, cwd }
  }
  let killed = 0
  for (let n = 1; ; n += STEP) {
    const { code, cwd } = await start(`pwrite64:signal=SIGKILL:when=${n}`)
    if (code === 0) break
    killed += 1
    const next = await runNotify(['stats', '--json'], { cwd, env })
    expect(next.code, `${n}: ${next.stderr}`).toBe(0)
    const db = new Database(join(cwd, 'notify.db'), { readonly: true })
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.prepare('select count(*) from installation').pluck().get()).toBe(1)
    db.close()
  }
  expect(killed).toBeGreaterThan(10)
  tell(`D11: killed at ${killed} writes of the first start, each time finished by the next`)
})

test('A11: the power goes at 100 moments of a pass', { timeout: HOUR }, async () => {
  const random = seededRandom(seed)
  const shop = await openLedgerShop({ rows: 200, concurrency: 2 })
  const calls = await countCalls(shop)
  let cuts = 0
  let acknowledged = 0
  let bytesLost = 0
  while (cuts < 100) {
    const call = random() < 0.5 ? 'fsync' : 'pwrite64'
    const cut = await cutPass(shop, `${call}:signal=SIGKILL:when=${1 + Math.floor(random() * calls[call] * 0.9)}`)
    if (cut === null) continue // this pass made fewer calls
    expect(cut, `seed ${seed}`).toMatchObject({ states: { sent: 200 }, effects: 200, lost: 0, doubles: 0 })
    cuts += 1
    acknowledged += cut.acknowledged
    bytesLost += cut.bytesLost
  }
  expect(acknowledged).toBeGreaterThan(1_000)
  expect(bytesLost).toBeGreaterThan(10_000)
  tell(
    `A11, seed ${seed}: ${cuts} cuts, ${acknowledged} outcomes had been seen, none lost; ${bytesLost} unsynced bytes were`,
  )
})
