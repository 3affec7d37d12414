// notify doctor: what it finds in a shop that is well and in one that is not; that it works where nothing else does.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { knownMigrations } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { systemWitness } from '../../src/worker-identity.ts'
import { fakeCli } from '../support/cli.ts'
import { type HandClock, handClock } from '../support/clock.ts'
import { temporaryFolder } from '../support/database.ts'
import { insertMailing } from '../support/rows.ts'

interface Found {
  readonly name: string
  readonly status: string
  readonly message: string
  readonly remedy: string | null
}

interface Shop {
  readonly folder: string
  readonly file: string
  readonly clock: HandClock
  readonly store: Store
  doctor(...args: readonly string[]): Promise<{ code: number; checks: readonly Found[]; status: string }>
  sql(body: (db: Database.Database) => void): void
}

const CONFIG = 'database = "notify.db"\nzone = "Europe/Moscow"\n'

const look = (folder: string, clock: HandClock) =>
  fakeCli({ store: {}, clock, cwd: folder, env: { LANG: 'C.UTF-8', XDG_DATA_HOME: join(folder, 'data') } })

const openShop = async (config = CONFIG): Promise<Shop> => {
  const folder = temporaryFolder()
  const file = join(folder, 'notify.db')
  writeFileSync(join(folder, 'notify.toml'), config)
  const clock = handClock('2021-10-22T05:00:00Z')
  const store = await openStore(file, clock)
  chmodSync(file, 0o600) // as the umask of the process has it
  onTestFinished(() => store.close())
  return {
    folder,
    file,
    clock,
    store,
    doctor: async (...args) => {
      const { code, out } = await look(folder, clock).run('doctor', '--json', ...args)
      return { code, ...JSON.parse(out) }
    },
    sql: (body) => {
      const db = new Database(file)
      body(db)
      db.close()
    },
  }
}

const named = (checks: readonly Found[], name: string): readonly (readonly [string, string])[] =>
  checks.filter((check) => check.name === name).map(({ status, message }) => [status, message] as const)

test('in a shop where all is well there is no error, and every line that is not well has its remedy', async () => {
  const { doctor, folder } = await openShop()
  const { code, checks, status } = await doctor()
  expect([code, status]).toEqual([0, 'warn'])
  expect(checks.filter((check) => check.status === 'error')).toEqual([])
  for (const { status: how, remedy } of checks) expect(remedy === null).toBe(how === 'ok')
  expect(named(checks, 'config')).toEqual([['ok', `${folder}/notify.toml is in order; the zone is Europe/Moscow`]])
  expect(named(checks, 'sending')).toEqual([['warn', 'nobody has sent anything yet']])
  for (const name of [
    'database',
    'lock',
    'log',
    'permissions',
    'hold',
    'clock',
    'in-hand',
    'districts',
    'gateway.outbox',
  ])
    expect(named(checks, name)[0]?.[0]).toBe('ok')
})

test('for people each line has a word and a mark, and the last one counts', async () => {
  const { folder, clock } = await openShop()
  const { out } = await look(folder, clock).run('doctor')
  expect(out).toMatch(/^✓ ok {5}database +\S+notify\.db: its pages are whole, schema \d+/m)
  expect(out).toMatch(/^! warn {3}sending .*\n +Do: Start notify daemon/m)
  expect(out).toMatch(/\n0 errors, \d+ warnings?\.\n$/)
  expect((await look(folder, clock).run('doctor', '--quiet')).out).toBe('')
  expect((await look(folder, clock).run('doctor', '--plain')).out).toMatch(/^name\tstatus\tmessage\tremedy\nnode\t/)
})

test('where nothing is there yet it says so, and makes nothing', async () => {
  const folder = temporaryFolder()
  const { code, out } = await look(folder, handClock('2021-10-22T05:00:00Z')).run('doctor', '--json')
  expect([code, named(JSON.parse(out).checks, 'database')[0]?.[0]]).toEqual([0, 'warn'])
  expect(readdirSync(folder)).toEqual([])
})

const replaced = (file: string, make: () => unknown): void => {
  rmSync(file)
  make()
}

