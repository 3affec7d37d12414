// Texts: what a recipient reads, what an operator is told when a text cannot be used.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fixable } from '../../src/domain/errors.ts'
import type { RecipientValues } from '../../src/domain/message.ts'
import { parseText, textOfRecipients } from '../../src/domain/text.ts'
import { TEXT_COLUMNS } from '../../src/domain/text-columns.ts'

const romashka: RecipientValues = {
  externalId: 'A-17',
  phone: '+79161234567',
  email: 'office@romashka.example',
  operatorCode: '916',
  name: 'ООО «Ромашка»',
  contactPerson: 'Анна',
  taxNumber: '7701234567',
  address: 'ул. Ленина, 1',
  district: 'Амурская область',
  zone: 'Asia/Yakutsk',
  attributes: '{"Скидка":"5 %","Номер договора":"12/3","__proto__":"own"}',
}

const read = (text: string, recipient = romashka): string => textOfRecipients(text).render(recipient)

test.each([
  ['Здравствуйте, {{ name }}!', 'Здравствуйте, ООО «Ромашка»!'],
  ['{{name}} {{   inn   }} {{tax_number}}', 'ООО «Ромашка» 7701234567 7701234567'],
  ['{{ external_id }}={{ id }}', 'A-17=A-17'],
  ['Скидка {{ Скидка }}', 'Скидка 5 %'],
  ['{{ ["Номер договора"] }}', '12/3'],
  ['{{ name | upcase | truncate: 7, "…" }}', 'ООО «Р…'],
  ['{% if district == "Амурская область" %}далеко{% else %}близко{% endif %}', 'далеко'],
  ['{%- assign x = inn | plus: 1 -%} {{ x }}', '7701234568'],
  ['{{- name -}} .', 'ООО «Ромашка».'],
  ['no variables, { braces } and }} stay', 'no variables, { braces } and }} stay'],
  ['{{ __proto__ }}', 'own'],
  ['<{{ name }}> & "quotes"', '<ООО «Ромашка»> & "quotes"'],
])('%j reads %j', (text, expected) => {
  expect(read(text)).toBe(expected)
})

test.each([
  ['Здравствуйте, {{ contact_person }}!', 'Здравствуйте, !'],
  ['Здравствуйте, {{ contact_person | default: "друг" }}!', 'Здравствуйте, друг!'],
  ['{% if contact_person %}да{% else %}нет{% endif %}', 'нет'],
  ['{{ Скидка }}{{ constructor }}{{ toString }}', ''],
])('what this recipient lacks is empty: %j reads %j', (text, expected) => {
  const stranger = { ...romashka, contactPerson: null, attributes: null }
  expect(read(text, stranger)).toBe(expected)
})

test('values are filled in once and never read as a text again', () => {
  const sly = { ...romashka, name: '{{ phone }} {% raw %} <%= phone %>' }
  expect(read('{{ name }}', sly)).toBe('{{ phone }} {% raw %} <%= phone %>')
  expect(read('{{ name | strip }}', sly)).toBe('{{ phone }} {% raw %} <%= phone %>')
})

test.each([
  ['no variables', [], true],
  ['{{ name }} {{ name }} {{ Скидка }}', ['name', 'Скидка'], false],
  ['{{ nme | default: "x" }}', ['nme'], false],
  ['{% assign x = city %}{{ x }} {{ street.house }}', ['city', 'street'], false],
])('%j names %j', (text, variables, isStatic) => {
  expect(parseText(text)).toMatchObject({ variables, isStatic })
})

test('every column has a value of its own in a text', () => {
  expect(TEXT_COLUMNS.filter((column) => read(`{{ ${column} }}`) === '')).toEqual([])
})

test('columns come before attributes of the same name', () => {
  expect(read('{{ name }}', { ...romashka, attributes: '{"name":"other"}' })).toBe('ООО «Ромашка»')
})

test('only the columns that a text names are asked for', () => {
  expect(textOfRecipients('{{ name }} {{ inn }} {{ tax_number }}').columns).toEqual(['name', 'taxNumber'])
  expect(textOfRecipients('{{ Скидка }}').columns).toEqual(['attributes'])
  expect(textOfRecipients('nothing').columns).toEqual([])
})

test.each([
  ['Hi {{ name', 'line 1, column 4: output "{{ name" not closed'],
  ['one\ntwo {{ name | shout }}', 'line 2, column 5: undefined filter: shout'],
  ['{% if name %}x', 'line 1, column 1: tag {% if name %} not closed'],
  ['{{ }}', 'line 1, column 4'],
  ['{% include "/etc/passwd" %}', 'tag "include" not found'],
  ['{% render "x" %}', 'tag "render" not found'],
  ['{{ "now" | date: "%Y" }}', 'undefined filter: date'],
  ['{% for i in (1..100000000) %}x{% endfor %}', 'limit exceeded'],
  [
    '{% for a in (1..999) %}{% for b in (1..999) %}{% for c in (1..999) %}.{% endfor %}{% endfor %}{% endfor %}',
    'limit',
  ],
  ['x'.repeat(100_001), 'longer than 100000 characters'],
  ['a\0b', 'NUL'],
])('%.60j cannot be used: %s', (text, why) => {
  expect(() => parseText(text)).toThrow(Fixable)
  expect(() => parseText(text)).toThrow(why)
})

test('the fast way and the full language read the same', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }).filter((text) => !/[{\0]/.test(text)),
    fc.constantFrom('{{ name }}', '{{inn}}', '{{ missing }}', '}}', '%}', '\n'),
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('')
      expect(read(text)).toBe(read(`{% comment %}{% endcomment %}${text}`))
    }),
  )
})
