// notify import from what programs other than Excel call a workbook: each writes it in its own way, and all mean the same table.
import { type BookType, utils, write } from '@e965/xlsx'
import { expect, test } from 'vitest'
import { openImportDesk } from '../support/import-desk.ts'
import { numberCell, partsOf, sheetRow, workbookOf, zipOf } from '../support/workbook.ts'

const HEADER = sheetRow(1, 'phone', 'name', 'note')
const PHONE = '89141234567'

/** The people and their attributes after an import that must succeed. */
const imported = async (book: Buffer, file = 'list.xlsx'): Promise<unknown[]> => {
  const desk = await openImportDesk()
  desk.write(file, book)
  const { code, err } = await desk.run(['suppliers', file])
  expect({ code, err }).toMatchObject({ code: 0 })
  return desk.people('external_id, phone, name, tax_number, attributes, unsubscribed')
}

const ANNA = [expect.objectContaining({ phone: '+79141234567', name: 'Anna', attributes: '{"note":"x"}' })]
const SHEET = HEADER + sheetRow(2, PHONE, 'Anna', 'x')
const SHARED = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>
  <row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2" t="s"><v>5</v></c><c r="C2" t="s"><v>6</v></c></row>`
const strings = (name: string): string =>
  `<sst><si><t>phone</t></si><si><t>name</t></si><si><t>note</t></si><si><t>${PHONE}</t></si><si/>${name}<si><t>x</t></si></sst>`

