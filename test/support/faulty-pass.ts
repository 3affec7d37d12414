// One pass of `run-due` that a fault ends or spoils, and the plain pass after it, which must put everything right.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { BINARY, runNotify } from './binary.ts'
import { expectSound, type Findings } from './checker.ts'
import { openLedger } from './ledger.ts'
import { monotonicMs } from './ledger-book.ts'
import { type LedgerShop, openLedgerShop } from './ledger-shop.ts'
import { callsIn, straced } from './strace.ts'

const ROWS = 200
/** Few in flight, so that there are many commits. */
const CONCURRENCY = 2

/** How often each call is made on the database by a pass that nothing disturbs. */
export interface Calls {
  readonly pwrite64: number
  readonly fsync: number
}

export interface FaultyShop {
  readonly calls: Calls
  /** The faulty pass, then a plain one; throws unless nothing is lost, doubled or left over by then. */
  passWith(fault: string): Promise<FaultyPass>
}

export interface FaultyPass extends Findings {
  /** Exit code of the faulty pass, and what it said. */
  readonly code: number
  readonly said: string
}

export const openFaultyShop = async (): Promise<FaultyShop> => {
  const shop = await openLedgerShop({ rows: ROWS, concurrency: CONCURRENCY })
  return { calls: await countCalls(shop), passWith: (fault) => passWith(shop, fault) }
}

export const countCalls = async (shop: LedgerShop): Promise<Calls> => {
  shop.renew()
  const trace = await sendAll(shop)
  const made = callsIn(trace).filter(({ path }) => path.startsWith(shop.folder))
  const count = (name: string): number => made.filter((call) => call.name === name).length
  return { pwrite64: count('pwrite64'), fsync: count('fsync') }
}

const sendAll = async (shop: LedgerShop): Promise<string> => {
  const trace = join(shop.folder, 'trace')
  const book = join(shop.folder, 'undisturbed.jsonl')
  const ledger = await openLedger({ file: book, keys: 'honoured' })
  shop.configure(ledger.url)
  const { code, output } = await straced([BINARY, 'run-due'], { cwd: shop.folder, env: shop.as('undisturbed'), trace })
  await ledger.stop()
  rmSync(book)
  if (code !== 0) throw new Error(`an undisturbed pass ended with ${code}: ${output}`)
  return trace
}

const passWith = async (shop: LedgerShop, fault: string): Promise<FaultyPass> => {
  shop.renew()
  const file = join(shop.folder, 'book.jsonl')
  rmSync(file, { force: true })
  const ledger = await openLedger({ file, keys: 'honoured' })
  shop.configure(ledger.url)
  const startedAt = monotonicMs()
  const trace = join(shop.folder, 'trace')
  const env = shop.as('first')
  const { code, output } = await straced([BINARY, 'run-due'], { cwd: shop.folder, env, inject: fault, trace })
  const endedAt = monotonicMs()
  const troubles = integrityTroubles(shop.database)
  const second = await runNotify(['run-due'], { cwd: shop.folder, env: shop.as('second'), timeoutMs: 60_000 })
  if (second.code !== 0) troubles.push(`the next pass ended with ${second.code}: ${second.stdout}${second.stderr}`)
  await ledger.stop()
  const findings = await expectSound({
    book: file,
    database: shop.database,
    keys: 'honoured',
    imported: ROWS,
    concurrency: CONCURRENCY,
    flushMs: 60_000, // what could not be written is sent again, however much it is
    deaths: [{ by: 'first', pid: 0, startedAt, killedAt: endedAt, goneAt: endedAt }],
    troubles,
    replay: `inject=${fault}`,
  })
  return { ...findings, code, said: output }
}

/** Right after the fault, before anybody writes again. */
const integrityTroubles = (file: string): string[] => {
  const db = new Database(file)
  try {
    const said = String(db.pragma('integrity_check', { simple: true }))
    return said === 'ok' ? [] : [`integrity_check after the fault: ${said}`]
  } finally {
    db.close()
  }
}
