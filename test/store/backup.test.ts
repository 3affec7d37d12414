// The backup: a past of the database, whole, whatever others write meanwhile.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { handClock } from '../support/clock.ts'
import { temporaryFolder } from '../support/database.ts'
import { insertMailing } from '../support/rows.ts'

const NOW = Date.parse('2021-10-22T07:00:00Z')

interface Desk {
  readonly folder: string
  readonly file: string
  readonly store: Store
  /** A connection of somebody else's. */
  readonly other: Database.Database
}

const openDesk = async (messages = 100): Promise<Desk> => {
  const folder = temporaryFolder()
  const file = join(folder, 'notify.db')
  const store = await openStore(file, handClock('2021-10-22T07:00:00Z'))
  const other = new Database(file, { timeout: 5_000 })
  onTestFinished(async () => {
    other.close()
    await store.close()
  })
  insertMailing(
    { db: other, clock: systemClock, write: async (body) => body() },
    {
      name: 'spring',
      messages: [
        { zone: 'Europe/Moscow', state: 'scheduled', count: messages },
        { zone: 'Europe/Moscow', state: 'sent', count: 7 },
      ],
    },
  )
  return { folder, file, store, other }
}

const plainly = { now: NOW, mayReplace: false, stop: new AbortController().signal, onProgress: () => undefined }

const namesIn = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('copy'))

test('a whole database under its name, with a manifest that tells what is in it, for their owner alone', async () => {
  const { folder, store } = await openDesk()
  const copy = join(folder, 'copy.db')
  const manifest = await store.backUp(copy, plainly)
  expect(manifest).toEqual({
    time: '2021-10-22T07:00:00Z',
    installation: store.installationId,
    schema: expect.any(Number),
    recipients: 107,
    mailings: 1,
    messages: expect.objectContaining({ scheduled: 100, sent: 7, unknown: 0 }),
    size: statSync(copy).size,
    sha256: createHash('sha256').update(readFileSync(copy)).digest('hex'),
  })
  expect(JSON.parse(readFileSync(`${copy}.json`, 'utf8'))).toEqual(manifest)
  expect([copy, `${copy}.json`].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600])
  const db = new Database(copy, { readonly: true })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('journal_mode', { simple: true })).toBe('delete') // one file, readable where nothing can be written
  db.close()
  expect(namesIn(folder)).toEqual(['copy.db', 'copy.db.json'])
})

test('what is committed while it is made waits for nobody and is not in it; what was committed before is', async () => {
  const { folder, store, other } = await openDesk(20_000)
  const settle = other.prepare("update messages set state = 'sent' where id = ?")
  let commits = 0
  const meanwhile = (): void => {
    commits += settle.run(commits + 1).changes // one autocommit in each pause of the copy
  }
  const { messages } = await store.backUp(join(folder, 'copy.db'), { ...plainly, onProgress: meanwhile })
  expect(commits).toBeGreaterThan(2)
  expect(messages).toMatchObject({ scheduled: 20_000, sent: 7 })
  expect((await store.backUp(join(folder, 'copy2.db'), plainly)).messages).toMatchObject({ sent: 7 + commits })
})

test('one that is there stays, unless it may be replaced', async () => {
  const { folder, store, other } = await openDesk()
  const copy = join(folder, 'copy.db')
  await store.backUp(copy, plainly)
  const before = readFileSync(copy)
  other.exec("update messages set state = 'sent'")
  await expect(store.backUp(copy, plainly)).rejects.toMatchObject({ exit: 'no', hint: 'Say --force to replace it.' })
  expect(readFileSync(copy).equals(before)).toBe(true)
  const { sha256 } = await store.backUp(copy, { ...plainly, mayReplace: true })
  expect(createHash('sha256').update(readFileSync(copy)).digest('hex')).toBe(sha256)
  expect(JSON.parse(readFileSync(`${copy}.json`, 'utf8')).sha256).toBe(sha256)
})

