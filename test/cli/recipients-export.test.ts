// notify recipients export: files for programs, which come back as they were, and for spreadsheets, which reckon with nothing.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { read, utils } from '@e965/xlsx'
import { expect, test } from 'vitest'
import { type BookDesk, openBookDesk } from '../support/book-desk.ts'

const ODD = [
  '=1+1',
  '+1',
  '-1',
  '@sum(A1)',
  '＝1',
  'a;b',
  'a,b',
  '"q"',
  "it's",
  'two\nlines',
  'ё',
  '00123',
  'null',
  'TRUE',
]

/** People whose fields are whatever a file may say. */
const openOddBook = async (): Promise<BookDesk> => {
  const desk = await openBookDesk()
  for (const [i, odd] of ODD.entries()) {
    await desk.run(
      ...['recipients', 'add', '--phone', `8916${String(i).padStart(7, '0')}`, '--name', odd, '--address', odd],
      ...['--contact-person', odd, '--external-id', `${odd}${i}`, '--district', `край ${odd}`, '--attr', `rank=${odd}`],
      ...[
        '--attr',
        `мобильный=${odd}`,
        '--attr',
        `phone=${odd}`,
        '--attr',
        `E-Mail=${odd}`,
        '--tag',
        `t${i}`,
        '--tag',
        'x',
      ],
      ...(i % 2 ? ['--email', `a${i}@example.com`, '--zone', 'Asia/Yakutsk'] : []),
    )
  }
  await desk.run('recipients', 'unsubscribe', 'id=1')
  await desk.run('recipients', 'unsubscribe', 'id=2', '--by-admin')
  return desk
}

const book = ({ sql }: BookDesk): unknown[] =>
  sql
    .prepare(
      `select r.external_id, phone, email, operator_code, r.name, contact_person, tax_number, address, d.name as district, r.zone,
         unsubscribed, unsubscribed_by_admin,
         (select json_group_object(key, value) from (select key, value from json_each(attributes) order by key)) as attributes,
         (select group_concat(tag) from
           (select tag from recipient_tags where recipient_id = r.id order by tag)) as tags
       from recipients r left join districts d on d.id = district_id order by phone`,
    )
    .all()

test('a CSV file comes back as it was: into the same book nothing changes, into another one all of it', async () => {
  const desk = await openOddBook()
  expect((await desk.run('recipients', 'export', 'book.csv')).out).toBe(
    `Wrote ${ODD.length} recipients into book.csv.\n`,
  )
  expect((await desk.run('import', 'suppliers', 'book.csv')).out).toContain(
    `${ODD.length} rows: 0 added, 0 changed, ${ODD.length} unchanged.`,
  )
  const other = await openBookDesk()
  other.write('book.csv', readFileSync(join(desk.folder, 'book.csv')))
  expect((await other.run('import', 'suppliers', 'book.csv')).code).toBe(0)
  expect(book(other)).toEqual(book(desk))
})

test('a cell of several phones comes back too', async () => {
  const desk = await openBookDesk()
  await desk.importCsv('phone;zone\n"89161234567, 89167654321";UTC\n')
  await desk.run('recipients', 'export', 'book.csv')
  expect((await desk.run('import', 'suppliers', 'book.csv')).out).toContain(
    '1 rows: 0 added, 0 changed, 1 unchanged.'.replace('1 rows', '1 row'),
  )
})

test('for Excel: a byte order mark, semicolons, and no cell that is a formula', async () => {
  const desk = await openOddBook()
  await desk.run('recipients', 'export', 'book.csv', '--format', 'excel-csv')
  const text = readFileSync(join(desk.folder, 'book.csv'), 'utf8')
  expect(text.startsWith('\uFEFFexternal_id;phone;email;name;')).toBe(true)
  expect(text).toContain(";+79160000000;;'=1+1;'=1+1;;'=1+1;край =1+1;")
  const cells = text
    .slice(1)
    .replaceAll(/"(?:[^"]|"")*"/g, (cell) => cell.slice(1, -1))
    .split(/;|\r\n/)
  expect(cells.filter((cell) => /^[=@＝]|^\+(?!\d{11}$)|^-/.test(cell))).toEqual([])
})

