// notify import from .xlsx: what an accountant saves, and what nobody should open.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { openImportDesk } from '../support/import-desk.ts'
import { numberCell, sheetRow, workbookOf, zipOf } from '../support/workbook.ts'

const EXAMPLE = join(import.meta.dirname, '../../examples/suppliers.xlsx')

test('examples/suppliers.xlsx: phones that are numbers, dates, districts of the preset', async () => {
  const desk = await openImportDesk()
  await desk.run(['timezones', '--preset', 'ru'])
  const { code, err, out } = await desk.run(['suppliers', EXAMPLE])
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('60 rows: 60 added') })
  expect(err).toContain('an .xlsx workbook, sheet "Поставщики", 10 columns\n')
  expect(err).not.toContain('without a zone')
  expect(desk.people('external_id, phone, tax_number, attributes')[0]).toEqual({
    external_id: 'П-0301',
    phone: '+79145550300',
    tax_number: '2810000019',
    attributes: '{"Договор от":"2019-01-01"}',
  })
  expect((await desk.run(['suppliers', EXAMPLE])).out).toContain('0 added, 0 changed, 60 unchanged')
  const fromPipe = await desk.run(['suppliers', '-', '--json'], { typed: readFileSync(EXAMPLE) as never })
  expect(JSON.parse(fromPipe.out)).toMatchObject({
    file: '-',
    kind: 'xlsx',
    table: 'Поставщики',
    encoding: null,
    delimiter: null,
    unchanged: 60,
  })
})

const HEADER = sheetRow(1, 'phone', 'name', 'since', 'rank', 'unsubscribed')

test('cells are read as a person sees them', async () => {
  const desk = await openImportDesk()
  desk.write(
    'list.xlsx',
    workbookOf({
      Sheet: [
        HEADER,
        sheetRow(2, numberCell('89141234567'), 'A', numberCell('44491', 1), numberCell('0.1'), '<c t="b"><v>1</v></c>'),
        sheetRow(
          4,
          numberCell('8.9141234568E10'),
          'B',
          numberCell('44491.9166666667', 2),
          numberCell('0.30000000000000004'),
        ),
        sheetRow(
          5,
          numberCell('89141234569'),
          '<c t="str"><f>A1&amp;"!"</f><v>formula</v></c>',
          '',
          numberCell('1E-7'),
        ),
        sheetRow(7, '', '', '', '', ''),
      ].join(''),
    }),
  )
  expect(await desk.run(['suppliers', 'list.xlsx'])).toMatchObject({ code: 0 })
  expect(desk.people('phone, name, attributes, unsubscribed')).toEqual([
    { phone: '+79141234567', name: 'A', attributes: '{"since":"2021-10-22","rank":"0.1"}', unsubscribed: 1 },
    { phone: '+79141234568', name: 'B', attributes: '{"since":"2021-10-22 22:00","rank":"0.3"}', unsubscribed: 0 },
    { phone: '+79141234569', name: 'formula', attributes: '{"rank":"0.0000001"}', unsubscribed: 0 },
  ])
})

test('an error of a formula is no text for a person: the row is rejected by its number in the sheet', async () => {
  const desk = await openImportDesk()
  desk.write(
    'list.xlsx',
    workbookOf({
      S: [HEADER, sheetRow(3, '89141234567', '<c t="e"><v>#N/A</v></c>'), sheetRow(4, 'letters', 'B')].join(''),
    }),
  )
  const { code, err } = await desk.run(['suppliers', 'list.xlsx'])
  expect(code).toBe(4)
  expect(err).toContain('"name" is #N/A, an error of the spreadsheet (line 3), 1 phone has')
})