test.each([
  ['the database itself', 'notify.db'],
  ['its -wal', 'notify.db-wal'],
  ['a link to it', 'link.db'],
  ['the same by another way', 'sub/../notify.db'],
])('%s is never overwritten, not even by force', async (_, name) => {
  const { folder, file, store } = await openDesk()
  symlinkSync(file, join(folder, 'link.db'))
  mkdirSync(join(folder, 'sub'))
  await expect(store.backUp(`${folder}/${name}`, { ...plainly, mayReplace: true })).rejects.toMatchObject({
    exit: 'usage',
    message: expect.stringContaining('is the database itself'),
  })
  expect(await store.countRecipients()).toBe(107)
})

test.each([
  ['in a folder that is not there', 'nowhere/copy.db', 'is not there'],
  ['where a folder is', 'copies', 'is a directory'],
])('%s: refused', async (_, name, says) => {
  const { folder, store } = await openDesk()
  mkdirSync(join(folder, 'copies'))
  const made = store.backUp(join(folder, name), { ...plainly, mayReplace: true })
  await expect(made).rejects.toMatchObject({ exit: 'usage', message: expect.stringContaining(says) })
})

test('stopped in the middle, it leaves nothing, and the backup before it as it was', async () => {
  const { folder, store } = await openDesk(20_000)
  const copy = join(folder, 'copy.db')
  await store.backUp(copy, plainly)
  const before = readFileSync(copy)
  const stop = new AbortController()
  const stopped = store.backUp(copy, {
    ...plainly,
    mayReplace: true,
    stop: stop.signal,
    onProgress: () => stop.abort(),
  })
  await expect(stopped).rejects.toMatchObject({ exit: 'interrupted' })
  expect(readFileSync(copy).equals(before)).toBe(true)
  expect(namesIn(folder)).toEqual(['copy.db', 'copy.db.json'])
})

test('a damaged database gives no backup, and is named', async () => {
  const { folder, file, store, other } = await openDesk(20_000)
  other.pragma('wal_checkpoint(truncate)')
  const root = Number(other.prepare("select rootpage from sqlite_master where name = 'messages_once'").pluck().get())
  other.close()
  await store.close()
  const bytes = readFileSync(file)
  bytes.fill(0xaa, (root - 1) * 4096, root * 4096)
  writeFileSync(file, bytes)
  const again = await openStore(file, handClock('2021-10-22T07:00:00Z'))
  onTestFinished(() => again.close())
  const copy = join(folder, 'copy.db')
  await expect(again.backUp(copy, plainly)).rejects.toMatchObject({
    exit: 'failed',
    message: expect.stringContaining(`${file} is damaged`),
    hint: expect.stringContaining('notify restore'),
  })
  expect(existsSync(copy)).toBe(false)
  expect(namesIn(folder)).toEqual([])
})

/** Whether another process may write now. */
const letsOthersWrite = (file: string): boolean => {
  const attempt = `
    const db = new (require('better-sqlite3'))(${JSON.stringify(file)}, { timeout: 0 })
    try { db.exec('begin immediate'); console.log('yes') } catch (error) { console.log(error.code) }`
  const { stdout } = spawnSync(process.execPath, ['-e', attempt], { cwd: import.meta.dirname, encoding: 'utf8' })
  return stdout.trim() === 'yes'
}

test('a backup made by a process that is writing keeps its locks; reading the file in any other way drops them', async () => {
  const { folder, file, store, other } = await openDesk()
  other.exec('begin immediate')
  expect(letsOthersWrite(file)).toBe(false)
  await store.backUp(join(folder, 'copy.db'), plainly)
  expect(letsOthersWrite(file)).toBe(false)
  readFileSync(`${file}-shm`) // what a copy of the files would do: two writers at once, and a commit that is lost
  expect(letsOthersWrite(file)).toBe(true)
  other.exec('rollback')
})
