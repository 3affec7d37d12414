// A11: the power goes while messages leave. What was written down stays written down; and the controls, which sync no more
// than SQLite would unasked, show that this test can tell.
import { expect, test } from 'vitest'
import { countCalls } from '../support/faulty-pass.ts'
import { openLedgerShop } from '../support/ledger-shop.ts'
import { carelessSync, cutPass, cutWriter } from '../support/power-cut.ts'
import { straceObstacle } from '../support/strace.ts'

const SHOP = { rows: 200, concurrency: 2 }

test('nothing that was seen as sent is lost, and nothing has left that is not claimed', { timeout: 60_000 }, async ({
  skip,
}) => {
  skip(straceObstacle !== undefined, straceObstacle)
  const shop = await openLedgerShop(SHOP)
  const calls = await countCalls(shop)
  const cut = await cutPass(shop, `fsync:signal=SIGKILL:when=${Math.ceil(calls.fsync * 0.6)}`)
  expect(cut).toMatchObject({ rows: 200, states: { sent: 200 }, effects: 200, lost: 0, doubles: 0 })
  expect(cut?.acknowledged).toBeGreaterThan(20)
  expect(cut?.bytesLost).toBeGreaterThan(0)
})

test('the control: the same program with synchronous = NORMAL is found out', { timeout: 60_000 }, async ({ skip }) => {
  skip(straceObstacle !== undefined, straceObstacle)
  const shop = await openLedgerShop(SHOP)
  const { pwrite64 } = await countCalls(shop)
  const careless = cutPass(shop, `pwrite64:signal=SIGKILL:when=${Math.ceil(pwrite64 * 0.6)}`, {
    ...shop.as('first'),
    ...carelessSync(),
  })
  await expect(careless).rejects.toThrow(
    /rows that were seen as sent are not any more\n.*messages had left, and only 0 are claimed/,
  )
})

test('a bare writer loses no commit with synchronous = FULL, and every one with NORMAL', { timeout: 60_000 }, async ({
  skip,
}) => {
  skip(straceObstacle !== undefined, straceObstacle)
  const [full, normal] = [await cutWriter('full', 200), await cutWriter('normal', 200)]
  expect(full.acknowledged).toBeGreaterThan(50)
  expect(full.lost).toBe(0)
  expect(normal.acknowledged).toBeGreaterThan(50)
  expect(normal.lost).toBe(normal.acknowledged)
})