test.each<[what: string, spoil: (file: string) => void, says: string]>([
  ['damaged', (file) => writeFileSync(file, 'not a database, '.repeat(1_000)), 'is damaged'],
  ['empty', (file) => writeFileSync(file, ''), 'it is empty: 0 bytes'],
  [
    'gone, but not its log',
    (file) => replaced(file, () => writeFileSync(`${file}-wal`, 'x')),
    'it is gone, but notify.db-wal',
  ],
  ['a folder', (file) => replaced(file, () => mkdirSync(file)), 'it is not a file'],
  [
    'of another program',
    (file) => replaced(file, () => new Database(file).exec('create table a (b)').close()),
    'belongs to another program',
  ],
  [
    'newer than this program',
    (file) => new Database(file).exec('pragma user_version = 99').close(),
    'written by a newer notify',
  ],
])(
  'a database that is %s is an error with exit code 8, and the gateways are looked at all the same',
  async (_, spoil, says) => {
    const { doctor, file, store } = await openShop()
    await store.close()
    spoil(file)
    const before = readdirSync(join(file, '..'))
    const { code, checks } = await doctor()
    expect(code).toBe(8)
    expect(named(checks, 'database')).toEqual([['error', expect.stringContaining(says)]])
    expect(named(checks, 'gateway.outbox')[0]?.[0]).toBe('ok')
    expect(readdirSync(join(file, '..'))).toEqual(before)
  },
)

test('a page that is damaged inside is found', async () => {
  const { doctor, file, store, sql } = await openShop()
  sql((db) => db.exec('pragma wal_checkpoint(truncate)'))
  await store.close()
  sql((db) => {
    db.unsafeMode(true)
    db.exec("pragma writable_schema = on; update sqlite_master set rootpage = 4000 where name = 'workers'")
  })
  expect((await doctor('--full')).code).toBe(8)
  expect(existsSync(file)).toBe(true)
})

test('a database that another process has for itself, or keeps from being written, is an error that names it', async () => {
  const { doctor, file, store } = await openShop()
  const writer = new Database(file)
  writer.exec('begin immediate')
  const held = await doctor()
  expect(named(held.checks, 'lock')).toEqual([['error', expect.stringContaining('keeps everybody else from writing')]])
  writer.exec('rollback')
  await store.close()
  writer.exec('pragma locking_mode = exclusive; begin exclusive')
  const locked = await doctor()
  expect([held.code, locked.code]).toEqual([8, 8])
  expect(named(locked.checks, 'database')).toEqual([['error', expect.stringContaining('has it for itself')]])
  writer.close()
})

test('a database of an earlier schema is not migrated', async () => {
  const { doctor, sql } = await openShop()
  sql((db) => db.exec('pragma user_version = 1'))
  expect(named((await doctor()).checks, 'database')).toEqual([['warn', expect.stringContaining('of schema 1')]])
  sql((db) => expect(db.pragma('user_version', { simple: true })).toBe(1))
})

test('with a wrong configuration it says what is wrong, and ends with 3', async () => {
  const { doctor } = await openShop('databse = "notify.db"\n')
  const { code, checks } = await doctor()
  expect(code).toBe(3)
  expect(named(checks, 'config')).toEqual([['error', expect.stringContaining('did you mean database?')]])
})

const gatewayAt = (port: number): string =>
  `${CONFIG}[gateways.sms]\ntype = "http"\npreset = "probe"\nurl = "http://127.0.0.1:${port}"\ntoken_file = "token.txt"\n`

const listening = async (): Promise<{ port: number; heard: () => string }> => {
  let heard = ''
  const server = createServer((socket) =>
    socket.on('data', (data) => (heard += String(data))).on('error', () => undefined),
  )
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return { port: typeof address === 'object' && address !== null ? address.port : 0, heard: () => heard }
}

test('a gateway is connected to, and hears not a byte; one that is out of reach ends with 7', async () => {
  const { port, heard } = await listening()
  const shop = await openShop(gatewayAt(port))
  writeFileSync(join(shop.folder, 'token.txt'), 'a-secret-token', { mode: 0o600 })
  const reached = await shop.doctor()
  expect(named(reached.checks, 'gateway.sms')).toEqual([['ok', `it can be reached: 127.0.0.1:${port}`]])
  expect([reached.code, heard()]).toEqual([0, ''])
  writeFileSync(join(shop.folder, 'notify.toml'), gatewayAt(1))
  const lost = await shop.doctor()
  expect(named(lost.checks, 'gateway.sms')).toEqual([['error', 'it cannot be reached: 127.0.0.1:1: ECONNREFUSED']])
  expect(lost.code).toBe(7)
})

