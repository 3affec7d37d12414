// H1, H3, H4, H5: files that change while they are read, a hundred thousand columns, cells that take a careless reader an hour,
// tables of zones nested until the stack is full.
import { appendFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openInput } from '../../src/cli/input/file.ts'
import { headerKey } from '../../src/cli/input/header-names.ts'
import type { Clock } from '../../src/clock.ts'
import { parseTags } from '../../src/domain/cell.ts'
import { consentHeading, parsePermission, parseRefusal, saysRefusal } from '../../src/domain/consent.ts'
import { parseEmail } from '../../src/domain/email.ts'
import { phoneParser } from '../../src/domain/phone.ts'
import { visible } from '../../src/domain/visible.ts'
import { districtKey, parseZone } from '../../src/domain/zone.ts'
import { districtStore } from '../../src/store/sqlite/districts.ts'
import { handStore } from '../../src/store/sqlite/hands.ts'
import { recipientStore } from '../../src/store/sqlite/recipients.ts'
import { fakeCli } from '../support/cli.ts'
import { handClock } from '../support/clock.ts'
import { temporaryConnection, temporaryFolder } from '../support/database.ts'
import { encode } from '../support/encode.ts'

const clock: Clock = handClock('2021-10-21T18:50:00Z')

const openDesk = async () => {
  const cwd = temporaryFolder()
  const connection = await temporaryConnection(clock)
  const store = { ...recipientStore(connection, clock), ...districtStore(connection), ...handStore(connection) }
  const { run } = fakeCli({ store, clock, cwd, app: { config: { country: 'RU' } as never } })
  const count = (): unknown => connection.db.prepare('select count(*) from recipients').pluck().get()
  return {
    connection,
    count,
    run: async (kind: string, name: string, content: string | Buffer, ...flags: readonly string[]) => {
      writeFileSync(join(cwd, name), content)
      return run('import', kind, name, ...flags)
    },
  }
}

test.each<[string, (file: string) => void]>([
  ['grows', (file) => appendFileSync(file, '89160000009;Z\n')],
  ['shrinks', (file) => truncateSync(file, 400_000)],
  ['is written anew', (file) => utimesSync(file, 1, 1)],
])('a file that %s while it is read is refused', async (_, change) => {
  const cwd = temporaryFolder()
  const file = join(cwd, 'list.csv')
  writeFileSync(file, '89161234567;A\n'.repeat(50_000))
  const { cli } = fakeCli({ store: {}, clock, cwd })
  const input = await openInput(cli, 'list.csv')
  const readAll = async (): Promise<void> => {
    for await (const chunk of input.chunks) if (input.bytesRead() === chunk.length) change(file)
  }
  await expect(readAll()).rejects.toMatchObject({
    exit: 'input',
    message: '"list.csv" changed while it was read',
    hint: 'Run it again when nobody is writing the file.',
  })
})

test('the same file twice: the second time nothing changes', async () => {
  const desk = await openDesk()
  const table = `phone;name\n${Array.from({ length: 3_000 }, (_, i) => `8916${String(i).padStart(7, '0')};N ${i}\n`).join('')}`
  expect((await desk.run('suppliers', 'list.csv', table)).out).toContain('3000 added, 0 changed, 0 unchanged')
  expect((await desk.run('suppliers', 'list.csv', table)).out).toContain('0 added, 0 changed, 3000 unchanged')
})

test('a hundred thousand columns: read in seconds, a row that has one cell more is rejected, and no message lists them all', async () => {
  const desk = await openDesk()
  const names = Array.from({ length: 99_999 }, (_, i) => `c${i}`)
  const cells = names.map((name) => `of ${name}`)
  const rows = [
    ['phone', ...names],
    ['89161234561', ...cells],
    ['89161234562', ...cells, 'more'],
  ]
  const table = rows.map((row) => `${row.join(';')}\n`).join('')
  const began = performance.now()
  const { code, err } = await desk.run('suppliers', 'wide.csv', table, '--skip-bad')
  expect(performance.now() - began).toBeLessThan(10_000)
  expect(code).toBe(4)
  expect(err).toContain('1 the row has 100001 cells, the header has 100000 (line 3)')
  expect(err.length).toBeLessThan(5_000)
  const stored = desk.connection.db.prepare<[], string>('select attributes from recipients').pluck().all()
  expect(stored).toHaveLength(1)
  expect(JSON.parse(stored[0] ?? '')).toEqual(Object.fromEntries(names.map((name, i) => [name, cells[i]])))
}, 60_000)

