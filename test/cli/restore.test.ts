// notify backup, restore and reconcile: what they ask, say and answer; what is refused.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { systemWitness } from '../../src/worker-identity.ts'
import { openSafe, type Safe } from '../support/safe.ts'

/** Backed up at eleven in Moscow, as "backup.db": what was due at ten has half been sent. */
const backedUp = async (): Promise<Safe & { readonly backup: string }> => {
  const safe = await openSafe()
  safe.insert({
    name: 'spring',
    messages: [
      { zone: 'Europe/Moscow', state: 'sent', count: 5 },
      { zone: 'Europe/Moscow', state: 'sending', count: 2 },
      { zone: 'Europe/Moscow', state: 'scheduled', count: 3 },
      { zone: 'America/New_York', state: 'scheduled', count: 4 }, // at 14:00Z
    ],
  })
  const { code, out } = await safe.run('backup', 'backup.db')
  expect({ code, out }).toEqual({
    code: 0,
    out: 'Backed up into backup.db, and checked: 14 recipients, 1 mailing, 7 scheduled, 2 sending, 5 sent. Its manifest: backup.db.json\n',
  })
  safe.clock.advance(3_600_000)
  return { ...safe, backup: join(safe.folder, 'backup.db') }
}

const rows = (safe: Safe): unknown =>
  safe.sql((db) =>
    db.prepare('select state, reason, count(*) as count from messages group by 1, 2 order by 1, 2').all(),
  )

const IN_DOUBT = 'restored: it may have been sent after the backup of 2021-10-22T08:00:00Z'

test('a restored database is held, and what was due since the backup is in doubt', async () => {
  const safe = await backedUp()
  safe.sql((db) => db.exec("update messages set state = 'sent', due_at = null")) // the day went on
  const { code, out, err } = await safe.run('restore', 'backup.db', '--yes')
  const kept = join(safe.folder, 'notify.db.replaced-20211022T0900Z')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toBe(`Restored ${safe.file} from the backup of 2021-10-22 11:00 Europe/Moscow. Everything is held.
The file that was there is kept as ${kept}
5 messages may have been sent since then: notify reconcile shows them.
Taken over from it: 0 unsubscribed, 0 blocked, 0 removed since then.
Mailings scheduled since then, and recipients who came since then, are not in it: import the list again before you release.
`)
  expect(rows(safe)).toEqual([
    { state: 'scheduled', reason: null, count: 4 },
    { state: 'sent', reason: null, count: 5 },
    { state: 'unknown', reason: IN_DOUBT, count: 5 },
  ])
  const db = new Database(kept, { readonly: true })
  expect(db.prepare("select count(*) from messages where state = 'sent'").pluck().get()).toBe(14)
  db.close()
  expect(readdirSync(safe.folder).filter((name) => name.includes('restoring'))).toEqual([])
  expect(await safe.run('run-due')).toEqual({
    code: 6,
    out: '',
    err: `notify: everything is held: restored from the backup of 2021-10-22T08:00:00Z
Decide what is in doubt: notify reconcile. Then let everything go: notify release.
`,
  })
})

test('who unsubscribed, was blocked or removed since the backup is so afterwards too', async () => {
  const safe = await backedUp()
  const first = safe.sql((db) => {
    db.exec(`update recipients set unsubscribed_by_admin = 1 where id = 1;
      insert into recipients (phone, unsubscribed, created_at, updated_at) values ('+79160008888', 1, 1, 1);
      insert into blocked (address, at, who) values ('+79160009999', 1, 'olga');
      insert into removed_addresses values ('what is left of an address', 1)`)
    return db.prepare<[], string>('select phone from recipients where id = 1').pluck().get()
  })
  const { code, out } = await safe.run('restore', 'backup.db', '--yes', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ carried: { unsubscribed: 2, blocked: 1, removed: 1 } })
  const refused = safe.sql((db) =>
    db.prepare('select phone from recipients where unsubscribed or unsubscribed_by_admin order by 1').pluck().all(),
  )
  expect(refused).toEqual(expect.arrayContaining([first, '+79160008888']))
  const lists = 'select address from blocked union all select hash from removed_addresses'
  expect(safe.sql((db) => db.prepare(lists).pluck().all())).toEqual(['+79160009999', 'what is left of an address'])
})

test('where the file that was there cannot be read, that is said', async () => {
  const safe = await backedUp()
  writeFileSync(safe.file, 'no database any more')
  const { code, out } = await safe.run('restore', 'backup.db', '--yes')
  expect(code).toBe(0)
  expect(out).toContain('It cannot be read, so nobody who unsubscribed or was blocked since then is known.')
  expect(out).toContain('and who unsubscribed since then, are not in it')
})

