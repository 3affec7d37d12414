// notify import suppliers: what an operator types, sees, and finds in the address book afterwards.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Clock } from '../../src/clock.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import { districtEditing } from '../../src/store/sqlite/district-editing.ts'
import { districtStore } from '../../src/store/sqlite/districts.ts'
import { handStore } from '../../src/store/sqlite/hands.ts'
import { recipientStore } from '../../src/store/sqlite/recipients.ts'
import { type FakeCliOptions, fakeCli, type Ran } from '../support/cli.ts'
import { temporaryConnection, temporaryFolder } from '../support/database.ts'
import { encode } from '../support/encode.ts'

const clock: Clock = {
  now: () => Date.parse('2021-10-21T18:50:00Z'),
  monotonic: () => 0,
  sinceBoot: () => 0,
  sleep: async () => undefined,
  random: () => 0,
}

interface Desk {
  readonly folder: string
  readonly connection: Connection
  /** Runs `notify import suppliers …args`. */
  run(args: readonly string[], change?: Partial<FakeCliOptions>): Promise<Ran>
  write(name: string, content: string | Buffer): void
  people(): unknown[]
}

const openDesk = async (): Promise<Desk> => {
  const folder = temporaryFolder()
  const connection = await temporaryConnection(clock)
  const store = { ...recipientStore(connection, clock), ...districtEditing(connection), ...handStore(connection) }
  const config = { country: 'RU' } as never // all that an import asks of the configuration
  return {
    folder,
    connection,
    run: (args, change = {}) =>
      fakeCli({ store, clock, cwd: folder, app: { config }, ...change }).run('import', 'suppliers', ...args),
    write: (name, content) => writeFileSync(join(folder, name), content),
    people: () => connection.db.prepare('select phone, name from recipients order by id').all(),
  }
}

const SUPPLIERS = `код;наименование;контактное лицо;телефон;инн;адрес;область;отписан;Рейтинг
S1;ООО «Ромашка»;Иванова Анна;8 (916) 123-45-67;7701234567;ул. Ленина, 5;Амурская обл.;нет;5
S2;"ЗАО ""Ёж"", филиал";;+7 916 765-43-21;;;Нигде;да;
`

test('a district that is a slip of the finger is told with the one that may be meant', async () => {
  const desk = await openDesk()
  desk.connection.db.exec("insert into districts (name, zone) values ('Москва', 'Europe/Moscow')")
  desk.write('list.csv', 'phone;district\n89161234567;Мсква\n')
  expect((await desk.run(['list.csv'])).err).toContain(`1 district without a zone yet: "Мсква".
Did you mean "Москва" by "Мсква"?
Give them zones: notify import timezones FILE (or --preset ru), or notify districts edit NAME --zone ZONE
`)
})

test('a Russian table in windows-1251, told and imported; again, nothing changes', async () => {
  const desk = await openDesk()
  desk.write('list.csv', encode(SUPPLIERS, 'windows-1251'))
  const first = await desk.run(['list.csv'])
  expect(first).toMatchObject({
    code: 0,
    out: 'Imported "list.csv": 2 rows: 2 added, 0 changed, 0 unchanged. 1 of these recipients unsubscribed and gets nothing.\n',
  })
  expect(first.err).toContain(`"list.csv": windows-1251, ';', 9 columns\n`)
  expect(first.err).toContain('phone = "телефон", inn = "инн"')
  expect(first.err).toContain('attributes: "Рейтинг"')
  expect(first.err).toContain('2 districts without a zone yet: "Амурская обл.", "Нигде".')
  expect(desk.connection.db.prepare("select * from recipients where external_id = 'S2'").get()).toMatchObject({
    phone: '+79167654321',
    operator_code: '916',
    name: 'ЗАО "Ёж", филиал',
    unsubscribed: 1,
    attributes: null,
  })
  expect((await desk.run(['list.csv'])).out).toContain('2 rows: 0 added, 0 changed, 2 unchanged.')
})

test.each(['recipients', 'suppliers', 'clients', 'users'])('notify import %s is one command', async (word) => {
  const desk = await openDesk()
  const store = { ...recipientStore(desk.connection, clock), ...handStore(desk.connection) }
  const { run } = fakeCli({ store, clock, typed: 'phone\n89161234567\n', app: { config: { country: 'RU' } as never } })
  expect(await run('import', word, '-')).toMatchObject({ code: 0 })
  expect(desk.people()).toEqual([{ phone: '+79161234567', name: null }])
})

test('--json is what programs rely on', async () => {
  const desk = await openDesk()
  desk.write('list.csv', 'phone,name\n89161234567,A\n8916ABC,B\n')
  const { code, out, err } = await desk.run(['list.csv', '--json', '--skip-bad'])
  expect({ code, err, ...JSON.parse(out) }).toEqual({
    code: 4,
    err: '',
    file: 'list.csv',
    kind: 'csv',
    encoding: 'utf-8',
    delimiter: ',',
    table: null,
    dryRun: false,
    rows: 2,
    added: 1,
    changed: 0,
    unchanged: 0,
    skipped: 0,
    unsubscribed: 0,
    districtsWithoutZone: [],
    rejectedRows: 1,
    repeatedRows: 0,
    totals: 0,
    removed: 0,
    conflicts: 0,
    rejected: [{ line: 3, reason: 'phone has letters' }],
    inFlight: 0,
    changes: [],
  })
})

