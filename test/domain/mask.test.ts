import fc from 'fast-check'
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
  ['+7 916 000-00-01 (79160000001)', '+7916…01 (7916…01)'],
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
  ['8 916 123–45–67', '8916…67'],
  ['8 916 — 123 — 45 — 67', '8916…67'],
  ['8 916 123−45‑67', '8916…67'],
  ['[8] (916) 123 45 67', '[8916…67'],
  ['7\u2009916\u202f123\u300045\u205f67', '7916…67'],
  ['7\u200b916\u00ad1234567', '7916…67'],
  ['＋７ （９１６） １２３－４５－６７', '+７９１６…６７'],
  ['۷۹۱۶ ۱۲۳ ۴۵ ۶۷', '۷۹۱۶…۶۷'],
  ['𝟕𝟗𝟏𝟔𝟏𝟐𝟑𝟒𝟓𝟔𝟕', '𝟕𝟗𝟏𝟔…𝟔𝟕'],
  ['tel:+7-916-123-45-67;ext=5', 'tel:+7916…67;ext=5'],
  ['?to=%2B7%20916%20123%2D45%2D67', '?to=+7916…67'],
  ['?to=%252B79161234567', '?to=+7916…67'],
  ['&#43;7&nbsp;916&#x2d;123&ndash;4567', '+7916…67'],
  ['\\u002b7\\u0020916 1234567', '+7916…67'],
  ['"john smith"@example.com', '…@example.com'],
  ["o'brien@example.com", '…@example.com'],
  ['bounce+ivan=example.org@example.com', '…@example.com'],
  ['ivan%40example.com', '…@example.com'],
  ['ivan%2540example.com', '…@example.com'],
  ['ivan＠example.com', '…@example.com'],
  ['ivan&#64;example.com', '…@example.com'],
  ['ivan&#x40;example.com', '…@example.com'],
  ['ivan&commat;example.com', '…@example.com'],
  ['ivan\\u0040example.com', '…@example.com'],
  ['ivan@[192.0.2.1]', '…@[192.0.2.1]'],
  ['иван@xn--e1afmkfd.xn--p1ai', '…@xn--e1afmkfd.xn--p1ai'],
  [`${'a'.repeat(200)}@example.com`, '…@example.com'],
])('in another spelling too: %s is told as %s', (said, told) => {
  expect(maskPersonal(said)).toBe(told)
})

test.each([
  ['8/916/123/45/67', '8916…67'],
  ['8_916_123_45_67', '8916…67'],
  ['7\t916\t123\t45\t67', '7916…67'],
  ['916:123:4567', '916…67'],
  ['+7*916*123*4567', '+7916…67'],
  ['ivan=40example.com', '…@example.com'],
  ['ivan\\@example.com', '…@example.com'],
  ['ivan @ example.com', '…@example.com'],
  ['ivan(work)@example.com', '…@example.com'],
  ['ivan[at]example.com', '…@example.com'],
])('in a spelling for people or for mail: %s is told as %s', (said, told) => {
  expect(maskPersonal(said)).toBe(told)
})

test.each([
  'request 4f7c2b1e-0d3a-4e1b-9a77-123456789012 failed',
  'trace 4bf92f3577b34da6a3ce9f12345678e0',
  '01.12.26 10:00:00',
  '2026.12.01',
  '2026.12.01 10:00',
  '20261201T100000Z',
  '550-5.7.26 unauthenticated mail',
  '10:00:00-18:00:00',
  'amount 1,234,567.89',
])('what tells of no person stays: %s', (said) => {
  expect(maskPersonal(said)).toBe(said)
})

const separators = fc.constantFrom(
  '',
  ' ',
  '-',
  '–',
  '—',
  '−',
  '‑',
  '.',
  '·',
  '\u00a0',
  '\u2009',
  ' (',
  ') ',
  '%20',
  '&nbsp;',
  '&#45;',
  '\\u2013',
  '%2D',
)
const around = fc.constantFrom('', ' ', 'to: ', '{"phone":"', '<', "'", 'no such number ', '\n', 'tel:', 'id=', 'я')
const digitsOf = (zero: number) => (digit: string) => String.fromCodePoint(zero + Number(digit))

test('whatever the spelling of a phone, no more than six of its digits stay', () => {
  const digit = fc.integer({ min: 0, max: 9 }).map(String)
  const zero = fc.constantFrom(0x30, 0x660, 0x6f0, 0xff10, 0x1d7ce)
  const phone = fc.array(fc.tuple(digit, separators), { minLength: 10, maxLength: 13 })
  fc.assert(
    fc.property(
      phone,
      zero,
      fc.constantFrom('', '+', '%2B', '&#43;'),
      around,
      around,
      (parts, from, plus, before, after) => {
        const said = parts
          .map(([one, between], i) => digitsOf(from)(one) + (i === parts.length - 1 ? '' : between))
          .join('')
        fc.pre(!/\d{4}\p{Pd}\d\d\p{Pd}\d\d|\d\d\.\d\d\.\d{4}|(?:\d+\.){3}/u.test(said)) // a date, an IP address
        fc.pre(!/\d{4}\s?[–—−]\s?\d{4}/.test(said)) // from so much to so much
        const shown = maskPersonal(`${before}${plus}${said}${after}`)
        expect(shown.match(/\p{Nd}/gu)?.length ?? 0, `${said} -> ${shown}`).toBeLessThanOrEqual(6)
      },
    ),
    { numRuns: 2_000, seed: 7 },
  )
})

test('whatever the spelling of an e-mail address, nothing stays of whose it is', () => {
  const local = fc.stringMatching(/^[a-zи!#$%*+=?^_`{|}~'/-]{1,20}$/)
  const quoted = fc.stringMatching(/^"[a-z .(),:;<>@]{1,20}"$/)
  const at = fc.constantFrom('@', '＠', '%40', '%2540', '&#64;', '&#x40;', '&commat;', '\\u0040', '\\x40')
  fc.assert(
    fc.property(fc.oneof(local, quoted), at, around, around, (name, sign, before, after) => {
      fc.pre(!(name.startsWith('"') && before.includes('"'))) // where it begins nobody can tell
      const shown = maskPersonal(`${before} secret${name}${sign}example.com${after}`)
      expect(shown.includes('secret') && !name.startsWith('"'), shown).toBe(false)
      expect(shown).toContain('…@example.com')
    }),
    { numRuns: 1_000, seed: 7 },
  )
})

test.each([
  'gateway answered 503',
  'no answer in 10 s',
  '21 of its last 100 messages were refused (gateway answered 400)',
  'its time ran out on 2021-10-22 at 10:00',
  'its time ran out on 22.10.2021 at 10:00',
  'connect ECONNREFUSED 192.168.100.200:65535',
  'paid 123456 of 654321',
  'from 2020–2021, 1000 – 2000, 100 000 – 200 000',
  '2021-10-22T10:00:00.123+0300',
  '100% of 21 & more, C:\\users',
  '%D0%BF &lt;b&gt; \\u043f',
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
