// notify import from an SQLite database of another program: found by itself, read as it stands, never written.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { runNotify } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'
import { type ImportDesk, openImportDesk } from '../support/import-desk.ts'

/** The first mission's data: suppliers with a district_id, and districts. */
const SHOP = `
  create table districts (id integer primary key, name text not null);
  create table suppliers (id integer primary key, phone text, name text, contact_person text, inn text, address text,
    district_id integer, subscription_cancelled integer not null default 0, subscription_admin integer not null default 0, logo blob);
  create table orders (id integer primary key, supplier_id integer, phone_of_courier text, total real);
  insert into districts values (3, 'Воронежская область'), (7, 'Амурская область');
  insert into suppliers values
    (1, '8 916 123-45-67', 'ООО «Ромашка»', 'Анна', '7701', 'ул. 1', 3, 0, 0, x'00ff'),
    (2, 89145551122, 'Ёж', null, 7702, null, 7, 1, 0, null),
    (3, '+79145551123', 'Лис', null, null, null, 7, 0, 1, null),
    (4, 89145551124.0, 'Волк', null, null, null, 99, 0, 0, null)`

const makeDatabase = (file: string, sql: string): void => {
  const db = new Database(file)
  db.exec(sql)
  db.close()
}

const openShopDesk = async (sql = SHOP): Promise<ImportDesk> => {
  const desk = await openImportDesk()
  makeDatabase(join(desk.folder, 'shop.db'), sql)
  return desk
}

const zonesOf = async ({ store }: ImportDesk): Promise<unknown> =>
  Object.fromEntries((await store.listDistricts()).map(({ name, zone }) => [name, zone]))

const ZONES = '{"3": 3, "7": 9}'

test.each(['zones before', 'zones after'])(
  'suppliers with their districts, zones by the id of a district, %s',
  async (order) => {
    const desk = await openShopDesk()
    desk.write('zones.json', ZONES)
    if (order === 'zones before') await desk.run(['timezones', 'zones.json'])
    const { code, err, out } = await desk.run(['suppliers', 'shop.db'])
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('4 rows: 4 added') })
    expect(err).toContain('an SQLite database, table "suppliers" with "districts", without the binary logo, 10 columns')
    if (order === 'zones after') await desk.run(['timezones', 'zones.json'])
    else expect(err).toContain('1 district without a zone yet: "99".')
    expect(await zonesOf(desk)).toEqual({ 'Воронежская область': 'UTC+3', 'Амурская область': 'UTC+9', '99': null })
    expect(desk.people('external_id, phone, tax_number, unsubscribed, unsubscribed_by_admin')).toEqual([
      { external_id: '1', phone: '+79161234567', tax_number: '7701', unsubscribed: 0, unsubscribed_by_admin: 0 },
      { external_id: '2', phone: '+79145551122', tax_number: '7702', unsubscribed: 1, unsubscribed_by_admin: 0 },
      { external_id: '3', phone: '+79145551123', tax_number: null, unsubscribed: 0, unsubscribed_by_admin: 1 },
      { external_id: '4', phone: '+79145551124', tax_number: null, unsubscribed: 0, unsubscribed_by_admin: 0 },
    ])
    expect((await desk.run(['suppliers', 'shop.db'])).out).toContain('0 added, 0 changed, 4 unchanged')
  },
)

test('a number that is a district of another name stays with that', async () => {
  const desk = await openShopDesk()
  desk.write('zones.csv', 'id;district;zone\n7;Томская область;Asia/Tomsk\n')
  await desk.run(['timezones', 'zones.csv'])
  expect((await desk.run(['suppliers', 'shop.db'])).err).toContain('"Амурская область"')
  expect(await zonesOf(desk)).toMatchObject({ 'Томская область': 'Asia/Tomsk', 'Амурская область': null })
})

test('a foreign key says which table the districts are, and a column called district may hold their ids', async () => {
  const desk = await openShopDesk(`
    create table region (code text primary key, title text);
    create table app_client (tel text, fio text, region text references region (code));
    insert into region values ('AMU', 'Амурская область');
    insert into app_client values ('89161234567', 'A', 'AMU'), ('89161234568', 'B', null)`)
  expect(await desk.run(['suppliers', 'shop.db', '--map', 'name=fio'])).toMatchObject({
    code: 0,
    err: expect.stringContaining('table "app_client" with "region"'),
  })
  expect(desk.sql.prepare('select key from district_keys order by key').pluck().all()).toEqual(['amu', 'амурская'])
})

test('--table and --query say it; several that could be meant are asked about', async () => {
  const desk =
    await openShopDesk(`${SHOP}; create table clients (phone text, name text); create table users (phone text, name text);
    insert into clients values ('89170000000', 'C'); drop table suppliers; create view all_people as select * from clients`)
  expect(await desk.run(['suppliers', 'shop.db'])).toMatchObject({
    code: 4,
    err: expect.stringContaining('several tables that could be meant: clients, users\nSay which: --table NAME.'),
  })
  expect(await desk.run(['suppliers', 'shop.db', '--table', 'Clients'])).toMatchObject({ code: 0 })
  const query = await desk.run([
    'suppliers',
    'shop.db',
    '--json',
    '--query',
    "select '89170000001' as phone, 'Q' as name",
  ])
  expect(JSON.parse(query.out)).toMatchObject({ kind: 'sqlite', table: null, added: 1 })
  expect(desk.people()).toEqual([
    { phone: '+79170000000', name: 'C' },
    { phone: '+79170000001', name: 'Q' },
  ])
})