const BAD = `phone;name;zone
8916ABC4567;A;
89161234567;B;Mars/Base
89161234568;C;МСК+7
8 916 123-45-68;D;
8916ABC4568;E;
`

test('with bad rows nothing is imported: they are named by reason and line', async () => {
  const desk = await openDesk()
  desk.write('bad.csv', BAD)
  const { code, out, err } = await desk.run(['bad.csv'])
  expect({ code, out }).toEqual({ code: 4, out: '' })
  expect(err).toContain(
    'notify: "bad.csv" is not imported; 4 of 5 rows rejected: 2 phone has letters (lines 2, 6), 1 unknown zone "Mars/Base" (line 3), 1 the phone +79161234568 stands already at line 4 (line 5)\n',
  )
  expect(err).toContain('take the other 1 with --skip-bad')
  expect(desk.people()).toEqual([])
})

test('with --skip-bad the good ones are imported, and it is still exit code 4', async () => {
  const desk = await openDesk()
  desk.write('bad.csv', BAD)
  const { code, out } = await desk.run(['bad.csv', '--skip-bad'])
  expect({ code, out }).toEqual({
    code: 4,
    out: 'Imported "bad.csv": 5 rows: 1 added, 0 changed, 0 unchanged, 4 rejected.\n',
  })
  expect(desk.people()).toEqual([{ phone: '+79161234568', name: 'C' }])
})

test('the reject file can be mended and imported', async () => {
  const desk = await openDesk()
  desk.write('bad.csv', encode(BAD, 'windows-1251'))
  expect(await desk.run(['bad.csv', '--skip-bad', '--reject-file', 'rejected.csv'])).toMatchObject({ code: 4 })
  const rejected = readFileSync(join(desk.folder, 'rejected.csv'), 'utf8')
  expect(rejected).toBe(`\uFEFFrejected_line;rejected_reason;phone;name;zone
2;phone has letters;8916ABC4567;A;
3;"unknown zone ""Mars/Base""";89161234567;B;Mars/Base
6;phone has letters;8916ABC4568;E;
5;the phone +79161234568 stands already at line 4;8 916 123-45-68;D;
`)
  const mended = rejected
    .replaceAll('ABC', '765')
    .replaceAll('Mars/Base', 'UTC')
    .replace('8 916 123-45-68', '8 916 123-45-69')
  desk.write('mended.csv', mended)
  expect(await desk.run(['mended.csv'])).toMatchObject({ code: 0 })
  expect(desk.people()).toHaveLength(5)
  expect(readdirSync(desk.folder).toSorted()).toEqual(['bad.csv', 'mended.csv', 'rejected.csv'])
})

test('a reject file is never the file that is imported, and none is left by an import that fails', async () => {
  const desk = await openDesk()
  desk.write('bad.csv', BAD)
  expect(await desk.run(['bad.csv', '--reject-file', './bad.csv'])).toMatchObject({ code: 2 })
  expect(readFileSync(join(desk.folder, 'bad.csv'), 'utf8')).toBe(BAD)
  expect(await desk.run(['bad.csv', '--reject-file', 'none/rejected.csv'])).toMatchObject({ code: 2 })
  desk.write('broken.csv', `${BAD}1;"`)
  expect(await desk.run(['broken.csv', '--reject-file', 'rejected.csv'])).toMatchObject({ code: 4 })
  expect(readdirSync(desk.folder).toSorted()).toEqual(['bad.csv', 'broken.csv'])
})

test('--dry-run counts and writes nothing', async () => {
  const desk = await openDesk()
  desk.write('list.csv', 'phone\n89161234567\n')
  const { code, out } = await desk.run(['list.csv', '--dry-run'])
  expect(code).toBe(0)
  expect(out).toBe('Dry run: nothing is written; "list.csv" has 1 row: 1 added, 0 changed, 0 unchanged.\n')
  expect(desk.people()).toEqual([])
})

test('--quiet says nothing when all is well', async () => {
  const desk = await openDesk()
  desk.write('list.csv', SUPPLIERS)
  expect(await desk.run(['list.csv', '--quiet'])).toEqual({ code: 0, out: '', err: '' })
})