test('over TLS the certificate is looked at', async () => {
  const { port } = await listening()
  const shop = await openShop(gatewayAt(port).replace('http://', 'https://').concat('deadline = "200ms"\n'))
  writeFileSync(join(shop.folder, 'token.txt'), 'a-secret-token', { mode: 0o600 })
  const { code, checks } = await shop.doctor()
  expect([code, named(checks, 'gateway.sms')[0]?.[0]]).toEqual([7, 'error'])
})

test('a token that cannot be read is a wrong configuration; one that others can read is a warning; none is ever shown', async () => {
  const { port } = await listening()
  const shop = await openShop(gatewayAt(port))
  expect((await shop.doctor()).code).toBe(3)
  writeFileSync(join(shop.folder, 'token.txt'), 'a-secret-token', { mode: 0o644 })
  chmodSync(join(shop.folder, 'token.txt'), 0o644)
  const { checks } = await shop.doctor()
  expect(checks.find(({ name, status }) => name === 'config' && status === 'warn')?.remedy).toBe(
    `chmod 600 ${shop.folder}/token.txt`,
  )
  expect(JSON.stringify(checks)).not.toContain('a-secret-token')
})

test('messages that wait while nobody sends are an error; a living worker, or a pass of late, is well', async () => {
  const shop = await openShop()
  shop.sql((db) =>
    insertMailing(
      { db, clock: shop.clock, write: async (body) => body() },
      { name: 'waits', messages: [{ zone: 'Europe/Moscow', state: 'scheduled', count: 3 }] },
    ),
  )
  shop.sql((db) => db.exec("update mailings set gateway = 'outbox'"))
  const sending = async () => named((await shop.doctor()).checks, 'sending')
  expect(await sending()).toEqual([['error', 'nobody has sent anything yet, and 3 messages wait']])
  await shop.store.noteClock({ bootId: 'boot', wall: shop.clock.now() - 60_000, sinceBoot: 1 })
  expect(await sending()).toEqual([['ok', 'run-due was at work 1 min ago']])
  await shop.store.noteClock({ bootId: 'boot', wall: shop.clock.now() - 3_600_000, sinceBoot: 1 })
  expect(await sending()).toEqual([['error', 'nobody sends: the last one was at work 60 min ago, and 3 messages wait']])
  const beat = { at: shop.clock.now(), mono: 0 }
  await shop.store.addWorker(systemWitness().self('daemon'), beat)
  expect(await sending()).toEqual([['ok', `at work: daemon (process ${process.pid})`]])
})

test('a pass that finds nothing due is seen too, and writes its sign every few minutes only', async () => {
  const shop = await openShop()
  const pass = async (): Promise<number | undefined> => {
    expect(
      await fakeCli({ store: shop.store, clock: shop.clock, app: { witness: systemWitness() } }).run('run-due'),
    ).toMatchObject({
      code: 0,
      out: '',
      err: '',
    })
    return (await shop.store.lastClock())?.wall
  }
  const first = shop.clock.now()
  expect(await pass()).toBe(first)
  shop.clock.advance(180_000)
  expect(await pass()).toBe(first)
  expect(named((await shop.doctor()).checks, 'sending')).toEqual([['ok', 'run-due was at work 3 min ago']])
  shop.clock.advance(60_000)
  expect(await pass()).toBe(first + 240_000)
})

