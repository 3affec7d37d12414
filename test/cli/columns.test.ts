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