test('titles above the header, an empty first sheet, merged cells beside: the table is found and told', async () => {
  const desk = await openImportDesk()
  const table = [
    sheetRow(1, 'Поставщики на 1 октября'),
    sheetRow(3, 'Телефон', 'Наименование', '', 'Область'),
    sheetRow(4, '89141234567', 'A', 'merged into the name', 'Амурская область'),
  ].join('')
  desk.write('list.xlsx', workbookOf({ Пусто: '', 'A &amp; B': table, Third: HEADER }))
  const { code, err } = await desk.run(['suppliers', 'list.xlsx'])
  expect(code).toBe(0)
  expect(err).toContain('sheet "A & B", header in row 3, 4 columns')
  expect(err).toContain('left out, without a name: column 3')
  expect(await desk.run(['suppliers', 'list.xlsx', '--sheet', 'third'])).toMatchObject({
    code: 0,
    err: expect.stringContaining('sheet "Third", 5 columns'),
  })
  expect(await desk.run(['suppliers', 'list.xlsx', '--sheet', '2'])).toMatchObject({ code: 0 })
  expect(await desk.run(['suppliers', 'list.xlsx', '--sheet', '4'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('has no sheet "4"\nThere are 1 "Пусто", 2 "A & B", 3 "Third".'),
  })
  expect(await desk.run(['suppliers', 'list.xlsx', '--sheet', 'Пусто'])).toMatchObject({ code: 4 })
})

test('a hidden sheet is passed over, unless it is named', async () => {
  const desk = await openImportDesk()
  const table = (phone: string): string => [sheetRow(1, 'phone'), sheetRow(2, phone)].join('')
  const sheets = { 'last year': table('89141234567'), 'name state="hidden"': table('89141234568') }
  const escaped = Object.fromEntries(
    Object.entries(sheets).map(([name, rows]) => [name.replaceAll('"', '&quot;'), rows]),
  )
  desk.write('list.xlsx', workbookOf(escaped, ['last year']))
  expect((await desk.run(['suppliers', 'list.xlsx'])).code).toBe(0)
  expect(desk.people('phone')).toEqual([{ phone: '+79141234568' }])
  expect((await desk.run(['suppliers', 'list.xlsx', '--sheet', 'Last year'])).code).toBe(0)
  expect(desk.people('phone')).toEqual([{ phone: '+79141234568' }, { phone: '+79141234567' }])
})

test('rejected rows of a workbook come back as CSV', async () => {
  const desk = await openImportDesk()
  const book = await writeWorkbook([
    ['phone', 'name'].map((value) => ({ value })),
    [{ value: 'x' }, { value: 'A;B' }],
  ]).toBuffer()
  desk.write('list.xlsx', book)
  expect(await desk.run(['suppliers', 'list.xlsx', '--skip-bad', '--reject-file', 'bad.csv'])).toMatchObject({
    code: 4,
  })
  expect(readFileSync(join(desk.folder, 'bad.csv'), 'utf8')).toBe(
    '\uFEFFrejected_line;rejected_reason;phone;name\n2;phone has no digits;x;"A;B"\n',
  )
})

test('zones come from a workbook too', async () => {
  const desk = await openImportDesk()
  desk.write(
    'zones.xlsx',
    workbookOf({
      S: [
        sheetRow(1, 'Часовые пояса'),
        sheetRow(2, 'Область', 'часы'),
        sheetRow(3, 'Амурская область', numberCell('9')),
      ].join(''),
    }),
  )
  expect(await desk.run(['timezones', 'zones.xlsx'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 added'),
  })
  expect(await desk.store.listDistricts()).toMatchObject([{ name: 'Амурская область', zone: 'UTC+9' }])
})

test.each([
  ['a bomb', () => zipOf({ 'xl/workbook.xml': 'x' }, { size: 300 * 1024 * 1024 }), 'would unpack to 300 MiB'],
  [
    'a bomb that says it is small',
    () => zipOf({ 'xl/workbook.xml': 'x'.repeat(300_000) }, { size: 1_000 }),
    'is a damaged ZIP archive or .xlsx workbook',
  ],
  [
    'a ZIP archive that is no workbook',
    () => zipOf({ 'letter.xml': 'dear' }),
    'is a ZIP archive, but no .xlsx workbook',
  ],
  ['half a workbook', () => workbookOf({ S: HEADER }).subarray(0, 700), 'is a damaged ZIP archive or .xlsx workbook'],
  [
    'bytes that are no deflate',
    () => zipOf({ 'xl/workbook.xml': 'x' }, { packed: Buffer.from('garbage'), size: 7 }),
    'is a damaged ZIP archive or .xlsx workbook',
  ],
  ['a workbook without its parts', () => zipOf({ 'xl/workbook.xml': '<workbook/>' }), 'cannot be read as a workbook'],
  ['a row far below', () => workbookOf({ S: HEADER + sheetRow(9_999_999, 'x') }), 'a cell in an impossible place'],
  [
    'a cell far to the right',
    () => workbookOf({ S: `<row r="9"><c r="XFE9"><v>1</v></c></row>` }),
    'a cell in an impossible place',
  ],
  [
    'a cell nowhere',
    () => workbookOf({ S: `<row r="1"><c r="A1e9"><v>1</v></c></row>` }),
    'a cell in an impossible place',
  ],
  [
    'a cell of a kind that nobody knows',
    () => workbookOf({ S: HEADER + '<row r="2"><c r="A2" t="zzz"><v>1</v></c></row>' }),
    '"phone" is a cell of an unknown kind (line 2)',
  ],
  [
    'a damaged old workbook',
    () => Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more', 'latin1'),
    'cannot be read as a workbook',
  ],
] as const)('%s is refused in words', async (_, file, words) => {
  const desk = await openImportDesk()
  desk.write('list.xlsx', file())
  const { code, out, err } = await desk.run(['suppliers', 'list.xlsx'])
  expect({ code, out }).toEqual({ code: 4, out: '' })
  expect(err).toContain(words)
  expect(err).not.toContain('    at ')
  expect(err.trimEnd().split('\n').length).toBeGreaterThan(1) // and what to do next
})

test('an archive that hides more behind its table of contents is read as that table says', async () => {
  const desk = await openImportDesk()
  const honest = workbookOf({ S: HEADER + sheetRow(2, '89141234567', 'A') })
  const hidden = deflateRawSync('y'.repeat(5_000_000))
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(hidden.length, 18)
  // in front of it: every offset of the table of contents moves
  const prefix = Buffer.concat([local, hidden])
  const moved = Buffer.from(honest)
  const end = moved.length - 22
  for (let at = moved.readUInt32LE(end + 16); at < end; at += 46 + moved.readUInt16LE(at + 28)) {
    moved.writeUInt32LE(moved.readUInt32LE(at + 42) + prefix.length, at + 42)
  }
  moved.writeUInt32LE(moved.readUInt32LE(end + 16) + prefix.length, end + 16)
  desk.write('list.xlsx', Buffer.concat([prefix, moved]))
  expect(await desk.run(['suppliers', 'list.xlsx'])).toMatchObject({ code: 0 })
  expect(desk.people()).toEqual([{ phone: '+79141234567', name: 'A' }])
})
