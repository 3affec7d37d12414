// Writes that cannot be made at once: what waits, for how long, what does not, and who hears of it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { APPLICATION_ID, openConnection, type PatientConnection, whenFree } from '../../src/store/sqlite/connection.ts'
import { type HandClock, handClock } from '../support/clock.ts'
import { temporaryFolder } from '../support/database.ts'

interface Bench {
  readonly file: string
  readonly clock: HandClock
  readonly connection: PatientConnection
  readonly heard: { seconds: number; pid: number | null }[]
  /** Another connection. */
  readonly other: Database.Database
  insert(text: string): Promise<unknown>
  texts(): unknown[]
}

const bench = (): Bench => {
  const file = join(temporaryFolder(), 'notify.db')
  const clock = handClock('2021-10-22T07:00:00Z')
  const heard: Bench['heard'] = []
  const connection = openConnection(file, clock, (lock) => void heard.push(lock))
  connection.db.exec('create table notes (text text)')
  const other = new Database(file, { timeout: 0 })
  onTestFinished(() => {
    other.close()
    connection.db.close()
  })
  return {
    file,
    clock,
    connection,
    heard,
    other,
    insert: (text) => connection.write(() => connection.db.prepare('insert into notes values (?)').run(text)),
    texts: () => connection.db.prepare('select text from notes order by rowid').pluck().all(),
  }
}

/** Time passes in steps of a second, and who waits gets its turn in each. */
const pass = async (clock: HandClock, seconds: number): Promise<void> => {
  for (let step = 0; step < seconds; step += 1) {
    clock.advance(1_000)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test('locked: writes wait in their order, and are made when it is free', async () => {
  const { other, insert, texts, clock } = bench()
  other.exec('begin immediate')
  const writes = ['first', 'second', 'third'].map(insert)
  await pass(clock, 5)
  other.exec('commit')
  await pass(clock, 1)
  await Promise.all(writes)
  await insert('fourth')
  expect(texts()).toEqual(['first', 'second', 'third', 'fourth'])
})

test('locked: somebody hears of it after 10 s and every minute, with the process that has it; the event loop goes on', async () => {
  const { other, insert, clock, heard, connection } = bench()
  connection.setPatience({ lockedMs: Number.POSITIVE_INFINITY, fullMs: 0 })
  expect(connection.writableSince()).toBe(0)
  other.exec('begin immediate')
  const writes = Promise.all([insert('waits'), insert('too')])
  await pass(clock, 9)
  expect(heard).toEqual([])
  await pass(clock, 2)
  expect(heard).toEqual([{ seconds: 10, pid: process.pid }])
  await pass(clock, 121)
  expect(heard.map(({ seconds }) => seconds)).toEqual([10, 70, 130])
  expect(connection.writableSince()).toBe(clock.monotonic()) // nobody could say that he lives until now
  other.exec('commit')
  await pass(clock, 1)
  await writes
  expect(clock.monotonic() - connection.writableSince()).toBeLessThan(1_000)
})

test('locked for a minute: the command ends with 75, and names the process that has it and its command', async () => {
  const { file, insert, clock } = bench()
  const holder = spawn(process.execPath, ['-e', HOLDER, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  const write = insert('waits').catch((error: unknown) => error)
  await pass(clock, 61)
  expect(await write).toMatchObject({
    exit: 'busy',
    message: expect.stringMatching(
      new RegExp(`^the database ${file} has been locked for 60 s by process ${holder.pid} \\(.*node -e `),
    ),
    hint: 'Wait until it is done, or end it, then run the command again.',
  })
})

const HOLDER = `const db = new (require('better-sqlite3'))(process.argv[1])
db.exec('begin immediate')
console.log('locked')
setInterval(() => undefined, 1000)`

test('who is told to wait no longer ends at once, also what waits already', async () => {
  const { other, insert, clock, connection, texts } = bench()
  connection.setPatience({ lockedMs: Number.POSITIVE_INFINITY, fullMs: Number.POSITIVE_INFINITY })
  other.exec('begin immediate')
  const writes = Promise.allSettled([insert('one'), insert('two')])
  await pass(clock, 120)
  connection.setPatience({ lockedMs: 0, fullMs: 0 })
  await pass(clock, 1)
  expect((await writes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  other.exec('commit')
  await insert('three')
  expect(texts()).toEqual(['three'])
})

test('a short lock long after the last one is a wait of its own', async () => {
  const { other, insert, clock } = bench()
  other.exec('begin immediate')
  const lost = insert('lost').catch(() => 'given up')
  await pass(clock, 61)
  expect(await lost).toBe('given up')
  clock.advance(300_000)
  const waits = insert('waits')
  await pass(clock, 1)
  other.exec('commit')
  await pass(clock, 1)
  await waits
})

test('a full disk: a command ends at once; who sends waits, and goes on when there is room', async () => {
  const { insert, clock, connection, texts } = bench()
  const { db } = connection
  const big = 'x'.repeat(100_000)
  const pages = db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 1}`, { simple: true })
  expect(pages).toBeGreaterThan(1)
  await expect(insert(big)).rejects.toMatchObject({ code: 'SQLITE_FULL' })
  connection.setPatience({ lockedMs: 60_000, fullMs: 10_000 })
  const waits = insert(big)
  await pass(clock, 8)
  db.pragma('max_page_count = 1000000')
  await pass(clock, 1)
  await waits
  expect(texts()).toEqual([big])
  db.pragma('max_page_count = 1')
  const lost = insert(big).catch((error: unknown) => error)
  await pass(clock, 11)
  expect(await lost).toMatchObject({ code: 'SQLITE_FULL' })
})

test('a damaged file: nothing more is written by this process, not even what would work', async () => {
  const { file, insert, connection } = bench()
  for (let i = 0; i < 50; i += 1) await insert('x'.repeat(5_000))
  connection.db.exec('create table other (text text)')
  connection.db.pragma('wal_checkpoint(truncate)')
  const page = connection.db.prepare("select rootpage from sqlite_master where name = 'notes'").pluck().get()
  connection.db.pragma('cache_size = 0')
  spoilPage(file, Number(page))
  await expect(insert('x')).rejects.toMatchObject({ code: expect.stringMatching(/^SQLITE_CORRUPT/) })
  const harmless = () => connection.write(() => connection.db.prepare("insert into other values ('y')").run())
  await expect(harmless()).rejects.toMatchObject({ code: expect.stringMatching(/^SQLITE_CORRUPT/) })
  expect(connection.db.prepare('select count(*) from other').pluck().get()).toBe(0)
})

const spoilPage = (file: string, page: number): void => {
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, (page - 1) * 4096)
  closeSync(handle)
}

test('an opening waits too, without stopping the event loop', async () => {
  const { file, connection, clock } = bench()
  connection.db.pragma(`application_id = ${APPLICATION_ID}`)
  connection.db.close()
  const alone = new Database(file)
  alone.pragma('locking_mode = exclusive')
  alone.exec("insert into notes values ('mine')")
  let longest = 0
  let last = performance.now()
  const opening = whenFree(file, clock, () => openConnection(file, clock))
  for (let i = 0; i < 50; i += 1) {
    await new Promise((resolve) => setImmediate(resolve))
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }
  expect(longest).toBeLessThan(300)
  alone.close()
  ;(await opening).db.close()
})
