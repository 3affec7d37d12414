// Phones as people and spreadsheets write them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { operatorCode, phoneParser } from '../../src/domain/phone.ts'

const parse = phoneParser('RU')

test.each([
  ['89161234567', '+79161234567'],
  ['79161234567', '+79161234567'],
  ['+7 (916) 123-45-67', '+79161234567'],
  ['+8 (916) 123-45-67', '+79161234567'],
  ['8\u00a0916\u00a0123–45—67', '+79161234567'],
  ['916 123 45 67', '+79161234567'],
  ['тел. 8 916 123-45-67', '+79161234567'],
  ['8 495 123-45-67', '+74951234567'],
  ['8 (8452) 12-34-56', '+78452123456'],
  ['8-800-555-35-35', '+78005553535'],
  ['8 701 123 45 67', '+77011234567'],
  ['+375 29 123-45-67', '+375291234567'],
  ['810 44 20 7946 0958', '+442079460958'],
  ['٨٩١٦١٢٣٤٥٦٧', '+79161234567'],
  // spreadsheets
  ['89141234567.0', '+79141234567'],
  ['8.9141234567E10', '+79141234567'],
  ['8,9141234567E+10', '+79141234567'],
  ['7,916555003E+10', '+79165550030'],
  ['7.916555003E10', '+79165550030'],
  // letters that look like digits
  ['8 91З 12З 45 67', '+79131234567'],
  ['8 9ЗО 123 45 67', '+79301234567'],
])('%j is %s', (cell, phone) => {
  expect(parse(cell)).toEqual({ ok: true, phone, more: 'nothing' })
})

test.each([
  ['8 916 123-45-67 доб. 12', '+79161234567'],
  ['8 916 123-45-67 (вн. 12)', '+79161234567'],
  ['+44 20 7946 0958 #12', '+442079460958'],
  ['8 916 123-45-67, 8 495 765-43-21', '+79161234567'],
  ['89161234567/84957654321', '+79161234567'],
  ['моб. 8 916 123 45 67; раб. 8 495 765 43 21', '+79161234567'],
  ['+79161234567\n+79161234568', '+79161234567'],
  ['+7 916 123-45-67 ::: +7 916 123-45-68', '+79161234567'],
  ['89161234567 (Ольга), 89161234568 (Пётр)', '+79161234567'],
])('%j says more than %s', (cell, phone) => {
  expect(parse(cell)).toEqual({ ok: true, phone, more: 'numbers' })
})

test.each([
  ['89165550010 (Ольга)', '+79165550010'],
  ['8 (916) 555-00-10 Ольга Петровна', '+79165550010'],
  ['Ольга: 8 916 555 00 10', '+79165550010'],
  ['+7 916 555-00-10 WhatsApp', '+79165550010'],
  ['WhatsApp/Viber +7 916 555-00-10', null],
  ['89165550010, Ольга', '+79165550010'],
  ['(495) 123-45-67 (офис)', '+74951234567'],
])('%j has words beside its number', (cell, phone) => {
  expect(parse(cell)).toEqual(
    phone === null ? { ok: false, reason: 'phone has letters' } : { ok: true, phone, more: 'words' },
  )
})

test.each([
  ['-', 'phone has no digits'],
  ['нет', 'phone has no digits'],
  ['8916ABC4567', 'phone has letters'],
  ['8 916 123-45-67 (не звонить)', 'phone has letters'],
  ['8 916 123-45-67, не звонить', 'phone has letters'],
  ['89161234567 (старый)', 'phone has letters'],
  ['нет, было 89161234567', 'phone has letters'],
  ['89161234567 wrong number', 'phone has letters'],
  ['89161234567 (Иван?)', 'phone has letters'],
  ['89161234567 или 89161234568', 'phone has letters'],
  ['8916123Анна4567', 'phone has letters'],
  ['Анна89161234567', 'phone has letters'],
  ['89161234567Анна', 'phone has letters'],
  ['89161234567 (до 18:00)', 'phone has letters'],
  ['8-800-ЗВОНОК', 'phone has letters'],
  ['123-45-67', 'phone is too short'],
  ['8916123456', 'phone is too short'],
  ['112', 'phone is too short'],
  ['891612345678', 'phone is too long'],
  ['8 916 123-45-67 8 495 123-45-67', 'phone is too long'],
  ['4'.repeat(40), 'phone is too long'],
  ['8,9141234E+10', 'phone was shortened by a spreadsheet'],
  ['8,914123450E+10', 'phone was shortened by a spreadsheet'],
  ['8,91412345E+10', 'phone was shortened by a spreadsheet'],
  ['8.91412E+10', 'phone was shortened by a spreadsheet'],
  ['375291234567', 'phone is not a valid number (a foreign one begins with +)'],
  ['+999 123456789', 'phone is not a valid number (a foreign one begins with +)'],
])('%j is refused: %s', (cell, reason) => {
  expect(parse(cell)).toEqual({ ok: false, reason })
})

const separator = fc.constantFrom('', ' ', '-', '\u00a0', '–', ' - ')

test('a Russian mobile is the same number however it is written', () => {
  const digits = fc.stringMatching(/^[0-9]{9}$/)
  const start = fc.constantFrom('8', '7', '+7', '8 ', '+7 ', '+7(')
  fc.assert(
    fc.property(digits, start, separator, separator, separator, (rest, prefix, a, b, c) => {
      const area = `9${rest.slice(0, 2)}${prefix.endsWith('(') ? ')' : ''}`
      const written = `${prefix}${area}${a}${rest.slice(2, 5)}${b}${rest.slice(5, 7)}${c}${rest.slice(7)}`
      expect(parse(written)).toEqual({ ok: true, phone: `+79${rest}`, more: 'nothing' })
    }),
  )
})

test('whatever a cell says, the answer is E.164 or a reason', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9+() .,;/EeдЗоx#-]{0,30}$/)), (cell) => {
      const parsed = parse(cell)
      if (parsed.ok) expect(parsed.phone).toMatch(/^\+[1-9]\d{6,14}$/)
      else expect(parsed.reason).toMatch(/^phone /)
    }),
  )
})

test('the country is the one of the configuration, and only for numbers without one', () => {
  const german = phoneParser('DE')
  expect(german('030 901820')).toMatchObject({ phone: '+4930901820' })
  expect(german('+7 916 123-45-67')).toMatchObject({ phone: '+79161234567' })
  expect(german('8 916 123-45-67')).not.toMatchObject({ phone: '+79161234567' })
  expect(() => phoneParser('XX')).toThrow('country "XX" is not known')
})

test('the operator code is of Russian numbers', () => {
  expect(operatorCode('+79161234567')).toBe('916')
  expect(operatorCode('+375291234567')).toBeNull()
})