test.each([
  ['cells without a place (Power BI)', workbookOf({ S: SHEET.replaceAll(/ r="[A-Z]+\d+"/g, '') })],
  ['a place on the first cell only', workbookOf({ S: SHEET.replaceAll(/ r="[B-Z]+\d+"/g, '') })],
  ['back-slashes in the archive', zipOf(partsOf({ S: SHEET }, (path) => path.replaceAll('/', '\\')))],
  ['a slash before each part', zipOf(partsOf({ S: SHEET }, (path) => `/${path}`))],
  [
    'shared strings, one of them empty',
    zipOf({ ...partsOf({ S: SHARED }), 'xl/sharedStrings.xml': strings('<si><t>Anna</t></si>') }),
  ],
  [
    'shared strings with a capital',
    zipOf({ ...partsOf({ S: SHARED }), 'xl/SharedStrings.xml': strings('<si><t>Anna</t></si>') }),
  ],
  [
    'a shared string in CDATA',
    zipOf({ ...partsOf({ S: SHARED }), 'xl/sharedStrings.xml': strings('<si><t><![CDATA[Anna]]></t></si>') }),
  ],
  [
    'a shared string in pieces, with a reading aid and a comment',
    zipOf({
      ...partsOf({ S: SHARED }),
      'xl/sharedStrings.xml': strings(
        '<si><t>A</t><r><t>n<!-- here --></t></r><r><t>na</t></r><rPh sb="0" eb="1"><t>アンナ</t></rPh></si>',
      ),
    }),
  ],
  ['a text of its own in CDATA', workbookOf({ S: SHEET.replace('<t>Anna</t>', '<t><![CDATA[Anna]]></t>') })],
  ['a text of its own in pieces', workbookOf({ S: SHEET.replace('<t>Anna</t>', '<t>An</t><r><t>na</t></r>') })],
  [
    'a workbook under another name',
    zipOf(partsOf({ S: SHEET }, (path) => path.replace('workbook.xml', 'book2.xml'), 'xl/book2.xml')),
  ],
  ['a workbook at the root', zipOf(partsOf({ S: SHEET }, (path) => path.replace(/^xl\//, ''), 'workbook.xml'))],
])('%s', async (_, book) => {
  expect(await imported(book)).toEqual(ANNA)
})

test('numbers are read as their format shows them, and a code keeps its zeros', async () => {
  const formats = [
    '00000',
    '0%',
    '#,##0.00\\ "руб."',
    '0000000000',
    '#,##0',
    '[$-419]0.0',
    'h:mm',
    'd mmm yyyy',
    '[h]:mm',
    '@',
    '0.00E+00',
  ]
  const values = [
    '123',
    '0.1',
    '1234.5',
    '712345678',
    '1234',
    '0.25',
    '44491.5',
    '44491',
    '1.5',
    '44491',
    '79141234567',
  ]
  const headings = ['Код', 'Скидка', 'Долг', 'ИНН', 'Сумма', 'Доля', 'Время', 'День', 'Часы', 'Текст', 'Телефон']
  const cells = values.map((value, i) => numberCell(value, i + 1))
  const people = await imported(workbookOf({ S: sheetRow(1, ...headings) + sheetRow(2, ...cells) }, [], formats))
  expect(people).toMatchObject([{ external_id: '00123', phone: '+79141234567', tax_number: '0712345678' }])
  expect(JSON.parse(Object.assign({ attributes: '' }, people[0]).attributes)).toEqual({
    Скидка: '10%',
    Долг: '1 234,50 руб.',
    Сумма: '1234',
    Доля: '0,3',
    Время: '12:00',
    День: '2021-10-22',
    Часы: '36:00',
    Текст: '44491',
  })
})

test.each([
  ['date1904="1"', '2021-10-22'],
  ['date1904="true"', '2021-10-22'],
  ['date1904="false"', '2017-10-21'],
])('days are counted as the workbook says: %s', async (setting, day) => {
  const row = sheetRow(2, PHONE, 'Anna', numberCell('43029', 1))
  const parts = partsOf({ S: HEADER + row })
  const book = parts['xl/workbook.xml']?.replace('<sheets>', `<workbookPr ${setting}/><sheets>`) ?? ''
  expect(await imported(zipOf({ ...parts, 'xl/workbook.xml': book }))).toMatchObject([
    { attributes: `{"note":"${day}"}` },
  ])
})

test.each([
  ['10:10:10', '10:10:10'],
  ['2015-06-19T00:00:00', '2015-06-19'],
  ['2015-06-19T22:30:00.000', '2015-06-19 22:30'],
  ['2015-06-19', '2015-06-19'],
])('a date in letters: %s', async (iso, text) => {
  const row = sheetRow(2, PHONE, 'Anna', `<c t="d"><v>${iso}</v></c>`)
  expect(await imported(workbookOf({ S: HEADER + row }))).toMatchObject([{ attributes: `{"note":"${text}"}` }])
})

test('a yes in words is a yes', async () => {
  const rows = sheetRow(1, 'phone', 'unsubscribed') + sheetRow(2, PHONE, '<c t="b"><v>true</v></c>')
  expect(await imported(workbookOf({ S: rows }))).toMatchObject([{ unsubscribed: 1 }])
})

test.each([
  ['a name', '<c><f>B1&amp;"!"</f><v/></c>', ''],
  ['a name, without any value', '<c><f>B1&amp;"!"</f></c>', ''],
  ['consent', 'Anna', '<c><f>TRUE()</f><v></v></c>'],
])('a formula without its result is no blank: %s', async (_, name, unsubscribed) => {
  const desk = await openImportDesk()
  const rows = sheetRow(1, 'phone', 'name', 'unsubscribed') + sheetRow(2, PHONE, name, unsubscribed)
  desk.write('list.xlsx', workbookOf({ S: rows + sheetRow(3, '89141234568', 'Boris') }))
  const { code, err } = await desk.run(['suppliers', 'list.xlsx', '--skip-bad'])
  expect(code).toBe(4)
  expect(err).toContain('is a formula without its result: save the workbook in a spreadsheet program (line 2)')
  expect(desk.people('name')).toEqual([{ name: 'Boris' }])
})

test('rows that a filter hides are read, and told', async () => {
  const desk = await openImportDesk()
  const hidden = sheetRow(3, '89141234568', 'Boris').replace('<row', '<row hidden="1"')
  desk.write('list.xlsx', workbookOf({ S: SHEET + hidden }))
  const { code, err } = await desk.run(['suppliers', 'list.xlsx'])
  expect(code).toBe(0)
  expect(err).toContain('an .xlsx workbook, sheet "S", 1 row hidden there is read too, 3 columns')
  expect(desk.people('name')).toEqual([{ name: 'Anna' }, { name: 'Boris' }])
})

test('a stray format in the last row of the sheet makes no million rows', async () => {
  expect(await imported(workbookOf({ S: `${SHEET}<row r="1048576"><c r="XFD1048576" s="1"/></row>` }))).toEqual(ANNA)
})

test.each([
  ['biff8', 'list.xls', 'an .xls workbook', 'Анна'],
  ['biff5', 'list.xls', 'an .xls workbook', 'Anna'],
  ['biff2', 'list.xls', 'an .xls workbook', 'Anna'],
  ['ods', 'list.ods', 'an .ods workbook', 'Анна'],
  ['xlsb', 'list.xlsb', 'an .xlsx workbook', 'Анна'],
  ['xlml', 'list.xls', 'a table of HTML or XML', 'Анна'],
  ['html', 'list.xls', 'a table of HTML or XML', 'Анна'],
] as const satisfies readonly (readonly [BookType, string, string, string])[])(
  '%s as %s',
  async (bookType, file, words, name) => {
    const desk = await openImportDesk()
    const book = utils.book_new()
    utils.book_append_sheet(
      book,
      utils.aoa_to_sheet([
        ['phone', 'name', 'note'],
        [PHONE, name, 'x'],
      ]),
      'List',
    )
    desk.write(file, Buffer.from(write(book, { type: 'buffer', bookType }) as Uint8Array))
    const { code, err } = await desk.run(['suppliers', file])
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining(words) })
    expect(desk.people('phone, name, attributes')).toEqual([
      { phone: '+79141234567', name, attributes: '{"note":"x"}' },
    ])
  },
)

test('a table of HTML keeps its zeros, whatever it is called; one without a header is refused in a line', async () => {
  const desk = await openImportDesk()
  const table = (header: string): string =>
    `<html><meta charset="windows-1251"><table>${header}<tr><td>00123</td><td>${PHONE}</td><td>Анна</td></tr></table></html>`
  desk.write('list.xls', table('<tr><td>Код</td><td>Телефон</td><td>Наименование</td></tr>'))
  expect((await desk.run(['suppliers', 'list.xls'])).code).toBe(0)
  expect(desk.people('external_id, phone, name')).toEqual([
    { external_id: '00123', phone: '+79141234567', name: 'Анна' },
  ])
  desk.write('bare.xls', table('').repeat(2_000))
  const { code, err } = await desk.run(['suppliers', 'bare.xls'])
  expect(code).toBe(4)
  expect(err.length).toBeLessThan(500)
})
