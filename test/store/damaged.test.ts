// A database that cannot be trusted: nothing is written to it, it is named, and no new one is made in its place.
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/open.ts'
import { temporaryFolder } from '../support/database.ts'
import { insertMailing } from '../support/rows.ts'
import { openSafe } from '../support/safe.ts'

const made = async (): Promise<string> => {
  const file = join(temporaryFolder(), 'notify.db')
  await (await openStore(file, systemClock)).close()
  const db = new Database(file)
  const messages = [{ zone: 'Europe/Moscow', state: 'scheduled', count: 2_000 }] as const
  insertMailing({ db, clock: systemClock, write: async (body) => body() }, { name: 'spring', messages })
  db.close()
  return file
}

const overwrite = (file: string, at: number, bytes: Buffer): void => {
  const handle = openSync(file, 'r+')
  writeSync(handle, bytes, 0, bytes.length, at)
  closeSync(handle)
}

const sql = (file: string, statement: string): void => {
  const db = new Database(file)
  db.exec(statement)
  db.close()
}

test.each([
  [
    'the first bytes',
    (file: string) => overwrite(file, 0, Buffer.alloc(16, 7)),
    'failed',
    'is damaged: file is not a database',
  ],
  ['the size of a page', (file: string) => overwrite(file, 16, Buffer.of(1, 1)), 'failed', 'is damaged'],
  ['cut short', (file: string) => truncateSync(file, 20_000), 'failed', 'is damaged: database disk image is malformed'],
  ['emptied', (file: string) => truncateSync(file, 0), 'failed', 'is empty: 0 bytes'],
  ['without its identity', (file: string) => sql(file, 'delete from installation'), 'failed', 'is damaged'],
  ['of another program', (file: string) => sql(file, 'pragma application_id = 7'), 'config', 'of another program'],
  ['of a newer notify', (file: string) => sql(file, 'pragma user_version = 99'), 'config', 'written by a newer notify'],
])('%s: refused, named, and left byte for byte as it is', async (_, spoil, exit, says) => {
  const file = await made()
  spoil(file)
  const before = readFileSync(file)
  await expect(openStore(file, systemClock)).rejects.toMatchObject({
    exit,
    message: expect.stringMatching(new RegExp(`${file}.*${says}`)),
    hint: expect.stringMatching(exit === 'failed' ? /notify restore FILE/ : /newer notify|Name another/),
  })
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('gone, but its -wal is there: what it holds is not emptied by a new database', async () => {
  const file = await made()
  writeFileSync(`${file}-wal`, 'the only copy of the last commits')
  rmSync(file)
  await expect(openStore(file, systemClock)).rejects.toMatchObject({
    exit: 'failed',
    message: `the database ${file} is gone, but notify.db-wal, which belongs to it, is there`,
    hint: expect.stringContaining('notify restore FILE'),
  })
  expect(existsSync(file)).toBe(false)
  expect(readFileSync(`${file}-wal`, 'utf8')).toBe('the only copy of the last commits')
})

test('where there is none it is made, whole, and nothing else is left there', async () => {
  const folder = temporaryFolder()
  await (await openStore(join(folder, 'notify.db'), systemClock)).close()
  expect(readdirSync(folder).toSorted()).toEqual(['notify.db', 'notify.db.lock'])
})

test('pages overwritten in the middle: whoever meets them says which file it is, and what to do', async () => {
  const safe = await openSafe()
  safe.insert({ name: 'spring', messages: [{ zone: 'Europe/Moscow', state: 'scheduled', count: 2_000 }] })
  const root = safe.sql((db) =>
    Number(db.prepare("select rootpage from sqlite_master where name = 'messages'").pluck().get()),
  )
  overwrite(safe.file, (root - 1) * 4096, Buffer.alloc(4096, 0xaa))
  const { code, err } = await safe.run('stats', 'spring')
  expect(code).toBe(1)
  expect(err).toBe(
    `notify: the database ${safe.file} is damaged: database disk image is malformed
Put a backup in its place: notify restore FILE. The damaged file is kept.
`,
  )
})
