// A4 and A10: a pass killed at each of its own points, and a message that kills whoever sends it.
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runNotify } from '../support/binary.ts'
import { expectSound } from '../support/checker.ts'
import { KILLED, killedAt, readDatabase } from '../support/fail-at.ts'
import { openLedger } from '../support/ledger.ts'
import { monotonicMs } from '../support/ledger-book.ts'
import { openLedgerShop } from '../support/ledger-shop.ts'

const ROWS = 200
const CONCURRENCY = 4

const POINTS = ['after-claim-commit:2', 'before-write:60', 'after-answer:60', 'mid-settle:60']

test('killed between claim and settle, wherever it be: the next pass finishes, nothing is lost or doubled', {
  timeout: 60_000,
}, async () => {
  const shop = await openLedgerShop({ rows: ROWS, concurrency: CONCURRENCY })
  for (const point of POINTS) {
    shop.renew()
    const ledger = await openLedger({ file: join(shop.folder, `${point}.jsonl`), keys: 'honoured' })
    onTestFinished(() => ledger.stop().catch(() => undefined))
    shop.configure(ledger.url)
    const startedAt = monotonicMs()
    expect((await killedAt(point, ['run-due'], shop.folder, shop.as('first'))).code, point).toBe(KILLED)
    const killedAtMs = monotonicMs()
    const next = await runNotify(['run-due'], { cwd: shop.folder, env: shop.as('second') })
    expect(next, point).toMatchObject({ code: 0 })
    await ledger.stop()
    const found = await expectSound({
      book: ledger.file,
      database: shop.database,
      keys: 'honoured',
      imported: ROWS,
      concurrency: CONCURRENCY,
      flushMs: 60_000, // most of so short a life is the start: its rate says nothing
      deaths: [{ by: 'first', pid: 0, startedAt, killedAt: killedAtMs, goneAt: killedAtMs }],
      replay: point,
    })
    expect(found, point).toMatchObject({ states: { sent: ROWS }, effects: ROWS, lost: 0, doubles: 0 })
  }
})

test('a message that kills whoever sends it ends as poison, and all others are sent', {
  timeout: 60_000,
}, async () => {
  const shop = await openLedgerShop({ rows: 60, concurrency: CONCURRENCY })
  const ledger = await openLedger({ file: join(shop.folder, 'book.jsonl'), keys: 'honoured' })
  onTestFinished(() => ledger.stop().catch(() => undefined))
  shop.configure(ledger.url)
  let deaths = 0
  let last = KILLED
  for (; last === KILLED && deaths < 10; deaths += last === KILLED ? 1 : 0) {
    last = (await killedAt('before-write#30', ['run-due'], shop.folder, shop.as(`pass-${deaths}`))).code
  }
  expect(last).toBe(0)
  const rows = readDatabase(shop.database, (db) =>
    db.prepare("select id, state, reason from messages where state <> 'sent'").all(),
  )
  expect(rows).toEqual([{ id: 30, state: 'failed', reason: expect.stringContaining('poison') }])
  expect(deaths).toBeGreaterThanOrEqual(3) // alone in hand; deaths in company prove nothing
  expect(deaths).toBeLessThanOrEqual(5)
  expect(ledger.counts().effects).toBe(59)
})
