// What a gateway may repeat of what it was sent, and what stays of it.
import { expect, test } from 'vitest'
import { excerpt } from '../../src/gateway/excerpt.ts'
import { blankSecrets, secretsOf } from '../../src/gateway/secrets.ts'

const SECRET = 'Xk4 nar13/nvog+3l=laut"Zq'
const hide = blankSecrets([SECRET])

const spelt = (spelled: (code: number) => string): string =>
  Array.from(SECRET, (char) => spelled(char.charCodeAt(0))).join('')

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const SPELLINGS = [
  SECRET,
  SECRET.toUpperCase(),
  SECRET.replace(' ', '\n\t '),
  encodeURIComponent(SECRET),
  encodeURIComponent(SECRET).toLowerCase(),
  new URLSearchParams({ key: SECRET }).toString(),
  JSON.stringify(SECRET),
  JSON.stringify(JSON.stringify(SECRET)),
  JSON.stringify(SECRET).replaceAll('/', '\\/'),
  base64(SECRET),
  base64(`u:${SECRET}`),
  base64(`us:${SECRET}`),
  base64(`user:${SECRET}`),
  Buffer.from(SECRET).toString('base64url'),
  Buffer.from(SECRET).toString('hex'),
  spelt((code) => `&#${code};`),
  spelt((code) => `\\u${code.toString(16).padStart(4, '0')}`),
  spelt((code) => `%${code.toString(16)}`),
  spelt((code) => `${String.fromCharCode(code)}\u200b`),
  spelt((code) => String.fromCharCode(code === 32 ? code : code + 0xfee0)),
  `${spelt((code) => `&#x${code.toString(16)};`)} of 79161234567`,
  SECRET.replace('/', '&#x2F;').replace('+', '&#43;').replace('=', '&#61;'),
  SECRET.slice(0, 9),
  SECRET.slice(-9),
  SECRET.slice(8, 16),
]

/** Four characters in a row of any of them. */
const fragments = SPELLINGS.flatMap((each) =>
  Array.from({ length: Math.max(each.length - 3, 0) }, (_, i) => each.slice(i, i + 4)),
)

test.each(SPELLINGS)('of %j nothing stays that tells it', (spelling) => {
  const shown = excerpt(`no: ${spelling} !`, hide)
  for (const fragment of [
    SECRET.slice(0, 5),
    '&#',
    '\\u',
    'nar1',
    'nvog',
    'laut',
    ...(base64(SECRET).match(/.{6}/g) ?? []),
  ]) {
    expect(shown.toLowerCase()).not.toContain(fragment.toLowerCase())
  }
  expect(fragments.length).toBeGreaterThan(0)
  expect(shown.startsWith('no: ')).toBe(true)
})

const escaped = (text: string): string => text.replaceAll(/[а-я]/gi, (char) => `\\u0${char.charCodeAt(0).toString(16)}`)

test('letters of any alphabet, small or not, and as PHP writes them', () => {
  const hidden = blankSecrets(['пароль-Секрет'])
  for (const said of ['ПАРОЛЬ-СЕКРЕТ', 'пароль-Секрет'].flatMap((word) => [word, escaped(word)]))
    expect(hidden(`no: ${said} !`)).toBe('no: … !')
})

test.each([
  ['a short one, whole', 'hush', 'hush: my hush, hus', '…: my …, hus'],
  ['two words, each of them', 'Bearer abcd efgh', 'efgh is barred, abcd too', '… is barred, …too'],
  ['the scheme is none', 'Bearer abcdef', 'Bearer what?', 'Bearer what?'],
])('%s', (_, secret, said, shown) => {
  const { headers, path, body } = { headers: { 'X-Api': secret }, path: '/send', body: null }
  expect(excerpt(said, blankSecrets(secretsOf({ headers, path, body }, null)))).toBe(shown)
})

test('the constants of a request that may be secrets are', () => {
  const config = {
    path: '/bot1234567890:AAbbCCddEE/send?api_key=q1w2e3&to={{ phone }}&sender=shop',
    headers: {
      'X-Signature': 's1gn',
      'Content-Type': 'application/json',
      'X-Id': '{{ key }}',
      'X-Both': 'pre-{{ key }}',
    },
    body: { login: 'me', password: 'p4ss', text: '{{ text }}', type: 'sms', more: [{ token: 't0k' }] },
  }
  expect(secretsOf(config, 'bearer-token').filter((each) => each !== '')).toEqual([
    'bearer-token',
    's1gn',
    'pre-',
    'bot1234567890:AAbbCCddEE',
    'q1w2e3',
    'me',
    'p4ss',
    't0k',
  ])
})

test('words that have nothing of it stay as they are', () => {
  expect(excerpt('{"error":"balance is empty","code":17}', hide)).toBe('{"error":"balance is empty","code":17}')
})
