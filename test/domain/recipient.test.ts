// A record of a table -> a recipient, or what is wrong with it.
import { expect, test } from 'vitest'
import { type Column, type Field, recipientParser } from '../../src/domain/recipient.ts'

const field = (name: Field): Column => ({ kind: 'field', field: name })
const attribute = (name: string): Column => ({ kind: 'attribute', name })

type Cell = readonly [column: Column | Field, text: string]

/** Parses one record, given as column -> cell. */
const parse = (...cells: readonly Cell[]) =>
  recipientParser(
    cells.map(([column]) => (typeof column === 'string' ? field(column) : column)),
    'RU',
  )(cells.map(([, cell]) => cell))

const draftOf = (...cells: readonly Cell[]) => {
  const parsed = parse(...cells)
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.draft
}

test('a full record', () => {
  expect(
    draftOf(
      ['externalId', ' S-17 '],
      ['name', 'ООО «Ромашка»'],
      ['contactPerson', 'Иванова Анна'],
      ['phone', '8 (916) 123-45-67'],
      ['email', 'Info@Romashka.RU'],
      ['taxNumber', '7701234567'],
      ['address', 'ул. Ленина, д. 5'],
      ['district', ' Амурская обл. '],
      ['zone', 'МСК+6'],
      ['tags', 'опт, vip | опт,'],
      ['unsubscribed', 'нет'],
      ['unsubscribedByAdmin', 'ДА'],
      [attribute('Рейтинг'), '5'],
    ),
  ).toEqual({
    externalId: 'S-17',
    name: 'ООО «Ромашка»',
    contactPerson: 'Иванова Анна',
    phone: '+79161234567',
    operatorCode: '916',
    email: 'info@romashka.ru',
    taxNumber: '7701234567',
    address: 'ул. Ленина, д. 5',
    district: 'Амурская обл.',
    districtId: null,
    zone: 'UTC+9',
    tags: ['опт', 'vip'],
    unsubscribed: false,
    unsubscribedByAdmin: true,
    attributes: { Рейтинг: '5' },
  })
})

test('blank cells say nothing', () => {
  expect(
    draftOf(['phone', '89161234567'], ['name', '  '], ['zone', ''], ['tags', ' , '], [attribute('a'), '']),
  ).toMatchObject({
    name: null,
    zone: null,
    district: null,
    externalId: null,
    tags: [],
    unsubscribed: false,
    attributes: {},
  })
})

test.each<[cells: readonly Cell[], reason: string]>([
  [
    [
      ['phone', ''],
      ['email', ''],
    ],
    'the row has neither a phone nor an e-mail',
  ],
  [[['name', 'x']], 'the row has neither a phone nor an e-mail'],
  [[['phone', '8916ABC4567']], 'phone has letters'],
  [
    [
      ['phone', '89161234567'],
      ['email', 'a@b.ru,c@d.ru'],
    ],
    'e-mail has , ; < or > (one plain address is wanted)',
  ],
  [
    [
      ['phone', '89161234567'],
      ['zone', 'Mars/Base'],
    ],
    'unknown zone "Mars/Base"',
  ],
  [
    [
      ['phone', '89161234567'],
      ['unsubscribed', 'maybe'],
    ],
    'whether they unsubscribed is neither yes nor no',
  ],
  [
    [
      ['phone', '89161234567'],
      ['unsubscribedByAdmin', 'since March'],
    ],
    'whether they unsubscribed is neither yes nor no',
  ],
  [
    [
      ['phone', '89161234567'],
      ['address', 'a\0b'],
    ],
    'the row has a NUL character',
  ],
])('%j is refused', (cells, reason) => {
  expect(parse(...cells)).toEqual({ ok: false, reason })
})

test.each([
  ['da', null],
  ['да', true],
  ['+', true],
  ['1', true],
  ['TRUE', true],
  ['ИСТИНА', true],
  ['Отписан', true],
  ['0', false],
  ['нет', false],
  ['-', false],
  ['', false],
])('unsubscribed %j is %s', (cell, expected) => {
  const parsed = parse(['phone', '89161234567'], ['unsubscribed', cell])
  expect(parsed.ok ? parsed.draft.unsubscribed : null).toBe(expected)
})

test('a row that ends early has blank cells at its end; more cells than the header must be blank', () => {
  const parser = recipientParser([field('name'), field('phone'), field('email')], 'RU')
  expect(parser(['a', '89161234567'])).toMatchObject({ ok: true, draft: { phone: '+79161234567', email: null } })
  expect(parser(['a', '89161234567', '', '', ' '])).toMatchObject({ ok: true, draft: { phone: '+79161234567' } })
  expect(parser(['a'])).toEqual({ ok: false, reason: 'the row has 1 cell, the header has 3' })
  expect(parser(['a', '89161234567', '', 'b'])).toEqual({ ok: false, reason: 'the row has 4 cells, the header has 3' })
})

test('what nobody sees says nothing in a name, a phone or an e-mail; joiners stay in a name', () => {
  const draft = draftOf(
    ['phone', '\u202a+7 916 555\u2060-00-01\u202c'],
    ['email', '\u200banna\u00ad@exa\u200dmple.com'],
    ['name', '\u200bBo\u00adris\u200b \ufeff'],
    ['unsubscribed', '\u200eда'],
    ['contactPerson', 'Сара 👩\u200d⚕\ufe0f'],
  )
  expect(draft).toMatchObject({
    phone: '+79165550001',
    email: 'anna@example.com',
    name: 'Boris',
    unsubscribed: true,
    contactPerson: 'Сара 👩\u200d⚕\ufe0f',
  })
})

test('lost letters are the fault of their row where they are read', () => {
  const columns = [field('phone'), field('name'), { kind: 'ignored' } as const, attribute('note')]
  const parser = recipientParser(columns, 'RU')
  expect(parser(['89161234567', 'Анна', 'x\ufffd', ''])).toMatchObject({ ok: true })
  expect(parser(['89161234567', 'Ан\ufffdа', '', ''])).toEqual({
    ok: false,
    reason: 'letters of "name" are lost (\ufffd stands for them)',
  })
  expect(parser(['89161234567', 'Анна', '', '\ufffd'])).toMatchObject({
    ok: false,
    reason: 'letters of "note" are lost (\ufffd stands for them)',
  })
})

test('a district is named by its name, else by its number', () => {
  expect(draftOf(['phone', '89161234567'], ['district', 'Амурская область'], ['districtId', '28']).district).toBe(
    'Амурская область',
  )
  expect(draftOf(['phone', '89161234567'], ['district', ''], ['districtId', '28']).district).toBe('28')
})

test('a phone cell that says more than one number is kept whole', () => {
  const draft = draftOf(['phone', '8 916 123-45-67, 8 495 765-43-21'])
  expect(draft.phone).toBe('+79161234567')
  expect(draft.attributes).toEqual({ phones: '8 916 123-45-67, 8 495 765-43-21' })
})

test('columns may have the names of what every object has: they are data', () => {
  const { attributes } = draftOf(
    ['phone', '89161234567'],
    [attribute('__proto__'), 'x'],
    [attribute('constructor'), 'y'],
  )
  expect(Object.entries(attributes)).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ])
  expect(JSON.stringify(attributes)).toBe('{"__proto__":"x","constructor":"y"}')
  expect(Object.hasOwn({}, 'x')).toBe(false)
})

test('an ignored column is read and left out', () => {
  expect(draftOf(['phone', '89161234567'], [{ kind: 'ignored' }, '495']).attributes).toEqual({})
})