test.each([
  ['a directory', 'folder', 2, '"folder" is a directory'],
  ['a missing file', 'none.csv', 2, 'there is no file "none.csv"'],
  ['an empty file', 'empty.csv', 4, '"empty.csv" is empty'],
  ['blank lines only', 'blank.csv', 4, '"blank.csv" is empty'],
  ['a binary file', 'binary.csv', 4, '"binary.csv" is a binary file, not CSV'],
  ['half a workbook', 'book.xlsx', 4, '"book.xlsx" is a damaged ZIP archive or .xlsx workbook'],
  ['a NUL', 'nul.csv', 4, '1 the row has a NUL character (line 2)'],
  ['no address', 'noaddress.csv', 4, 'has no column for a phone or an e-mail; its columns: "a", "b"'],
  [
    'one header twice',
    'twins.csv',
    4,
    'has the column "phone" twice, column 1 and column 2, and line 2 says different things in them',
  ],
  ['two headers for one thing', 'rivals.csv', 4, '"Телефон" and "Мобильный" are both taken for phone'],
])('%s: %s', async (_, file, code, words) => {
  const desk = await openDesk()
  mkdirSync(join(desk.folder, 'folder'))
  desk.write('empty.csv', '')
  desk.write('blank.csv', '\n \n\n')
  desk.write('binary.csv', Buffer.from(Array.from({ length: 4000 }, (__, i) => (i * 7919) % 256)))
  desk.write('book.xlsx', 'PK\u0003\u0004 …')
  desk.write('nul.csv', 'phone\n8916\x001234567\n')
  desk.write('noaddress.csv', 'a;b\n1;2\n')
  desk.write('twins.csv', 'phone;Phone\n1;2\n')
  desk.write('rivals.csv', 'Телефон;Мобильный\n1;2\n')
  const ran = await desk.run([file])
  expect(ran).toMatchObject({ code, out: '' })
  expect(ran.err).toContain(words)
  expect(ran.err.trimEnd().split('\n').length).toBeGreaterThan(1) // and what to do next
  expect(desk.people()).toEqual([])
})

test('a header and nothing else is no error', async () => {
  const desk = await openDesk()
  desk.write('header.csv', 'phone;name\n')
  expect(await desk.run(['header.csv'])).toMatchObject({
    code: 0,
    out: 'Imported "header.csv": 0 rows: 0 added, 0 changed, 0 unchanged.\n',
  })
})

test('--map says what a column is, and names attributes', async () => {
  const desk = await openDesk()
  desk.write('list.csv', 'Тел. (моб.),Телефон,Рейтинг\n89161234567,84951234567,5\n')
  expect(await desk.run(['list.csv', '--map', 'phone=Тел. (моб.)', '--map', 'rank = рейтинг'])).toMatchObject({
    code: 0,
  })
  expect(desk.connection.db.prepare('select phone, attributes from recipients').all()).toEqual([
    { phone: '+79161234567', attributes: '{"Телефон":"84951234567","rank":"5"}' },
  ])
  for (const [map, words] of [
    ['phone=Факс', 'there is no column "Факс"'],
    ['phone', 'is not name=Header'],
  ] as const) {
    const { code, err } = await desk.run(['list.csv', '--map', map])
    expect(code).toBe(2)
    expect(err).toContain(words)
  }
})

test.each([
  [['--encoding', 'utf-9'], 'unknown encoding "utf-9"'],
  [['--delimiter', ';;'], '";;" cannot be a delimiter'],
])('%j is a usage error', async (flags, words) => {
  const desk = await openDesk()
  desk.write('list.csv', 'phone\n89161234567\n')
  const { code, err } = await desk.run(['list.csv', ...flags])
  expect(code).toBe(2)
  expect(err).toContain(words)
})

test('columns named like what every object has are data', async () => {
  const desk = await openDesk()
  desk.write('list.csv', 'phone;__proto__;constructor\n89161234567;x;y\n')
  expect(await desk.run(['list.csv'])).toMatchObject({ code: 0 })
  expect(await recipientStore(desk.connection, clock).attributeNames()).toEqual(['__proto__', 'constructor'])
})

test('what a file says cannot steer the terminal', async () => {
  const desk = await openDesk()
  desk.write('list.csv', 'phone;zone;\u001b[31mred\n89161234567;\u001b]0;title\n')
  const { err } = await desk.run(['list.csv'])
  expect(err).not.toContain('\u001b')
  expect(err).toContain('\\u001b[31mred')
})

test('examples/suppliers.csv: 300 suppliers, every row good, every district known to the Russian preset', async () => {
  const desk = await openDesk()
  const store = {
    ...recipientStore(desk.connection, clock),
    ...districtStore(desk.connection),
    ...handStore(desk.connection),
  }
  expect(await fakeCli({ store, clock }).run('import', 'timezones', '--preset', 'ru')).toMatchObject({ code: 0 })
  const file = join(import.meta.dirname, '../../examples/suppliers.csv')
  const { code, out } = await desk.run([file, '--json'])
  expect({ code, ...JSON.parse(out) }).toMatchObject({
    code: 0,
    encoding: 'windows-1251',
    delimiter: ';',
    rows: 300,
    added: 300,
    rejected: [],
    districtsWithoutZone: [],
  })
  const zones = desk.connection.db
    .prepare('select distinct d.zone from recipients join districts as d on d.id = district_id')
    .all()
  expect(zones.length).toBeGreaterThan(20)
})