test('what a worker left that is gone, a hold, a clock set back, a paused gateway and a lost zone are told', async () => {
  const shop = await openShop()
  const by = { at: shop.clock.now(), who: 'Anna', why: 'wrong list' }
  shop.sql((db) => {
    insertMailing(
      { db, clock: shop.clock, write: async (body) => body() },
      { name: 'half', messages: [{ zone: 'Europe/Moscow', state: 'sending', count: 2 }] },
    )
    db.exec(`update messages set worker_id = 77; update recipients set zone = null where id = 1;
      insert into districts (name) values ('Nowhere'), ('Nobody lives here');
      update recipients set district_id = (select id from districts where name = 'Nowhere') where id = 1;
      insert into mailings (uid, name, state, text, gateway, at, on_date, until, expires_at, terms, plan, planner_id, created_at)
        values ('u', 'torn', 'planning', 't', 'old', '10:00', '2021-10-22', '21:00', 1, '{}', '{}', 78, 1)`)
  })
  writeFileSync(`${shop.file}-outcomes-79`, '')
  await shop.store.hold(by)
  await shop.store.changeGateway('outbox', (health) => ({
    ...health,
    pausedAt: by.at,
    pausedBy: 'Anna',
    pausedWhy: null,
  }))
  await shop.store.noteClock({ bootId: 'boot', wall: shop.clock.now() + 7_200_000, sinceBoot: 1 })
  const { checks } = await shop.doctor()
  const warnings = checks.filter(({ status }) => status === 'warn').map(({ name, message }) => `${name}: ${message}`)
  expect(warnings).toEqual(
    expect.arrayContaining([
      'hold: everything is held by Anna since 2021-10-22T05:00:00Z: wrong list',
      'in-hand: 2 messages in the hand of a worker that is gone',
      'planning: mailing 2 "torn" was never scheduled to its end: whoever did it is gone',
      'journals: outcomes of 1 worker that are gone lie beside the database',
      'clock: the clock of this machine was set back by 2.0 h since somebody was at work',
      'districts: 1 district with recipients, and without a zone',
      'recipients: 1 recipient without a zone: notify schedule stops at them, or skips them',
      'gateway.outbox.state: it is paused by Anna',
    ]),
  )
})

test('it sends nothing: for that there is notify test', async () => {
  const { folder, clock } = await openShop()
  const { code, err } = await look(folder, clock).run('doctor', '--send-test', '+79161234567')
  expect([code, err]).toEqual([2, 'notify: doctor sends nothing\nNext: notify test --to +79161234567\n'])
})

test('counts that are not those of the rows are an error, until --fix counts them anew', async () => {
  const shop = await openShop()
  shop.sql((db) => {
    const messages = [{ zone: 'Europe/Moscow', state: 'sent', count: 3 }] as const
    insertMailing({ db, clock: shop.clock, write: async (body) => body() }, { name: 'sent', state: 'done', messages })
    db.exec('update mailing_counts set count = 7')
  })
  const counts = async (...args: readonly string[]) => named((await shop.doctor(...args)).checks, 'counts')
  const wrong = 'the counts of 1 mailing are not those of their rows (1)'
  expect(await counts()).toEqual([['error', wrong]])
  expect(await counts('--fix')).toEqual([['ok', `${wrong}: counted anew`]])
  expect(await counts()).toEqual([['ok', 'the counts of all mailings are those of their rows']])
})

test('what an older version deleted stands in free pages, until --fix writes the file anew', async () => {
  const { doctor, file, folder, sql, store } = await openShop()
  sql((db) => {
    db.exec(`update installation set clean_since = null;
      insert into recipients (name, phone, created_at, updated_at) select 'Wilhelmina' || value, '+7916' || value, 1, 1 from (with recursive n (value) as (select 1000000 union all select value + 1 from n limit 2000) select value from n);
      delete from recipients`)
  })
  const stands = (): boolean =>
    readdirSync(folder).some((name) => readFileSync(join(folder, name), 'latin1').includes('Wilhelmina'))
  await store.emptyLog()
  expect(stands()).toBe(true)
  const before = await doctor()
  expect([before.code, named(before.checks, 'erasing')]).toEqual([
    0,
    [['warn', 'what an older notify deleted may stand in free pages of the database']],
  ])
  const worker = await store.addWorker(systemWitness().self('daemon'), { at: 1, mono: 1 })
  expect(named((await doctor('--fix')).checks, 'erasing')[0]?.[1]).toContain('and somebody works on it')
  await store.removeWorker(worker)
  expect(named((await doctor('--fix')).checks, 'erasing')[0]?.[1]).toContain('the file was written anew')
  expect(stands()).toBe(false)
  expect(named((await doctor()).checks, 'erasing')).toEqual([['ok', 'what was deleted is overwritten']])
  expect(new Database(file, { readonly: true }).pragma('user_version', { simple: true })).toBe(knownMigrations())
})