test('a workbook: every cell a text, also what looks like a number or a formula', async () => {
  const desk = await openOddBook()
  await desk.run('recipients', 'export', 'book.xlsx')
  const { Sheets } = read(readFileSync(join(desk.folder, 'book.xlsx')))
  const rows = utils.sheet_to_json<unknown[]>(Object.values(Sheets)[0] ?? {}, { header: 1 })
  expect(rows).toHaveLength(ODD.length + 1)
  const [header = [], first = []] = rows
  expect(header.slice(0, 4)).toEqual(['external_id', 'phone', 'email', 'name'])
  expect(first.slice(0, 4)).toEqual(['=1+10', '+79160000000', undefined, '=1+1'])
  expect(rows.slice(1).map((row) => row[3])).toEqual(ODD)
})

test('JSON lines: every object has every key', async () => {
  const desk = await openBookDesk()
  await desk.importCsv('phone;zone;tag;rank\n89161234567;UTC;a|b;\n89161234568;;;5\n')
  const { out } = await desk.run('recipients', 'export', '-', '--format', 'jsonl')
  const rows = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(rows).toMatchObject([
    { phone: '+79161234567', zone: 'UTC', tag: 'a,b', rank: null, unsubscribed: null },
    { phone: '+79161234568', zone: null, tag: null, rank: '5' },
  ])
  expect(Object.keys(rows[0])).toEqual(Object.keys(rows[1]))
})

test.each(['book.jsonl', 'book.xlsx'])('%s comes back as it was', async (file) => {
  const desk = await openBookDesk()
  await desk.importCsv(`id;phone;email;name;district;zone;tag;Рейтинг
1;89161234567;;=1+1;Амурская обл.;;a|b;5
2;;b@example.com;"two
lines";;UTC;;00123
`)
  await desk.run('recipients', 'edit', 'external-id=1', '--attr', 'мобильный=+7')
  await desk.run('recipients', 'unsubscribe', 'external-id=1')
  expect((await desk.run('recipients', 'export', file)).code).toBe(0)
  expect((await desk.run('import', 'suppliers', file)).out).toContain('2 rows: 0 added, 0 changed, 2 unchanged.')
  const other = await openBookDesk()
  other.write(file, readFileSync(join(desk.folder, file)))
  expect(await other.run('import', 'suppliers', file)).toMatchObject({ code: 0 })
  expect(book(other)).toEqual(book(desk))
})

test('filters choose, pages join, and standard output is a file too', async () => {
  const desk = await openBookDesk()
  const rows = Array.from({ length: 2_500 }, (_, i) => `+7916${String(i).padStart(7, '0')};UTC;${i % 2 ? 'odd' : ''}`)
  await desk.importCsv(`phone;zone;tag\n${rows.join('\n')}\n`)
  const { out, code } = await desk.run('recipients', 'export', '-', '--tag', 'odd')
  expect([code, out.trimEnd().split('\n').length]).toEqual([0, 1_251])
  expect(JSON.parse((await desk.run('recipients', 'export', 'a.jsonl', '--tag', 'odd', '--json')).out)).toEqual({
    file: 'a.jsonl',
    format: 'jsonl',
    recipients: 1_250,
  })
})

test('the file is for its owner alone, whole, and never over another one unasked', async () => {
  const desk = await openBookDesk()
  await desk.importCsv('phone;zone\n89161234567;UTC\n')
  writeFileSync(join(desk.folder, 'book.csv'), 'mine')
  const refused = await desk.run('recipients', 'export', 'book.csv')
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('"book.csv" is there already')])
  expect(readFileSync(join(desk.folder, 'book.csv'), 'utf8')).toBe('mine')
  expect((await desk.run('recipients', 'export', 'book.csv', '--force')).code).toBe(0)
  expect(statSync(join(desk.folder, 'book.csv')).mode & 0o777).toBe(0o600)
  expect((await desk.run('recipients', 'export', 'none/book.csv')).err).toContain(
    'the folder of "none/book.csv" is not there',
  )
  expect((await desk.run('recipients', 'export', '.')).err).toContain('is a directory')
  expect((await desk.run('recipients', 'export', '-', '--format', 'xlsx')).code).toBe(2)
  const stop = AbortSignal.abort()
  expect((await desk.runWith({ signal: stop }, 'recipients', 'export', 'other.csv')).code).toBe(130)
  expect(existsSync(join(desk.folder, 'other.csv'))).toBe(false)
  expect(readdirSync(desk.folder).filter((name) => name.endsWith('.part'))).toEqual([])
})
