import { expect, test } from 'vitest'
import { maskPersonal } from '../../src/domain/mask.ts'

test.each([
  ['+79161234567', '+7916…67'],
  ['no such number: 79161234567.', 'no such number: 7916…67.'],
  ['8 (916) 123-45-67 is barred', '8916…67 is barred'],
  ['+7 916 123 45 67', '+7916…67'],
  ['+49\u00a030\u00a01234567', '+4930…67'],
  ['of the shortest, 1234567, two digits stay', 'of the shortest, …67, two digits stay'],
  ['12345678', '1…78'],
  ['{"phone":79161234567}', '{"phone":7916…67}'],
  ['٠٩١٦١٢٣٤٥٦٧', '٠٩١٦…٦٧'],
  ['79161234567 and 79167654321', '7916…67 and 7916…21'],
  ['06.12.34.56.78', '061…78'],
  ['916.123.45.67', '916…67'],
  ['id79161234567x', 'id7916…67x'],
  ['ivan.petrov@example.com is not here', '…@example.com is not here'],
  ['<ivan@пример.рф>', '<…@пример.рф>'],
  ['79161234567@sms.example.com', '…@sms.example.com'],
  ['http://user:secret@example.com/', 'http://user:…@example.com/'],
  ['2021-10-22 79161234567', '2021-10-22 7916…67'],
  ['10.0.0.138 79161234567', '10.0.0.138 7916…67'],
])('%s is told as %s', (said, told) => {
  expect(maskPersonal(said)).toBe(told)
})

test.each([
  'gateway answered 503',
  'no answer in 10 s',
  '21 of its last 100 messages were refused (gateway answered 400)',
  'its time ran out on 2021-10-22 at 10:00',
  'its time ran out on 22.10.2021 at 10:00',
  'connect ECONNREFUSED 192.168.100.200:65535',
  'paid 123456 of 654321',
  '@ ten @ night',
  '',
])('nothing personal: %s', (said) => {
  expect(maskPersonal(said)).toBe(said)
})

test('a long answer costs no time', () => {
  const began = performance.now()
  maskPersonal('1 '.repeat(50_000) + 'a'.repeat(50_000) + '(-'.repeat(50_000))
  expect(performance.now() - began).toBeLessThan(500)
})