test.each([
  [['--table', 'nowhere'], 2, 'has no table "nowhere"\nThere are districts, orders, suppliers.'],
  [['--query', 'delete from suppliers'], 2, 'the query returns no rows'],
  [['--query', 'select 1; select 2'], 2, 'the query cannot be run'],
  [['--query', 'selec phone'], 2, 'the query cannot be run: near "selec"'],
  [['--query', "select phone from suppliers where load_extension('x')"], 4, 'cannot be read'],
  [['--query', 'delete from suppliers returning phone'], 2, 'the query returns no rows'],
  [['--query', 'select 1', '--table', 'suppliers'], 2, 'two answers to one question'],
  [['--sheet', '1'], 2, '--sheet is for a workbook'],
] as const)('%j is refused', async (flags, code, words) => {
  const desk = await openShopDesk()
  const ran = await desk.run(['suppliers', 'shop.db', ...flags])
  expect(ran).toMatchObject({ code, out: '' })
  expect(ran.err).toContain(words)
  const db = new Database(join(desk.folder, 'shop.db'))
  onTestFinished(() => void db.close())
  expect(db.prepare('select count(*) from suppliers').pluck().get()).toBe(4)
})

test('binary data in a column of text is told by its row; a NUL in a text too', async () => {
  const desk = await openShopDesk(`create table suppliers (phone, name);
    insert into suppliers values ('89161234567', 'A'), ('89161234568', x'00'), ('89161234569', 'a' || char(0) || 'b')`)
  const { code, err } = await desk.run(['suppliers', 'shop.db'])
  expect(code).toBe(4)
  expect(err).toContain('1 "name" is binary data (line 2), 1 the row has a NUL character (line 3)')
})

test.each([
  ['nothing that fits', 'create table things (a, b)', 'has no table of recipients; its tables: things'],
  ['no table at all', 'pragma user_version = 1', 'has no table of recipients; its tables: none'],
])('%s', async (_, sql, words) => {
  const desk = await openShopDesk(sql)
  const { code, err } = await desk.run(['suppliers', 'shop.db'])
  expect(code).toBe(4)
  expect(err).toContain(words)
})

test("a damaged file, a pipe, notify's own database: refused in words", async () => {
  const desk = await openShopDesk()
  const file = join(desk.folder, 'shop.db')
  const whole = readFileSync(file)
  expect(await desk.run(['suppliers', '-'], { typed: whole as never })).toMatchObject({
    code: 2,
    err: expect.stringContaining('it cannot be read from a pipe'),
  })
  writeFileSync(file, Buffer.concat([whole.subarray(0, 100), Buffer.alloc(whole.length - 100, 7)]))
  expect(await desk.run(['suppliers', 'shop.db'])).toMatchObject({
    code: 4,
    err: expect.stringContaining('"shop.db" is damaged'),
  })
  expect(await desk.run(['suppliers', 'notify.db'])).toMatchObject({
    code: 4,
    err: expect.stringContaining('"notify.db" is a database of notify itself'),
  })
})

test.each(['wal', 'delete'])(
  'a file in journal mode %s is read while its program writes, and is left as it was',
  async (mode) => {
    const desk = await openShopDesk(`pragma journal_mode = ${mode}; ${SHOP}`)
    const writer = new Database(join(desk.folder, 'shop.db'))
    onTestFinished(() => void writer.close())
    writer.exec("begin immediate; insert into suppliers (phone, name) values ('89170000000', 'not committed')")
    expect(await desk.run(['suppliers', 'shop.db'])).toMatchObject({ code: 0, out: expect.stringContaining('4 rows') })
    writer.exec('commit')
    expect(await desk.run(['suppliers', 'shop.db'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('5 rows: 1 added'),
    })
  },
)

test('a file in WAL mode in a folder that cannot be written, its log beside it', async () => {
  const folder = temporaryFolder()
  const shop = join(folder, 'shop')
  mkdirSync(shop)
  const writer = new Database(join(shop, 'shop.db'))
  writer.pragma('journal_mode = wal')
  writer.exec(SHOP)
  const [main, log] = ['shop.db', 'shop.db-wal'].map((name) => readFileSync(join(shop, name)))
  writer.close()
  writeFileSync(join(shop, 'shop.db'), main ?? '')
  writeFileSync(join(shop, 'shop.db-wal'), log ?? '')
  for (const name of readdirSync(shop)) chmodSync(join(shop, name), 0o444)
  chmodSync(shop, 0o555)
  chmodSync(folder, 0o755)
  onTestFinished(() => chmodSync(shop, 0o755))
  const work = join(folder, 'work')
  mkdirSync(work, { mode: 0o777 })
  chmodSync(work, 0o777)
  const through = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : []
  const args = ['import', 'suppliers', join(shop, 'shop.db')]
  const ran = await runNotify(args, { cwd: work, env: { TMPDIR: work }, through: () => through })
  expect(ran, ran.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('4 rows: 4 added') })
  expect(readdirSync(shop).toSorted()).toEqual(['shop.db', 'shop.db-wal'])
  expect(readdirSync(work).filter((name) => name.startsWith('notify-import'))).toEqual([])
  expect(existsSync(join(work, 'notify-import-'))).toBe(false)
})

test('zones come from a table of districts', async () => {
  const desk =
    await openShopDesk(`create table suppliers (phone, zone, name); create table districts (id integer, name text, utc_offset integer);
    insert into districts values (3, 'Воронежская область', 3), (7, 'Амурская область', 9)`)
  expect(await desk.run(['timezones', 'shop.db', '--table', 'districts'])).toMatchObject({ code: 0 })
  expect(await zonesOf(desk)).toEqual({ 'Воронежская область': 'UTC+3', 'Амурская область': 'UTC+9' })
  expect((await desk.run(['timezones', 'shop.db'])).out).toContain('2 unchanged')
})