test('by a clock before the backup nothing is restored: what was due since would not be in doubt', async () => {
  const safe = await backedUp()
  safe.clock.set('1970-01-01T00:01:00Z')
  expect(await safe.run('restore', 'backup.db', '--yes')).toMatchObject({
    code: 6,
    err: expect.stringContaining('shows 1970-01-01T00:01:00Z, but something was written at 2021-10-22T08:00:00Z'),
  })
  expect(readdirSync(safe.folder).filter((name) => name.includes('restoring'))).toEqual([])
})

test('nothing is released before the doubts are decided; repeated, they are due again with their doubt', async () => {
  const safe = await backedUp()
  await safe.run('restore', 'backup.db', '--yes')
  expect(await safe.run('release')).toEqual({
    code: 6,
    out: '',
    err: `notify: this database was restored from the backup of 2021-10-22T08:00:00Z: 5 messages may have been sent since
Decide about them first: notify reconcile.
`,
  })
  expect(
    (await safe.run('reconcile')).out,
  ).toBe(`5 messages may have been sent since the backup of 2021-10-22 11:00 Europe/Moscow.

#  MAILING  STATE   Europe/Moscow  IN DOUBT  GATEWAY
1  spring   active  22 Oct 10:00          5  sms
`)
  expect(await safe.run('reconcile', '--repeat')).toMatchObject({ code: 2, err: expect.stringContaining('say --yes') })
  const no = await safe.type('n\n', 'reconcile', '--repeat')
  expect(no).toMatchObject({ code: 8, err: expect.stringContaining('5 messages will be sent once more') })
  expect((await safe.type('y\n', 'reconcile', 'spring', '--repeat', '--reason', 'they are safe')).out).toBe(
    '5 messages will be sent once more. Nothing is in doubt any more; everything is held until notify release.\n',
  )
  const now = safe.clock.now()
  const backup = Date.parse('2021-10-22T08:00:00Z')
  const due = safe.sql((db) =>
    db.prepare('select distinct state, due_at, settled_at, doubt_since from messages where reason is not null').all(),
  )
  expect(due).toEqual([{ state: 'scheduled', due_at: now, settled_at: null, doubt_since: backup }])
  expect((await safe.run('reconcile')).out).toBe('Nothing is in doubt.\n')
  expect(await safe.run('release')).toMatchObject({ code: 0, out: expect.stringContaining('Released everything: 9') })
  const acts = safe.sql((db) => db.prepare('select who, what, mailing_id as mailing, why from audit').all())
  expect(acts).toEqual([
    {
      who: 'olga',
      what: 'restored from the backup of 2021-10-22T08:00:00Z',
      mailing: null,
      why: `from ${safe.backup}`,
    },
    { who: 'olga', what: 'messages in doubt repeated', mailing: 1, why: 'they are safe' },
    { who: 'olga', what: 'everything released', mailing: null, why: null },
  ])
})

test('left, they stay unknown; one mailing is decided without the other; a cancelled one is never repeated', async () => {
  const safe = await openSafe()
  const due = [{ zone: 'Europe/Moscow', state: 'scheduled', count: 2 }] as const
  const inHand = [{ zone: 'Europe/Moscow', state: 'sending', count: 1 }] as const
  for (const name of ['spring', 'autumn']) safe.insert({ name, messages: due })
  safe.insert({ name: 'wrong', state: 'cancelled', messages: inHand })
  await safe.run('backup', 'backup.db')
  await safe.run('restore', 'backup.db', '--yes')
  const list = JSON.parse((await safe.run('reconcile', '--json')).out)
  expect(list).toMatchObject({ restoredTo: '2021-10-22T08:00:00Z', inDoubt: 5, repeated: 0, left: 0 })
  expect(list.mailings[0]).toEqual({
    id: '1',
    name: 'spring',
    state: 'active',
    gateway: 'sms',
    inDoubt: 2,
    firstSendAt: '2021-10-22T07:00:00Z',
    lastSendAt: '2021-10-22T07:00:00Z',
  })
  expect((await safe.run('reconcile', 'spring', '--leave', '--yes')).out).toBe(
    '2 messages stay unknown. 3 messages of other mailings are in doubt still.\n',
  )
  expect(await safe.run('release')).toMatchObject({ code: 6 })
  const rest = JSON.parse((await safe.run('reconcile', '--repeat', '--yes', '--json')).out)
  expect(rest).toEqual({ restoredTo: null, inDoubt: 0, repeated: 2, left: 1, mailings: [] })
  const states = safe.sql((db) => db.prepare('select mailing_id, state from messages group by 1, 2').raw().all())
  expect(states).toEqual([
    [1, 'unknown'],
    [2, 'scheduled'],
    [3, 'unknown'],
  ])
  expect(await safe.run('release')).toMatchObject({ code: 0 })
  expect(await safe.run('reconcile', '--repeat', '--yes')).toMatchObject({ code: 0, out: 'Nothing is in doubt.\n' })
  expect(await safe.run('reconcile', '--repeat', '--leave')).toMatchObject({ code: 2 })
  expect(await safe.run('reconcile', 'sprung')).toMatchObject({ code: 5, err: expect.stringContaining('"spring"') })
})

