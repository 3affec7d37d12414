// A4: import and enqueue killed half way, at every point there is; then the same command again.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runNotify } from '../support/binary.ts'
import { expectSound } from '../support/checker.ts'
import { temporaryFolder } from '../support/database.ts'
import { KILLED, killedAt, number, readDatabase } from '../support/fail-at.ts'
import { openLedger } from '../support/ledger.ts'
import { openLedgerShop } from '../support/ledger-shop.ts'

const ROOT = join(import.meta.dirname, '../..')

test('what is shipped has no fail points: not a name of one', () => {
  const points = pointsIn('src', '.ts')
  expect(points).toEqual(expect.arrayContaining(['mid-enqueue', 'mid-import', 'mid-migrate']))
  expect(pointsIn('dist-faults', '.js')).toEqual(points)
  const shipped = filesIn('dist', '.js').join('\n')
  expect(shipped.length).toBeGreaterThan(100_000)
  expect([...points, 'NOTIFY_FAIL_POINT'].filter((name) => shipped.includes(name))).toEqual([])
})

const filesIn = (folder: string, end: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'))

const pointsIn = (folder: string, end: string): readonly string[] => {
  const calls = filesIn(folder, end)
    .join('\n')
    .matchAll(/\bfailPoint\(['"]([a-z-]+)['"]/g)
  return [...new Set([...calls].map(([, name = '']) => name))].toSorted()
}

test('an import killed in each of its chunks: the same import again completes it, nobody twice', {
  timeout: 60_000,
}, async () => {
  const rows = 6_000
  const folder = temporaryFolder()
  const file = join(folder, 'notify.db')
  writeFileSync(join(folder, 'notify.toml'), 'database = "notify.db"\n')
  const lines = Array.from(
    { length: rows },
    (_, i) => `+7916${String(i).padStart(7, '0')},Supplier ${i},t${i % 7},Europe/Moscow\n`,
  )
  writeFileSync(join(folder, 'suppliers.csv'), `phone,name,tag,zone\n${lines.join('')}`)
  const args = ['import', 'suppliers', 'suppliers.csv', '--json']
  let saved = 0
  // the later ones find what the earlier ones left; the last dies in a chunk that adds nothing
  for (const point of ['mid-import:1', 'mid-import:2', 'mid-import:3', 'mid-import:1']) {
    expect((await killedAt(point, args, folder)).code, point).toBe(KILLED)
    const before = saved
    saved = readDatabase(file, (db) => number(db, 'select count(*) from recipients'))
    expect(saved, point).toBeGreaterThanOrEqual(before)
    expect(saved, point).toBeLessThan(rows)
  }
  expect(saved).toBeGreaterThan(0)
  const again = await runNotify(args, { cwd: folder, timeoutMs: 60_000 })
  expect(JSON.parse(again.stdout), again.stderr).toMatchObject({
    rows,
    added: rows - saved,
    changed: 0,
    unchanged: saved,
  })
  readDatabase(file, (db) => {
    expect(number(db, 'select count(*) from recipients')).toBe(rows)
    expect(number(db, 'select count(distinct phone) from recipients')).toBe(rows)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  })
})

test('an import killed half way is taken back: nobody of it stays, who was changed is as before', {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'notify.db')
  writeFileSync(join(folder, 'notify.toml'), 'database = "notify.db"\n')
  const lines = (rows: number, name: string): string =>
    Array.from({ length: rows }, (_, i) => `+7916${String(i).padStart(7, '0')},${name},t${i % 7}\n`).join('')
  writeFileSync(join(folder, 'book.csv'), `phone,name,tag\n${lines(500, 'before')}`)
  writeFileSync(join(folder, 'wrong.csv'), `phone,name,tag\n${lines(6_000, 'wrong')}`)
  const notify = (...args: string[]) => runNotify(args, { cwd: folder, timeoutMs: 60_000 })
  expect(await notify('import', 'suppliers', 'book.csv')).toMatchObject({ code: 0 })
  const book = readDatabase(file, (db) => db.prepare('select id, phone, name from recipients order by id').all())
  expect((await killedAt('mid-import:3', ['import', 'suppliers', 'wrong.csv'], folder)).code).toBe(KILLED)
  const saved = readDatabase(file, (db) => {
    expect(db.prepare('select state from imports order by id').pluck().all()).toEqual(['saved', 'saving'])
    return number(db, "select count(*) from recipients where name = 'wrong'")
  })
  expect(saved).toBeGreaterThan(500)
  const undone = await notify('import', 'undo', '--yes', '--json')
  expect(JSON.parse(undone.stdout), undone.stderr).toMatchObject({
    import: { finished: false },
    removed: saved - 500,
    restored: 500,
    kept: { withMessages: 0, changedSince: 0, takenByOthers: 0 },
  })
  readDatabase(file, (db) => {
    expect(db.prepare('select id, phone, name from recipients order by id').all()).toEqual(book)
    expect(number(db, 'select count(*) from recipient_tags')).toBe(500)
    expect(db.pragma('foreign_key_check')).toEqual([])
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  })
})

test('a schedule killed after each of its chunks: nothing of it is sent; scheduled again, everybody gets it once', {
  timeout: 60_000,
}, async () => {
  const rows = 6_000
  const shop = await openLedgerShop({ rows, concurrency: 64 })
  const ledger = await openLedger({ file: join(shop.folder, 'book.jsonl'), keys: 'honoured' })
  shop.configure(ledger.url)
  const env = shop.as('pass')
  readDatabase(shop.database, (db) => db.exec('delete from messages; delete from mailings'))
  const schedule = ['schedule', '--at', '10:00', '--on', 'today', '--if-past', 'now', '--quiet']
  for (const point of ['mid-enqueue:1', 'mid-enqueue:2', 'mid-enqueue:3']) {
    expect((await killedAt(point, schedule, shop.folder, env)).code, point).toBe(KILLED)
    expect(
      readDatabase(shop.database, (db) => number(db, 'select count(*) from messages')),
      point,
    ).toBeGreaterThan(0)
    const pass = await runNotify(['run-due'], { cwd: shop.folder, env })
    expect(pass.code, pass.stderr).toBe(0)
    expect(ledger.counts().requests, point).toBe(0)
  }
  expect(await runNotify(schedule, { cwd: shop.folder, env })).toMatchObject({ code: 0 })
  expect(await runNotify(['run-due'], { cwd: shop.folder, env, timeoutMs: 60_000 })).toMatchObject({ code: 0 })
  const { stdout: stats } = await runNotify(['stats', '--json'], { cwd: shop.folder, env })
  await ledger.stop()
  const evidence = { book: ledger.file, database: shop.database, imported: rows, concurrency: 64 } as const
  const found = await expectSound({ ...evidence, keys: 'honoured', deaths: [], stats, replay: 'mid-enqueue' })
  expect(found).toMatchObject({ states: { sent: rows }, requests: rows, effects: rows })
})
