// The checker bites: whatever is falsified in the book, in the rows or in what was said, it finds, and says how to play it again.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { runNotify } from '../support/binary.ts'
import { check, expectSound } from '../support/checker.ts'
import type { Evidence } from '../support/evidence.ts'
import { openLedger } from '../support/ledger.ts'
import { monotonicMs } from '../support/ledger-book.ts'
import { type LedgerShop, openLedgerShop } from '../support/ledger-shop.ts'
import { type RowWatch, watchRows } from '../support/row-watch.ts'

const ROWS = 20
const CONCURRENCY = 4

type Line = Record<string, unknown>

/** Changes what was found, and says what else the evidence claims; the breach that the checker must name. */
interface Lie {
  readonly breach: string
  readonly lines?: (lines: Line[], killedAt: number) => Line[]
  readonly sql?: string
  readonly says?: Partial<Evidence>
}

const first = (lines: readonly Line[]): Line => lines.find(({ n }) => n === 1) ?? {}

/** The first request once more, `seconds` after the kill, by another process. */
const again = (lines: readonly Line[], killedAt: number, change: Line = {}): Line[] => [
  ...lines,
  { ...first(lines), n: 900, by: 'second', mono: killedAt + 5, effect: false, ...change },
]

/** As if every request had come again after the kill. */
const allAgain = (lines: readonly Line[], killedAt: number): Line[] =>
  lines
    .filter(({ key }) => key !== undefined)
    .reduce(
      (all, line, i) => again(all, killedAt + i, { ...line, n: 900 + i, by: 'second', mono: killedAt + 5 + i }),
      [...lines],
    )

const LIES: readonly Lie[] = [
  { breach: 'I1 phantom', lines: (lines) => lines.filter((line) => line !== first(lines)) },
  {
    breach: 'I1 phantom',
    lines: (lines) => lines.map((line) => (line === first(lines) ? { ...line, took: false, yes: false } : line)),
  },
  { breach: 'I1 phantom', sql: 'update messages set settled_at = 1000 where id = 7' },
  { breach: 'I1 no end', sql: "update messages set state = 'scheduled', due_at = 1 where id = 7" },
  { breach: 'I1 no end', sql: "update messages set state = 'sending', due_at = 1 where id = 7" },
  { breach: 'I1 rows', sql: 'delete from messages where id = 7' },
  { breach: 'I1 stats', sql: "update messages set state = 'unknown' where id = 7" },
  { breach: 'I1 counts', sql: "update mailing_counts set count = count - 1 where state = 'sent'" },
  { breach: 'I2', lines: (lines, killedAt) => again(lines, killedAt, { effect: true }) },
  { breach: 'I3', lines: (lines, killedAt) => again(lines, killedAt), says: { deaths: [] } },
  { breach: 'I3', lines: (lines, killedAt) => again(lines, killedAt, { mono: killedAt - 1 }) },
  { breach: 'I3', lines: allAgain },
  {
    breach: 'I3',
    lines: (lines, killedAt) =>
      allAgain(
        lines.filter(({ answered }) => answered === undefined),
        killedAt,
      ),
  },
  { breach: 'I4', lines: (lines, killedAt) => again(lines, killedAt, { hash: 'another' }) },
  { breach: 'I4', lines: (lines, killedAt) => again(lines, killedAt, { header: 'another' }) },
  {
    breach: 'I4',
    lines: (lines) => lines.map((line) => (line === first(lines) ? { ...line, header: 'another' } : line)),
  },
  {
    breach: 'I4',
    lines: (lines) => lines.map((line) => (line === first(lines) ? { ...line, phone: '79990000000' } : line)),
  },
  { breach: 'I4', lines: (lines, killedAt) => again(lines, killedAt, { key: '12345' }) },
  { breach: 'I6', lines: (lines, killedAt) => again(lines, killedAt), sql: 'update messages set attempts = 1' },
  { breach: 'I7', says: { watched: { looks: 1, longestRescue: 2_001, breaches: [] } } },
  { breach: 'I9', says: { logged: ROWS + 1 } },
  { breach: 'I9', says: { logged: 0, concurrency: 4 } },
  { breach: 'it rained', says: { troubles: ['it rained'] } },
]

