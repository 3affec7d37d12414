// Which header is which field.
import { expect, test } from 'vitest'
import { planColumns } from '../../src/cli/input/columns.ts'
import { FIELD_NAMES, headerKey, knownField } from '../../src/cli/input/header-names.ts'
import { FIELDS } from '../../src/domain/recipient.ts'

test.each([
  ['Телефон', 'phone'],
  ['тел.', 'phone'],
  ['Мобильный_телефон', 'phone'],
  ['E-mail', 'email'],
  ['Эл. почта', 'email'],
  ['НАИМЕНОВАНИЕ', 'name'],
  ['ФИО', 'name'],
  ['contact_person', 'contactPerson'],
  ['Контактное лицо', 'contactPerson'],
  ['ИНН', 'taxNumber'],
  ['tax number', 'taxNumber'],
  ['Регион', 'district'],
  ['district_id', 'districtId'],
  ['Часовой пояс', 'zone'],
  ['TimeZone', 'zone'],
  ['Тэги', 'tags'],
  ['External ID', 'externalId'],
  ['Код', 'externalId'],
  ['subscription_cancelled', 'unsubscribed'],
  ['Отписан', 'unsubscribed'],
  ['subscription_admin', 'unsubscribedByAdmin'],
  ['отписан администратором', 'unsubscribedByAdmin'],
  ['mobile_operator_code', 'ignored'],
  ['Рейтинг', null],
  ['constructor', null],
])('%s is %s', (header, field) => {
  expect(knownField(header)).toBe(field)
})

test('every field can be named in --map by the name it is told by', () => {
  for (const field of FIELDS) expect(knownField(FIELD_NAMES[field])).toBe(field)
})

test('ё and е are one letter, however it is composed', () => {
  expect(headerKey('Отчётность')).toBe(headerKey('Отчётность'.normalize('NFD')))
  expect(headerKey('Отчётность')).toBe(headerKey('ОТЧЕТНОСТЬ'))
})

test.each([
  [['Код', 'Телефон (моб.)', 'Область'], '--map phone="Телефон (моб.)"'],
  [['Код', 'Номер'], '--map phone="HEADER"'],
])('no column for an address in %o: it is guessed from its words, or from nothing', (header, hint) => {
  expect(() => planColumns(header, [], '"x.csv"')).toThrow(
    expect.objectContaining({ hint: expect.stringContaining(hint) }),
  )
})

test('what --map takes is no longer taken by its usual name', () => {
  const mapping = { name: 'phone', header: 'Факс' }
  expect(planColumns(['Телефон', 'факс', ''], [mapping], '"x.csv"')).toEqual([
    { kind: 'attribute', name: 'Телефон' },
    { kind: 'field', field: 'phone' },
    { kind: 'ignored' },
  ])
  expect(() => planColumns(['Телефон', 'Факс'], [mapping, mapping], '"x.csv"')).toThrow('twice')
})

const fieldsOf = (...header: readonly string[]): unknown[] =>
  planColumns(header, [], '"x.csv"').map((column) => (column.kind === 'field' ? column.field : column.kind))

test("accounting's words are known; where two say the same, one is it and the other an attribute", () => {
  expect(fieldsOf('Код', 'Контрагент', 'Телефон контрагента', 'Юридический адрес', 'Группа', 'Не отправлять')).toEqual([
    'externalId',
    'name',
    'phone',
    'address',
    'tags',
    'unsubscribed',
  ])
  expect(fieldsOf('Фирма', 'ФИО', 'Телефон', 'Фактический адрес', 'Юридический адрес', 'ИНН клиента')).toEqual([
    'attribute',
    'name',
    'phone',
    'attribute',
    'address',
    'taxNumber',
  ])
  expect(() => fieldsOf('Имя', 'Рабочий телефон', 'Основной телефон')).toThrow('are both taken for phone')
})

test.each([
  [['First Name', 'Phone'], '--map name="First Name"'],
  [['Телефон', 'Фамилия, имя'], '--map name="Фамилия, имя"'],
  [['phone', 'E-mail 1 - Value'], '--map email="E-mail 1 - Value"'],
  [['Телефон', 'Имя', 'Адрес склада'], '--map address="Адрес склада"'],
])('%o: what looks like a name or an address of people is asked about', (header, hint) => {
  expect(() => planColumns(header, [], '"x.csv"')).toThrow(
    expect.objectContaining({ hint: expect.stringContaining(hint) }),
  )
  const [name = ''] = /"(.*)"$/.exec(hint)?.slice(1) ?? []
  const columns = planColumns(header, [{ name, header: name }], '"x.csv"')
  expect(columns).toContainEqual({ kind: 'attribute', name, isMeant: true })
})

test("of Google's columns the hint names the one with the number", () => {
  const header = ['First Name', 'Phone 1 - Label', 'Phone 1 - Value']
  expect(() => planColumns(header, [], '"x.csv"')).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('--map phone="Phone 1 - Value"') }),
  )
})
