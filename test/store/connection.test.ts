// What a database is opened with, and what is refused.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/open.ts'
import { openConnection } from '../../src/store/sqlite/connection.ts'
import { temporaryFolder } from '../support/database.ts'

const made = async (): Promise<string> => {
  const file = join(temporaryFolder(), 'notify.db')
  await (await openStore(file, systemClock)).close()
  return file
}

test('an existing file is opened with synchronous = FULL, which SQLite forgets from process to process', async () => {
  const file = await made()
  const plain = new Database(file)
  expect(plain.pragma('synchronous', { simple: true })).toBe(1) // what a careless opening gets: a power cut loses commits
  plain.close()
  const { db } = openConnection(file, systemClock)
  onTestFinished(() => void db.close())
  const pragmas = ['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema', 'secure_delete'].map((name) =>
    db.pragma(name, { simple: true }),
  )
  expect(pragmas).toEqual(['wal', 2, 1, 0, 1])
})

test.each([
  ['a newer schema', (file: string) => change(file, 'pragma user_version = 99'), 'written by a newer notify'],
  ['another program’s database', (file: string) => change(file, 'pragma application_id = 7'), 'of another program'],
  ['no database at all', (file: string) => writeFileSync(file, 'phone;name\n'.repeat(100)), 'file is not a database'],
])('%s is refused and left as it is', async (_, spoil, says) => {
  const file = await made()
  spoil(file)
  await expect(openStore(file, systemClock)).rejects.toThrow(says)
})

const change = (file: string, sql: string): void => {
  const db = new Database(file)
  db.exec(sql)
  db.close()
}

test('a place where SQLite cannot keep what it was told is refused, with what it says', () => {
  // in memory there is no log to write ahead, as on some disks of other machines
  expect(() => openConnection(':memory:', systemClock)).toThrow(
    ':memory: cannot be kept safe where it is: SQLite answers journal_mode = memory, not wal',
  )
})