/** A pass of 20 messages, as it was; the killed one is said to have died just after it. */
const soundEvidence = async (): Promise<{ shop: LedgerShop; evidence: Evidence; killedAt: number }> => {
  const shop = await openLedgerShop({ rows: ROWS, concurrency: CONCURRENCY })
  const ledger = await openLedger({ file: join(shop.folder, 'book.jsonl'), keys: 'honoured' })
  shop.configure(ledger.url)
  const startedAt = monotonicMs()
  expect(await runNotify(['run-due'], { cwd: shop.folder, env: shop.as('first') })).toMatchObject({ code: 0 })
  const killedAt = monotonicMs()
  const { stdout: stats } = await runNotify(['stats', '--json'], { cwd: shop.folder })
  await ledger.stop()
  const evidence: Evidence = {
    book: ledger.file,
    database: shop.database,
    keys: 'honoured',
    imported: ROWS,
    concurrency: CONCURRENCY,
    deaths: [{ by: 'first', pid: 1, startedAt, killedAt, goneAt: killedAt + 1 }],
    stats,
    logged: ROWS,
    replay: 'npm test -- seed 7',
  }
  return { shop, evidence, killedAt }
}

const falsify = async (
  { lines, sql, says }: Lie,
  { evidence, killedAt }: Awaited<ReturnType<typeof soundEvidence>>,
) => {
  const [book, database] = [`${evidence.book}.false`, `${evidence.database}.false`]
  const all = readFileSync(evidence.book, 'utf8')
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line))
  const changed = lines?.(all, killedAt) ?? all
  writeFileSync(book, changed.map((line) => `${JSON.stringify(line)}\n`).join(''))
  copyFileSync(evidence.database, database)
  const db = new Database(database)
  db.exec(sql ?? 'select 1')
  db.close()
  return check({ ...evidence, book, database, ...says })
}

test('a sound pass is sound; every lie about it is found', { timeout: 60_000 }, async () => {
  const found = await soundEvidence()
  expect(await check(found.evidence)).toMatchObject({
    breaches: [],
    rows: ROWS,
    requests: ROWS,
    effects: ROWS,
    lost: 0,
    repeats: 0,
  })
  // a repeat after a death, of what was in flight: allowed, and counted
  const once = await falsify({ breach: '', lines: again, sql: 'update messages set attempts = 2' }, found)
  expect(once).toMatchObject({ breaches: [], repeats: 1, requests: ROWS + 1, effects: ROWS })
  // a naive gateway has two effects then: counted, and no breach
  const lines = (all: Line[], killedAt: number): Line[] => again(all, killedAt, { effect: true })
  const naive = await falsify(
    { breach: '', lines, sql: 'update messages set attempts = 2', says: { keys: 'naive' } },
    found,
  )
  expect(naive).toMatchObject({ breaches: [], doubles: 1, effects: ROWS + 1, repeats: 1 })
  for (const lie of LIES) {
    const { breaches } = await falsify(lie, found)
    expect(
      breaches.map((breach) => breach.split(' (')[0]),
      JSON.stringify(lie),
    ).toContain(lie.breach)
  }
  const seen = expectSound({ ...found.evidence, imported: ROWS + 1 })
  await expect(seen).rejects.toThrow(/I1 rows.*21 imported[\s\S]*To play it again: npm test -- seed 7/)
})

const SEEN: readonly (readonly [breach: string, sql: string])[] = [
  ['I5', "update messages set reason = 'changed' where id = 3"],
  ['I5', "update messages set state = 'scheduled', due_at = 1 where id = 3"],
  ['I6', 'update messages set attempts = attempts - 1 where id = 3'],
  ['I7', "update messages set state = 'sending', due_at = 1, worker_id = 999 where id = 3"],
  ['I8', 'delete from messages where id = 3'],
]

test('what may not be seen while rows are worked on is seen', { timeout: 60_000 }, async () => {
  const { shop, evidence } = await soundEvidence()
  let files = 0
  const seenAfter = (sql: string): RowWatch => {
    files += 1
    const file = join(shop.folder, `watched-${files}.db`)
    copyFileSync(evidence.database, file)
    const watch = watchRows(file, ROWS)
    onTestFinished(() => watch.close())
    watch.look()
    const db = new Database(file)
    db.exec(sql)
    db.close()
    watch.look()
    return watch
  }
  expect(seenAfter('select 1').result()).toEqual({ looks: 2, longestRescue: 0, breaches: [] })
  for (const [breach, sql] of SEEN) {
    expect(
      seenAfter(sql)
        .result()
        .breaches.map(({ kind }) => kind),
      sql,
    ).toContain(breach)
  }
  // rows in the hand of a process that died are timed
  const inHand = seenAfter(`insert into workers (id, kind, host, boot_id, pid, pid_start, started_at, seen_at)
      values (77, 'daemon', '', '', 4242, '', 1, 1);
    update messages set state = 'sending', due_at = 1, settled_at = null, worker_id = 77 where id = 3`)
  expect(inHand.result().longestRescue).toBe(0)
  inHand.died(4242)
  inHand.look()
  expect(inHand.result().longestRescue).toBeGreaterThan(0)
  expect(inHand.open()).toBe(1)
})
