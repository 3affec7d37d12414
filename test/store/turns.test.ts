// A large piece of work in turns: as many rows as fit into the time, a pause for the others, and a log that stays short.
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import type { Clock } from '../../src/clock.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import { openTurns } from '../../src/store/sqlite/turns.ts'
import { temporaryConnection } from '../support/database.ts'

/** A connection whose time passes by hand, and what it slept. */
const openHand = async () => {
  let time = 0
  const slept: number[] = []
  const clock: Clock = {
    now: () => time,
    monotonic: () => time,
    sinceBoot: () => time,
    random: () => 0,
    sleep: async (ms) => void slept.push(ms),
  }
  const connection = await temporaryConnection(clock)
  const pass = (ms: number): void => {
    time += ms
  }
  return { connection: { ...connection, clock }, slept, pass }
}

test.each([
  [0.1, 450, 200],
  [0.01, 4_500, 2_000],
  [0.001, 5_000, 5_000], // no more, however fast
  [1, 100, 100], // no fewer, however slow
])(
  'a row of %d ms: after a few turns %d rows each, and %d while somebody else writes',
  async (perRow, alone, beside) => {
    const { connection, pass } = await openHand()
    const other = new Database(connection.db.name)
    onTestFinished(() => void other.close())
    const turns = openTurns(connection)
    const takeTen = async (meanwhile: () => void): Promise<number> => {
      for (let i = 0; i < 10; i += 1) {
        meanwhile()
        await turns.take(() => pass(Math.round(turns.rows() * perRow)))
      }
      return turns.rows()
    }
    const near = (rows: number, wanted: number): void => {
      expect(rows).toBeGreaterThanOrEqual(wanted * 0.9)
      expect(rows).toBeLessThanOrEqual(wanted * 1.1)
    }
    near(await takeTen(() => undefined), alone)
    near(await takeTen(() => other.exec("insert into districts (name) values ('x')")), beside)
    near(await takeTen(() => undefined), alone)
  },
)

test('a turn that took long is followed by a longer pause and by fewer rows; the time of waiting for the lock does not count', async () => {
  const { connection, slept, pass } = await openHand()
  const turns = openTurns(connection)
  await turns.take(() => pass(200))
  expect(slept).toEqual([20])
  expect(turns.rows()).toBe(100)

  const other = new Database(connection.db.name)
  onTestFinished(() => void other.close())
  other.exec('begin immediate')
  const waiting: Connection = {
    ...connection,
    write: async (body) => {
      pass(5_000)
      other.exec('rollback')
      return connection.write(body)
    },
  }
  const patient = openTurns(waiting)
  await patient.take(() => pass(20))
  expect(patient.rows()).toBe(1_000)
})

test('what a turn throws is thrown, nothing of it is written, and the connection copies its log by itself again', async () => {
  const { connection } = await openHand()
  const usual = connection.db.pragma('wal_autocheckpoint', { simple: true })
  const failing = openTurns(connection).take(() => {
    connection.db.exec("insert into districts (name) values ('gone')")
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(connection.db.prepare('select count(*) from districts').pluck().get()).toBe(0)
  expect(connection.db.pragma('wal_autocheckpoint', { simple: true })).toBe(usual)
})

test('beside somebody who writes in every pause the log stays short', async () => {
  const { connection } = await openHand()
  const { db } = connection
  const other = new Database(db.name)
  onTestFinished(() => void other.close())
  other.exec('create table elsewhere (n integer)')
  const write = other.prepare('insert into elsewhere values (1)')
  const clock: Clock = { ...connection.clock, sleep: async () => void write.run() }
  const turns = openTurns({ ...connection, clock })
  const insert = db.prepare(`insert into districts (name) select hex(randomblob(1000)) from json_each(?)`)
  const thousand = JSON.stringify(Array(1_000).fill(0))
  const pages: number[] = []
  for (let i = 0; i < 40; i += 1) {
    await turns.take(() => insert.run(thousand)) // 500 pages
    pages.push((db.pragma('wal_checkpoint(noop)') as { log: number }[])[0]?.log ?? 0)
  }
  expect(Math.max(...pages)).toBeLessThan(4_000) // where other connections would begin to copy
  expect(pages.filter((count, i) => count < (pages[i - 1] ?? 0)).length).toBeGreaterThan(3) // it was begun anew
})
