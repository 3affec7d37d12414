// notify block, unblock, blocklist: what an operator types, sees, and finds in the table afterwards.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { type BookDesk, openBookDesk } from '../support/book-desk.ts'

const blocked = ({ sql }: BookDesk): unknown[] =>
  sql.prepare('select address from blocked order by address').pluck().all()

test('phones in any spelling and e-mails are blocked; once more changes nothing', async () => {
  const desk = await openBookDesk()
  await desk.importCsv('phone,zone\n89161234567,UTC\n')
  const words = ['8 (916) 123-45-67', 'Anna@Example.com', '+7 916 123 45 67', '+44 20 7946 0018']
  expect(await desk.run('block', ...words, '--reason', 'asked by phone')).toEqual({
    code: 0,
    out: 'Blocked 3 addresses. 1 recipient has one of them and gets nothing there.\n',
    err: '',
  })
  expect(desk.sql.prepare('select * from blocked order by address').all()).toEqual([
    { address: '+442079460018', at: desk.clock.now(), who: 'anna', why: 'asked by phone' },
    { address: '+79161234567', at: desk.clock.now(), who: 'anna', why: 'asked by phone' },
    { address: 'anna@example.com', at: desk.clock.now(), who: 'anna', why: 'asked by phone' },
  ])
  expect((await desk.run('block', '89161234567', 'anna@example.com')).out).toBe(
    'Blocked 0 addresses, 2 were blocked already.\n',
  )
  expect(desk.acts()).toEqual([
    { who: 'anna', what: 'addresses blocked', recipient: null, why: 'asked by phone', detail: { count: 3 } },
  ])
})

test('the blocklist outlives an import of the same people', async () => {
  const desk = await openBookDesk()
  await desk.run('block', '89161234567')
  await desk.importCsv('phone,zone\n89161234567,UTC\n')
  expect(blocked(desk)).toEqual(['+79161234567'])
})

test('a file, one address a line: header, comments and blank lines are no addresses', async () => {
  const desk = await openBookDesk()
  desk.write(
    'stop.csv',
    '# from "support\n\nТелефон;почему\r\n8 916 123-45-67;жалоба\n"+7 916 765-43-21",x\nanna@example.com\n',
  )
  expect((await desk.run('block', 'stop.csv')).out).toBe('Blocked 3 addresses.\n')
  expect(blocked(desk)).toEqual(['+79161234567', '+79167654321', 'anna@example.com'])
  expect((await desk.runWith({ typed: '89161112233\n' }, 'block', '-', '--json')).out).toBe(
    `${JSON.stringify({ dryRun: false, blocked: 1, already: 0, recipients: 0, rejected: [], inFlight: 0 }, null, 2)}\n`,
  )
})

test('a second address on a line is not left out without a word; what stands beside by a header is', async () => {
  const desk = await openBookDesk()
  desk.write('stop.txt', '8 916 123-45-67, 8 903 123-45-67\n+79161234568;a@example.com\n89161234569;7707083893;moved\n')
  const refused = await desk.run('block', 'stop.txt')
  expect(refused.code).toBe(4)
  expect(refused.err).toContain('2 lines rejected: 2 more than one address: each wants a line of its own (lines 1, 2)')
  desk.write('table.csv', 'phone,why\n89161234567,7707083893\n')
  expect((await desk.run('block', 'table.csv')).out).toBe('Blocked 1 address.\n')
})

test('with a bad line nothing is blocked, or the good ones with --skip-bad', async () => {
  const desk = await openBookDesk()
  desk.write('stop.txt', '89161234567\n# ok\nnobody\n8916\n')
  const refused = await desk.run('block', 'stop.txt')
  expect(refused.code).toBe(4)
  expect(refused.err).toBe(
    'notify: nothing of "stop.txt" is blocked; 2 lines rejected: 1 phone has no digits (line 3), 1 phone is too short (line 4)\n' +
      'Correct these lines; or take the other 1 with --skip-bad.\n',
  )
  expect(blocked(desk)).toEqual([])
  const skipped = await desk.run('block', 'stop.txt', '--skip-bad', '--json')
  expect(skipped.code).toBe(4)
  expect(JSON.parse(skipped.out)).toMatchObject({
    blocked: 1,
    rejected: [
      { line: 3, reason: 'phone has no digits' },
      { line: 4, reason: 'phone is too short' },
    ],
  })
  expect(blocked(desk)).toEqual(['+79161234567'])
})

test('a dry run blocks nothing', async () => {
  const desk = await openBookDesk()
  await desk.importCsv('phone,zone\n89161234567,UTC\n')
  expect((await desk.run('block', '89161234567', 'a@example.com', '--dry-run')).out).toBe(
    'Dry run: would block 2 addresses. 1 recipient has one of them and gets nothing there.\n',
  )
  expect([blocked(desk), desk.acts()]).toEqual([[], []])
})