test('windows-1252 is not latin1: quotes, dashes and the euro stay what they are', async () => {
  const desk = await openDesk()
  const table = encode('phone;name\n+4930123456;“Müller” – 5 € ‚š’\n', 'windows-1252')
  expect(await desk.run('suppliers', 'de.csv', table, '--encoding', 'windows-1252')).toMatchObject({ code: 0 })
  expect(desk.connection.db.prepare('select name from recipients').pluck().all()).toEqual(['“Müller” – 5 € ‚š’'])
})

const UNITS = [
  ' ',
  '8',
  '8 ',
  ',',
  '8,',
  '(',
  ')',
  '+',
  '#',
  'т',
  'доб',
  'тел ',
  'x',
  'О',
  '.',
  '8.0',
  '٨',
  '8/9 ',
  '-',
  '\t',
  '@',
  'a.',
  '😀',
]
const AROUND = [
  ['', ''],
  ['8', '9'],
  ['8 916 123 45 67', 'x'],
  ['a', 'b@c.ru'],
  ['(', ')'],
] as const
const READERS: readonly (readonly [name: string, read: (cell: string) => unknown])[] = [
  ['phone', phoneParser('RU')],
  ['e-mail', parseEmail],
  ['zone', parseZone],
  ['district', districtKey],
  ['tags', parseTags],
  ['refusal', parseRefusal],
  ['permission', parsePermission],
  ['refusal of an attribute', saysRefusal],
  ['consent in a heading', consentHeading],
  ['header', headerKey],
  ['shown', visible],
]

test.each(READERS)('a cell of 300,000 characters takes no time: %s', (_, read) => {
  for (const unit of UNITS) {
    for (const [before, after] of AROUND) {
      const began = performance.now()
      read(before + unit.repeat(Math.ceil(300_000 / unit.length)) + after)
      expect(performance.now() - began, JSON.stringify([before, unit, after])).toBeLessThan(2_000)
    }
  }
})

test.each([
  ['1', 'phone is too short'],
  ['+', 'phone has no digits'],
  ['4'.repeat(40), 'phone is too long'],
  ['8916123456O7A', 'phone has letters'],
  [`8${' '.repeat(600)}9161234567 12`, 'phone is too long'],
])('the phone %.20j is refused: %s', (cell, reason) => {
  expect(phoneParser('RU')(cell)).toEqual({ ok: false, reason })
})

test.each([
  ['a(comment)@b.ru'],
  ['"evil@a x"@b'],
  ['a@b.ru,c@d.ru'],
  ['a\r\nBcc: c@d.ru'],
  [`${'a'.repeat(320)}@b.ru`],
])('the e-mail %.30j is refused', (cell) => {
  expect(parseEmail(cell)).toMatchObject({ ok: false })
})

test('a table of zones that is nested, huge or a prototype is data or refused in words', async () => {
  const desk = await openDesk()
  const deep = `{"a": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`
  expect((await desk.run('timezones', 'deep.json', deep)).err).toContain('1 unknown zone "[…]" (line 1)')
  expect((await desk.run('timezones', 'object.json', '{"a": {"b": 3}, "c": null, "d": true}')).err).toContain(
    'rejected',
  )
  const plain = await desk.run('timezones', 'proto.json', '{"__proto__": 3, "constructor": "Europe/Moscow"}')
  expect(plain).toMatchObject({ code: 0 })
  const kept = await districtStore(desk.connection).listDistricts()
  expect(kept.map(({ name, zone }) => [name, zone])).toEqual([
    ['__proto__', 'UTC+3'],
    ['constructor', 'Europe/Moscow'],
  ])
  const broken = await desk.run('timezones', 'bytes.json', Buffer.from('{"\xff": 3}', 'latin1'), '--encoding', 'utf-8')
  expect(broken.err).toContain('"bytes.json" is not utf-8: line 1, byte 3 of the file')
})
