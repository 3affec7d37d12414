// E-mail addresses: one plain address or nothing.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEmail } from '../../src/domain/email.ts'

test.each([
  ['ivan@example.ru', 'ivan@example.ru'],
  ['  Ivan.Petrov+News@Example.RU ', 'ivan.petrov+news@example.ru'],
  ['ivan@пример.рф', 'ivan@xn--e1afmkfd.xn--p1ai'],
  ['a@xn--e1afmkfd.xn--p1ai', 'a@xn--e1afmkfd.xn--p1ai'],
  ['pay@раураl.com', 'pay@xn--l-7sba6dbr.com'], // Cyrillic look-alikes are seen for what they are
  [`${'a'.repeat(64)}@example.ru`, `${'a'.repeat(64)}@example.ru`],
])('%j is %s', (raw, email) => {
  expect(parseEmail(raw)).toEqual({ ok: true, email })
})

test.each([
  'ivan',
  '@example.ru',
  'ivan@',
  'ivan@example',
  'ivan@example..ru',
  'i..van@example.ru',
  'ivan@-example.ru',
  'ivan@example.ru@example.com',
  '"a b"@example.ru',
  'ivan@[127.0.0.1]',
  'ivan@127.0.0.1',
  'иван@example.ru',
  'ivan@при_мер.рф',
  'ivan@пример.рф:80',
  'a@b.ru, c@d.ru',
  'a@b.ru;c@d.ru',
  'Ivan <ivan@example.ru>',
  'ivan@example.ru\r\nBcc: evil@example.com',
  'ivan@exa\0mple.ru',
  'ivan@exam\u2028ple.ru',
  `${'a'.repeat(65)}@example.ru`,
  `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(10)}.ru`,
  `a@${'ж'.repeat(60)}.${'ж'.repeat(60)}.${'ж'.repeat(60)}.${'ж'.repeat(60)}.рф`,
])('%j is refused', (raw) => {
  expect(parseEmail(raw)).toMatchObject({ ok: false })
})

test('whatever is taken has one @, no blank, no separator, and is taken again as it is', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary' }), fc.stringMatching(/^.{0,9}@.{0,9}\.ru$/)),
      (raw) => {
        const parsed = parseEmail(raw)
        if (!parsed.ok) return
        expect(parsed.email).toMatch(/^[!-+\--:=?-~]+@[a-z0-9.-]+$/)
        expect(parsed.email.split('@')).toHaveLength(2)
        expect(parseEmail(parsed.email)).toEqual(parsed)
      },
    ),
  )
})
