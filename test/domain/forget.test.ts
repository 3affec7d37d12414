// A person is taken out of what strangers wrote, however it is spelled there; what happened can still be read.
import { expect, test } from 'vitest'
import { forgetting, ownWords } from '../../src/domain/forget.ts'

const forget = forgetting({
  phones: ['+79161234567'],
  emails: ['anna.k@example.com', 'k@xn--e1afmkfd.xn--p1ai'],
  names: ['Анна Королёва', 'Anna Koroleva', 'ООО «Ли»'],
  values: ['ул. Ленина, д. 5', '7707083893', '12', 'VIP-карта'],
  texts: ['Уважаемая Анна, ваш код 4711 ждёт на складе'],
})

test.each([
  ['gateway answered 400: bad number +79161234567', 'gateway answered 400: bad number …'],
  ['gateway answered 400: bad number 8 (916) 123-45-67!', 'gateway answered 400: bad number …!'],
  ['gateway answered 400: 916 123 45 67', 'gateway answered 400: …'],
  ['gateway answered 400: 0079161234567', 'gateway answered 400: …'],
  ['said of 8.916.123.45.67 and 123-45-67', 'said of … and …'],
  ['no mailbox anna.k@example.com, Anna.K%40EXAMPLE.com', 'no mailbox …, …'],
  ['no mailbox k@пример.рф', 'no mailbox …'],
  ['по просьбе Анны Королёвой', 'по просьбе …'],
  ['по просьбе А. КОРОЛЕВОЙ', 'по просьбе А. …'],
  ['{"error":"\\u0410\\u043d\\u043d\\u0430 unknown"}', '{"error":"… unknown"}'],
  ['subscriber ANNA KOROLEVA is blocked', 'subscriber … is blocked'],
  ['subscriber Anna Korol…', 'subscriber …'],
  ['доставка на ул.  Ленина, д. 5 невозможна', 'доставка на … невозможна'],
  ['ИНН 7707083893 или 7707 083 893', 'ИНН … или …'],
  ['нет скидки по vip-карта', 'нет скидки по …'],
  ['rejected text: уважаемая анна, ваш код 4711 ждёт', 'rejected text: …'],
])('%s', (said, left) => {
  expect(forget(said)).toBe(left)
})

test.each([
  'gateway answered 412 without a yes: nothing',
  'it may have been taken; its time ran out before that was known',
  'no connection in 10 s',
  'number +79161234568 is another',
  'Annabel and Банан are others',
  '{"error":"\\u2028"}',
])('stays: %s', (said) => {
  expect(forget(said)).toBe(said)
})

test('of nobody nothing is taken out', () => {
  expect(forgetting({ phones: [], emails: [], names: [], values: [], texts: [] })('Anna')).toBe('Anna')
})

test("what is left of a gateway's words where nobody knows any more whom they are about", () => {
  expect(ownWords('gateway answered 400: Anna: unknown; it is repeated once')).toBe('gateway answered 400')
  expect(ownWords('no answer in 10 s')).toBe('no answer in 10 s')
})