test('what was there is kept each time, however often one restores', async () => {
  const safe = await backedUp()
  for (let times = 0; times < 3; times += 1) await safe.run('restore', 'backup.db', '--yes')
  expect(readdirSync(safe.folder).filter((name) => name.includes('replaced'))).toEqual([
    'notify.db.replaced-20211022T0900Z',
    'notify.db.replaced-20211022T0900Z-2',
    'notify.db.replaced-20211022T0900Z-3',
  ])
})

test('with nothing in doubt, release is enough', async () => {
  const safe = await openSafe()
  await safe.run('backup', 'backup.db')
  expect((await safe.run('restore', 'backup.db', '--yes')).out).toContain('nothing is in doubt')
  expect((await safe.run('release')).code).toBe(0)
  expect(await safe.run('run-due')).toEqual({ code: 0, out: '', err: '' })
})

test('a question, and the harmless answer', async () => {
  const safe = await backedUp()
  const before = readFileSync(safe.file)
  expect(await safe.run('restore', 'backup.db')).toMatchObject({ code: 2, err: expect.stringContaining('say --yes') })
  const no = await safe.type('\n', 'restore', 'backup.db')
  expect(no.code).toBe(8)
  expect(no.err).toContain(`${safe.file} becomes what it was at 2021-10-22 11:00 Europe/Moscow`)
  expect(readFileSync(safe.file).equals(before)).toBe(true)
  expect(readdirSync(safe.folder).toSorted()).toEqual(
    ['backup.db', 'backup.db.json', 'notify.db', 'notify.db.lock', 'notify.toml'].toSorted(),
  )
  const yes = await safe.type('y\n', 'restore', 'backup.db')
  expect(yes).toMatchObject({ code: 0, err: expect.stringContaining('Next: notify reconcile') })
})

test('for programs', async () => {
  const safe = await backedUp()
  expect(JSON.parse((await safe.run('restore', 'backup.db', '--yes', '--json')).out)).toEqual({
    database: safe.file,
    backup: safe.backup,
    backupTime: '2021-10-22T08:00:00Z',
    kept: join(safe.folder, 'notify.db.replaced-20211022T0900Z'),
    inDoubt: 5,
    takenBack: [],
    carried: { unsubscribed: 0, blocked: 0, removed: 0 },
    held: true,
  })
  const manifest = JSON.parse((await safe.run('backup', 'next.db', '--json')).out)
  expect(manifest).toMatchObject({ file: join(safe.folder, 'next.db'), messages: { unknown: 5 } })
  expect(await safe.run('backup', 'next.db')).toMatchObject({ code: 8, err: expect.stringContaining('--force') })
})

test.each([
  ['the database is gone', (safe: Safe) => rmSync(safe.file)],
  ['the database is damaged', (safe: Safe) => writeFileSync(safe.file, 'no database at all '.repeat(1_000))],
  ['the database is empty', (safe: Safe) => writeFileSync(safe.file, '')],
])('%s: that is what a backup is for', async (_, spoil) => {
  const safe = await backedUp()
  spoil(safe)
  expect(await safe.run('restore', 'backup.db', '--yes')).toMatchObject({ code: 0, err: '' })
  expect((await safe.run('reconcile')).out).toContain('5 messages may have been sent')
})

const sql = (file: string, statement: string): void => {
  const db = new Database(file)
  db.pragma('journal_mode = delete')
  db.exec(statement)
  db.close()
  rmSync(`${file}.json`)
}

const spoilMiddle = (file: string): void => {
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0xaa, 8192, 16_384))
  rmSync(`${file}.json`)
}

