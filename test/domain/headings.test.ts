// Headings of a file as they stand, in braces: whatever characters they have, the right column is sent, or the text is refused.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseText, textOfRecipients, unknownNames } from '../../src/domain/text.ts'
import { TEXT_COLUMNS } from '../../src/domain/text-columns.ts'
import { nearestNames } from '../../src/domain/text-names.ts'

const ROW = {
  Сумма: '3 шт',
  'Сумма, руб.': '150000',
  Цена: '990',
  'Цена.опт': '700',
  'Сумма долга': '1500',
  '№ договора': '12/3',
  'Скидка, %': '5',
  '%': '7',
  '№': '8',
  '2025': '40',
  '10': 'ten',
  'Долг на 01.12.2026 (руб.)': '77',
  'Доля | остаток': '1/3',
  'Цена "опт"': '600',
  'Д\'Артаньян 3"': 'both',
  'Код [внутр.]': 'K',
  'Сумма}} итого': 'braces',
  'e-mail менеджера': 'ivan@example.com',
  'Размер.size': 'XL',
  'Первая\nстрока': 'two lines',
  and: 'A',
  true: 'T',
  'A&B = C': 'eq',
  'Сумма-долга': 'dash',
}
const HEADINGS = Object.keys(ROW)

const read = (text: string, row: Record<string, string> = ROW, known = Object.keys(row)): string =>
  textOfRecipients(text, parseText(text, known).headings).render({ name: 'Анна', attributes: JSON.stringify(row) })

const unknown = (text: string, known: readonly string[] = HEADINGS): readonly string[] =>
  unknownNames(parseText(text, known), [...TEXT_COLUMNS, ...known])

test.each(Object.entries(ROW))('{{ %s }} reads %s, with filters too', (heading, value) => {
  expect(read(`Итого: {{ ${heading} }}.`)).toBe(`Итого: ${value}.`)
  expect(read(`{{${heading}}}`)).toBe(value)
  expect(read(`{{- ${heading} | default: "0" -}}`)).toBe(value)
  expect(read(`{{ ${heading} | default: "0" }} {{ name }}`, {}, HEADINGS)).toBe('0 Анна')
  expect(unknown(`{{ ${heading} }} {{ ${heading} | upcase }}`)).toEqual([])
})

test.each([
  ['{% if Сумма, руб. == "150000" %}да{% else %}нет{% endif %}', 'да'],
  ['{% if Цена.опт and Сумма долга contains "15" %}да{% endif %}', 'да'],
  ['{% unless Скидка, % == "5" %}да{% endunless %}', ''],
  ['{%if Скидка, %%}да{%endif%}', 'да'],
  ['{% case № договора %}{% when "12/3" %}тот{% endcase %}', 'тот'],
  ['{% assign x = Сумма долга | plus: 1 %}{{ x }}', '1501'],
  ['{{ nobody | default: Сумма, руб. }}', '150000'],
  ['{{ Сумма долга | minus: Цена.опт }}', '800'],
  ['{% if Цена > 10 %}{{ 10 }}{% endif %}', 'ten'],
  ['{{ "Сумма, руб." }} {{ ["Сумма, руб."] }}', 'Сумма, руб. 150000'],
  ['{% raw %}{{ Сумма, руб. }}{% endraw %}', '{{ Сумма, руб. }}'],
  ['{{ Сумма,   руб. }}{{ Сумма\nдолга }}', '1500001500'],
  ['{{ name.size }}', '4'],
])('%j reads %j', (text, expected) => {
  expect(read(text)).toBe(expected)
})

test.each([
  ['{{ Сумма, шт }}', ['Сумма, шт'], 'Сумма, руб.'],
  ['{{ Цена.розн }}', ['Цена.розн'], 'Цена.опт'],
  ['{{ Сумма долгов | default: "0" }}', ['Сумма долгов'], 'Сумма долга'],
  ['{% if Сумма долгов > 5 %}x{% endif %}', ['Сумма долгов'], 'Сумма долга'],
  ['{% if name == "a" and Сумма, рубль > 5 %}x{% endif %}', ['Сумма, рубль'], 'Сумма, руб.'],
  ['{% for x in Код внутр %}x{% endfor %}', ['x in Код внутр'], null],
  ['{{ name upcase }}', ['name upcase'], null],
  ['{{ name["first"] }}', ['name["first"]'], null],
])('%j is refused: %j', (text, names, near) => {
  expect(unknown(text)).toEqual(names)
  if (near !== null) expect(nearestNames(names, HEADINGS)).toContain(`Did you mean {{ ${near} }}?`)
})

test('what the language cannot even read is refused by the column that it is not', () => {
  expect(() => unknown('{{ (руб.) }}')).toThrow('{{ (руб.) }} is no column')
  expect(unknown('{{ Цена "розн" }}{{ 5 % }}{{ ₽ }}')).toEqual(['Цена "розн"', '5 %', '₽'])
})

test.each([
  '{% if name == "a" or phone != "" %}{% elsif email contains "@" %}{% else %}{% endif %}',
  '{% for i in (1..3) %}{{ i }}{{ forloop.index }}{% if i == 2 %}{% break %}{% endif %}{% endfor %}',
  '{% for i in (1..3) reversed limit:2 offset: 1 %}{% cycle "a", "b" %}{% endfor %}',
  '{% case district %}{% when "a", "b" %}1{% when "c" or "d" %}2{% endcase %}',
  '{% capture x %}{{ name }}{% endcapture %}{{ x | truncate: 5, "…" }}{{ x.size }}',
  '{% comment %}{{ anything, at all }}{% endcomment %}{% raw %}{{ a b }}{% endraw %}',
  '{% if name.size > 3 and name %}{%- assign y = inn | plus: 1.5 | times: -2 -%}{{- y -}}{% endif %}',
  "{{ 'a' | default: name }}{{ ['name'] }}{{ 5 }}{{ -1.5 | round: 1 }}{{ true }}",
  '{% if name == blank or phone == empty %}x{% endif %}{% unless name %}{% endunless %}',
])('what the language has is not refused: %j', (text) => {
  expect(unknown(text)).toEqual([])
})

test('what was known as a heading when it was scheduled is the same later, whatever came to the address book since', () => {
  const text = '{{ Цена.опт }} {{ name.size }}'
  const { headings } = parseText(text, HEADINGS)
  expect(headings).toEqual(['Цена.опт'])
  const row = { ...ROW, 'name.size': 'new' }
  expect(textOfRecipients(text, headings).render({ name: 'Анна', attributes: JSON.stringify(row) })).toBe('700 4')
})

test('an error names the place and the heading as they stand in the text', () => {
  expect(() => parseText('a\n{{ Сумма, руб. | shout }}', HEADINGS)).toThrow('line 2, column 1: undefined filter: shout')
  expect(() => parseText('{{ Сумма, руб. ', HEADINGS)).toThrow('output "{{ Сумма, руб." not closed')
})

test('any heading works in braces, alone and with a filter', () => {
  const heading = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .map((text) => text.replaceAll(/\s+/g, ' ').trim())
    .filter((text) => text !== '' && !text.includes('\0') && !text.startsWith('-') && !TEXT_COLUMNS.includes(text))
  fc.assert(
    fc.property(heading, fc.array(heading), (one, others) => {
      const row = Object.fromEntries([...others, one].map((each, i) => [each, `${i}!`]))
      expect(read(`<{{ ${one} }}|{{ ${one} | upcase }}>`, row)).toBe(`<${row[one]}|${row[one]}>`)
    }),
    { numRuns: 2000 },
  )
})