test.each([
  [['block', 'nobody'], '"nobody" is neither an address nor a file: phone has no digits; nothing is changed'],
  [['block', '89161234567, 89167654321'], 'more than one number'],
  [['block', '89161234567', 'list-to-import.csv'], '"list-to-import.csv" is a file: it is blocked alone'],
  [['block', '.'], '"." is a directory, not a file'],
  [['block'], 'missing required argument'],
  [['unblock', 'a@b'], '"a@b" is neither an address nor a file: e-mail is not a valid address'],
])('notify %j is refused', async (args, sentence) => {
  const desk = await openBookDesk()
  await desk.importCsv('phone,zone\n89161234567,UTC\n')
  const { code, err } = await desk.run(...args)
  expect([code, err]).toEqual([2, expect.stringContaining(sentence)])
  expect(blocked(desk)).toEqual([])
})

test('what is unblocked may be written to again', async () => {
  const desk = await openBookDesk()
  await desk.run('block', '89161234567', 'anna@example.com')
  expect((await desk.run('unblock', '+7 916 123-45-67', 'b@example.com')).out).toBe(
    'Unblocked 1 address. 1 was not blocked.\n',
  )
  expect(JSON.parse((await desk.run('unblock', 'b@example.com', '--json')).out)).toEqual({
    unblocked: 0,
    notBlocked: 1,
  })
  expect(blocked(desk)).toEqual(['anna@example.com'])
  expect(desk.acts().at(-1)).toMatchObject({ what: 'addresses unblocked', detail: { count: 1 } })
})

test('thousands of lines are one act, and listed page by page', async () => {
  const desk = await openBookDesk()
  const lines = Array.from({ length: 2_500 }, (_, i) => `+7916${String(i).padStart(7, '0')}`)
  desk.write('many.txt', lines.join('\n'))
  await desk.run('block', 'many.txt')
  expect(desk.acts()).toMatchObject([{ what: 'addresses blocked', detail: { count: 2_500 } }])
  const listed = (await desk.run('blocklist', '--json=lines')).out.trimEnd().split('\n')
  expect(new Set(listed.map((line) => JSON.parse(line).address)).size).toBe(2_500)
  expect(JSON.parse(listed[0] ?? '')).toEqual({
    address: '+79160000000',
    blockedAt: '2021-10-22T05:00:00Z',
    blockedBy: 'anna',
    reason: null,
  })
  const table = (await desk.run('blocklist')).out.trimEnd().split('\n')
  expect([table.length, table.at(-1)]).toEqual([52, '… 2450 more (--limit, --json)'])
  expect((await desk.run('blocklist', '--plain', '--limit', '1')).out).toBe(
    'address\tblockedAt\tblockedBy\treason\n+79160000000\t2021-10-22T05:00:00Z\tanna\t\n',
  )
})

test('an empty blocklist', async () => {
  const desk = await openBookDesk()
  expect((await desk.run('blocklist')).out).toBe('No address is blocked.\n')
  expect((await desk.run('blocklist', '--json')).out).toBe('[]\n')
})

test.each([
  ['CSV', 'stop.csv', 'Код;Имя;Телефон;E-mail\n1;"ООО ""A""";89161234567;A@example.com\n2;Б;;b@example.com\nИтого;2\n'],
  ['JSON lines', 'stop.jsonl', '{"phone": "8 916 123-45-67", "email": "a@example.com"}\n{"email": "b@example.com"}\n'],
  [
    'a workbook',
    'stop.xls',
    '<table><tr><td>Стоп-лист</td></tr><tr><td>Имя</td><td>Телефон</td><td>Почта</td></tr><tr><td>А</td><td>89161234567</td><td>a@example.com</td></tr><tr><td>Б</td><td></td><td>b@example.com</td></tr></table>',
  ],
])('%s: every phone and e-mail of a table that an import reads', async (_, file, content) => {
  const desk = await openBookDesk()
  desk.write(file, content)
  expect(await desk.run('block', file)).toMatchObject({ code: 0, out: 'Blocked 3 addresses.\n' })
  expect(blocked(desk)).toEqual(['+79161234567', 'a@example.com', 'b@example.com'])
})

test('a database is read, too; a row without an address is told, and a table without a column of them refused', async () => {
  const desk = await openBookDesk()
  const db = new Database(join(desk.folder, 'crm.db'))
  db.exec("create table people (id, name, phone); insert into people values (1, 'A', '89161234567')")
  db.close()
  expect(await desk.run('block', 'crm.db')).toMatchObject({ code: 0, out: 'Blocked 1 address.\n' })
  desk.write('bad.csv', 'name;phone\nA;\nB;89161234568\n')
  expect((await desk.run('block', 'bad.csv')).err).toContain('1 the row has neither a phone nor an e-mail (line 2)')
  desk.write('none.jsonl', '{"name": "A"}\n')
  expect(await desk.run('block', 'none.jsonl')).toMatchObject({
    code: 4,
    err: expect.stringContaining('has no column for a phone or an e-mail; its columns: "name"'),
  })
})