test.each([
  ['a byte more', (file: string) => writeFileSync(file, '!', { flag: 'a' }), 4, 'its SHA-256 differs'],
  ['damaged, without a manifest', spoilMiddle, 4, 'it is damaged'],
  ['a manifest of another kind', (file: string) => writeFileSync(`${file}.json`, '[]'), 4, 'cannot be read'],
  ['another program’s', (file: string) => sql(file, 'pragma application_id = 7'), 4, 'it is no database of notify'],
  ['a newer notify’s', (file: string) => sql(file, 'pragma user_version = 99'), 4, 'a newer notify (schema 99'],
  ['in use', (file: string) => writeFileSync(`${file}-wal`, ''), 4, 'backup.db-wal is beside it'],
  ['absent', (file: string) => rmSync(file), 2, 'there is no file'],
])('a backup that is %s: refused, and nothing is changed', async (_, spoil, code, says) => {
  const safe = await backedUp()
  spoil(safe.backup)
  const before = readFileSync(safe.file)
  expect(await safe.run('restore', 'backup.db', '--yes')).toMatchObject({ code, err: expect.stringContaining(says) })
  expect(readFileSync(safe.file).equals(before)).toBe(true)
  expect(readdirSync(safe.folder).filter((name) => /restoring|replaced/.test(name))).toEqual([])
})

test('without a manifest the backup is as old as the last thing that it knows of', async () => {
  const safe = await backedUp()
  rmSync(`${safe.backup}.json`)
  const { backupTime } = JSON.parse((await safe.run('restore', 'backup.db', '--yes', '--json')).out)
  expect(backupTime).toBe('2021-10-22T08:00:00Z') // when the file was made: nothing in it is younger
})

test.each(['-wal', '-shm'])('a %s beside the database: refused, it would be read into the backup', async (suffix) => {
  const safe = await backedUp()
  rmSync(safe.file)
  writeFileSync(`${safe.file}${suffix}`, 'of another time')
  const refused = await safe.run('restore', 'backup.db', '--yes')
  expect(refused).toMatchObject({ code: 6, err: expect.stringContaining(`notify.db${suffix} is beside it`) })
  expect(existsSync(safe.file)).toBe(false)
  expect(readFileSync(`${safe.file}${suffix}`, 'utf8')).toBe('of another time')
})

test('open in another process, or known to be worked on: refused', async () => {
  const safe = await backedUp()
  const store = await safe.open()
  expect(await safe.run('restore', 'backup.db', '--yes')).toMatchObject({
    code: 6,
    err: expect.stringContaining('in use'),
  })
  await store.addWorker(systemWitness().self('daemon'), { at: safe.clock.now(), mono: 0 })
  await store.close()
  const { code, err } = await safe.run('restore', 'backup.db', '--yes')
  expect({ code, err }).toEqual({
    code: 6,
    err: `notify: ${safe.file} is in use: process ${process.pid} (daemon) works on it\nStop the daemon and cron, then restore again.\n`,
  })
})

test('a mailing that was being scheduled when the backup was made is taken back', async () => {
  const safe = await openSafe()
  safe.insert({ name: 'half', state: 'planning', messages: [{ zone: 'Europe/Moscow', state: 'scheduled', count: 3 }] })
  await safe.run('backup', 'backup.db')
  expect((await safe.run('restore', 'backup.db', '--yes')).out).toContain('Mailing "half" was being scheduled then')
  expect(rows(safe)).toEqual([])
})

test('restored once more before anything was decided, everything is in doubt still', async () => {
  const safe = await backedUp()
  await safe.run('restore', 'backup.db', '--yes')
  safe.clock.advance(60_000)
  await safe.run('backup', 'second.db')
  await safe.run('restore', 'second.db', '--yes')
  expect(JSON.parse((await safe.run('reconcile', '--json')).out)).toMatchObject({ inDoubt: 5 })
})

test('a backup from before a migration is migrated on its way', async () => {
  const safe = await openSafe()
  const old = join(safe.folder, 'old.db')
  const db = new Database(old)
  for (const statement of readFileSync('db/sqlite/migrations/0000_first.sql', 'utf8').split(
    '--> statement-breakpoint',
  )) {
    db.exec(statement)
  }
  const { hash, when } = firstMigration()
  db.exec('create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)')
  db.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run(hash, when)
  db.prepare('insert into installation (id, created_at) values (?, ?)').run('old-installation', 1)
  db.pragma('application_id = 0x6e6f7469')
  db.pragma('user_version = 1')
  db.close()
  expect(await safe.run('restore', 'old.db', '--yes')).toMatchObject({ code: 0, err: '' })
  expect((await safe.open()).installationId).toBe('old-installation')
})

const firstMigration = (): { hash: string; when: number } => {
  const journal = JSON.parse(readFileSync('db/sqlite/migrations/meta/_journal.json', 'utf8'))
  return { hash: 'not looked at', when: journal.entries[0].when }
}
