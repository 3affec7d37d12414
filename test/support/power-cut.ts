// A power cut, played: the process is killed, and of its -wal only what was synced is left on the disk.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { BINARY, runNotify } from './binary.ts'
import { expectSound, type Findings } from './checker.ts'
import { temporaryFolder } from './database.ts'
import { openLedger } from './ledger.ts'
import { monotonicMs, requestsIn } from './ledger-book.ts'
import { type LedgerShop, putInPlace } from './ledger-shop.ts'
import { callsIn, straced } from './strace.ts'

/** Both files, read before anybody else closes the database and tidies them. */
const readFiles = (file: string) => ({ database: readFileSync(file), wal: readFileSync(`${file}-wal`) })

/** Leaves what a power cut would have left; returns how many bytes of the -wal went with it. */
const cutPower = (file: string, { database, wal }: ReturnType<typeof readFiles>, trace: string): number => {
  const end = syncedEnd(file, trace)
  putInPlace(file, database)
  putInPlace(`${file}-wal`, wal.subarray(0, end))
  rmSync(`${file}-shm`, { force: true })
  return wal.length - end
}

const syncedEnd = (file: string, trace: string): number => {
  let written = 0
  let synced = 0
  for (const { name, path, end, done } of callsIn(trace)) {
    if (path === file && name === 'pwrite64') throw new Error('a checkpoint: what it left unsynced is not played here')
    if (path !== `${file}-wal` || !done) continue
    if (name === 'pwrite64') written = Math.max(written, end)
    else synced = written
  }
  return synced
}

// ---------------------------------------------------------------- the program

const KILLED = 137

export interface CutPass extends Findings {
  /** Rows that another process had seen as sent before the cut. */
  readonly acknowledged: number
  readonly bytesLost: number
}

/**
 * The power goes at `fault` of a pass. What others had seen as sent is sent, what had left is claimed, and the next pass
 * finishes; throws otherwise. Null: the pass came to its end before.
 */
export const cutPass = async (shop: LedgerShop, fault: string, env = shop.as('first')): Promise<CutPass | null> => {
  shop.renew()
  const book = join(shop.folder, 'book.jsonl')
  const trace = join(shop.folder, 'trace')
  rmSync(book, { force: true })
  const ledger = await openLedger({ file: book, keys: 'honoured' })
  shop.configure(ledger.url)
  const watch = watchSent(shop.database)
  const startedAt = monotonicMs()
  const pass = straced([BINARY, 'run-due'], { cwd: shop.folder, env, inject: fault, trace })
  const [{ code }, acknowledged] = await Promise.all([pass, watch.until(pass)])
  const killedAt = monotonicMs()
  const files = code === KILLED ? readFiles(shop.database) : null
  watch.close()
  if (files === null) {
    await ledger.stop()
    return null
  }
  const bytesLost = cutPower(shop.database, files, trace)
  const troubles = await lostInTheCut(shop.database, acknowledged, book)
  const second = await runNotify(['run-due'], { cwd: shop.folder, env: shop.as('second'), timeoutMs: 60_000 })
  if (second.code !== 0) troubles.push(`the next pass ended with ${second.code}: ${second.stdout}${second.stderr}`)
  await ledger.stop()
  const findings = await expectSound({
    book,
    database: shop.database,
    keys: 'honoured',
    imported: shop.rows,
    concurrency: shop.concurrency,
    flushMs: 60_000, // under strace a commit takes its time
    deaths: [{ by: 'first', pid: 0, startedAt, killedAt, goneAt: killedAt }],
    troubles,
    replay: `inject=${fault}`,
  })
  return { ...findings, acknowledged: acknowledged.size, bytesLost }
}

/** Which rows a reader sees as sent, looked at again and again. */
const watchSent = (file: string) => {
  const db = new Database(file, { readonly: true })
  const sent = db.prepare<[], number>("select id from messages where state = 'sent'").pluck()
  return {
    until: async (end: Promise<unknown>): Promise<ReadonlySet<number>> => {
      let seen: readonly number[] = []
      const over = new AbortController()
      void end.finally(() => over.abort())
      while (!over.signal.aborted) {
        seen = sent.all()
        await nextTurn()
      }
      return new Set(seen)
    },
    close: () => void db.close(),
  }
}

const lostInTheCut = async (file: string, acknowledged: ReadonlySet<number>, book: string): Promise<string[]> => {
  const db = new Database(file)
  const integrity = String(db.pragma('integrity_check', { simple: true }))
  const sent = new Set(db.prepare<[], number>("select id from messages where state = 'sent'").pluck().all())
  const claimed = db.prepare<[], number>('select count(*) from messages where attempts > 0').pluck().get() ?? 0
  db.close()
  const lost = [...acknowledged].filter((id) => !sent.has(id))
  const left = new Set((await requestsIn(book)).map(({ key }) => key)).size
  return [
    ...(integrity === 'ok' ? [] : [`integrity_check after the cut: ${integrity}`]),
    ...(lost.length === 0
      ? []
      : [`${lost.length} of ${acknowledged.size} rows that were seen as sent are not any more`]),
    ...(left <= claimed ? [] : [`${left} messages had left, and only ${claimed} are claimed`]),
  ]
}

// ---------------------------------------------------------------- the controls

/** Environment under which the program syncs as SQLite would unasked, behind its back. */
export const carelessSync = (): Record<string, string> => ({
  NODE_OPTIONS: `--require="${fileURLToPath(new URL('careless-sync.cjs', import.meta.url))}"`,
})

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** A writer that says each commit when it is done, and loses its power at its n-th write: how many it said, and how many are lost. */
export const cutWriter = async (
  synchronous: 'full' | 'normal',
  atWrite: number,
): Promise<{ readonly acknowledged: number; readonly lost: number }> => {
  const folder = temporaryFolder()
  const [file, trace] = [join(folder, 'control.db'), join(folder, 'trace')]
  const made = new Database(file)
  made.exec('pragma journal_mode = wal; create table commits (n integer primary key)')
  made.close()
  const program = `
    import Database from 'better-sqlite3'
    import { writeSync } from 'node:fs'
    const db = new Database(${JSON.stringify(file)})
    db.pragma('synchronous = ${synchronous}')
    const insert = db.prepare('insert into commits values (?)')
    for (let n = 1; ; n += 1) {
      insert.run(n)
      writeSync(1, n + '\\n')
    }`
  const inject = `pwrite64:signal=SIGKILL:when=${atWrite}`
  const env = { HOME: folder }
  const { output } = await straced(['--input-type=module', '--eval', program], { cwd: ROOT, env, inject, trace })
  cutPower(file, readFiles(file), trace)
  const db = new Database(file)
  const left = new Set(db.prepare<[], number>('select n from commits').pluck().all())
  db.close()
  const said = output.split('\n').filter((line) => /^\d+$/.test(line))
  return { acknowledged: said.length, lost: said.filter((n) => !left.has(Number(n))).length }
}
