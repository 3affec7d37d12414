// Phones: whatever people write in a cell -> E.164, or what is wrong with it.
// libphonenumber-js takes about 100 ms to load: what imports this file is itself imported only when it is needed.
import {
  findPhoneNumbersInText,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import { Fixable } from './errors.ts'
import { HAS_LETTERS, numberAmongWords } from './phone-words.ts'
import { bareAddress } from './unseen.ts'

export type ParsedPhone =
  /** E.164 with the plus. `more`: what else the cell says, words such as whose it is, or another number or an extension. */
  | { readonly ok: true; readonly phone: string; readonly more: 'nothing' | 'words' | 'numbers' }
  | { readonly ok: false; readonly reason: string }

/**
 * How phones are read where this country (ISO 3166, two letters) is meant when none is written.
 * Fails with Fixable('config') for an unknown country.
 */
export const phoneParser = (country: string): ((cell: string) => ParsedPhone) => {
  if (!isSupportedCountry(country)) {
    throw new Fixable('config', `country "${country}" is not known`, 'Write two letters, such as country = "RU".')
  }
  const parse = (text: string): PhoneNumber | null => {
    const number = parsePhoneNumberFromString(text, country)
    return number?.isValid() === true ? number : null
  }
  const find = (text: string): PhoneNumber | null =>
    findPhoneNumbersInText(text, country).find(({ number }) => number.isValid())?.number ?? null

  const named = (text: string): ParsedPhone | null => {
    const among = numberAmongWords(text)
    const number = among === null ? null : parse(among.number)
    return number && { ok: true, phone: number.number, more: among?.isAlone === true ? 'words' : 'numbers' }
  }

  return (cell) => {
    const mobile = country === 'RU' ? russianMobile(cell) : null
    if (mobile !== null) return { ok: true, phone: mobile, more: 'nothing' }
    if (cell.length > LONGEST_CELL) return { ok: false, reason: 'phone is too long' }
    const text = tidy(cell)
    const fault = faultOf(text)
    if (fault !== null) return (fault === HAS_LETTERS ? named(text) : null) ?? { ok: false, reason: fault }
    const number = parse(text)
    if (number) return { ok: true, phone: number.number, more: EXTENSION.test(cell) ? 'numbers' : 'nothing' }
    const first = SEVERAL.test(text) ? find(text) : null
    if (first) return { ok: true, phone: first.number, more: 'numbers' }
    return {
      ok: false,
      reason: lengthFault(text, country) ?? 'phone is not a valid number (a foreign one begins with +)',
    }
  }
}

/** The operator code of a Russian number (+7 **916** …); null for any other. By range: the number may have been ported since. */
export const operatorCode = (phone: string): string | null => (phone.startsWith('+7') ? phone.slice(2, 5) : null)

const PUNCTUATION = /[\s()+\u2010-\u2015\u2212-]/g

/** By far the most frequent form: 0.3 µs here, 17 µs in the library. */
const russianMobile = (cell: string): string | null => {
  const digits = cell.replace(PUNCTUATION, '')
  return /^[78]9\d{9}$/.test(digits) ? `+7${digits.slice(1)}` : null
}

// ---------------------------------------------------------------- what people and spreadsheets add

/** Several numbers with their labels. What follows looks at each character from each other one: a megabyte would take an hour. */
const LONGEST_CELL = 500

const EXTENSION = /[\s,;(]*(?:доб|вн|внутр|ext|x|#)[\s.:#]*\d{1,7}\)?\s*$/iu
const LABEL = /(?<!\p{L})(?:телефон|тел|моб|сот|раб|дом|факс|т|м|phone|tel|mob|mobile|fax)(?!\p{L})[.:]*/giu
const LOOKS_LIKE_DIGITS = /(?<!\p{L})[ЗзОоOo]+(?!\p{L})/gu
/** Google writes ` ::: ` between them. */
const SEVERAL = /\d\D*(?:[,;/|\n]|:::)\D*\d/

const tidy = (cell: string): string =>
  fromSpreadsheet(bareAddress(cell).trim())
    .replace(EXTENSION, '')
    .replace(LABEL, '')
    .replace(LOOKS_LIKE_DIGITS, (letters) => letters.replace(/[Зз]/g, '3').replace(/[^3]/g, '0'))
    .trim()

/**
 * Spreadsheets make numbers of phones: 89141234567.0, 8.9141234567E10. A shortened one (8.9E10) stays as it is. Programs leave
 * zeros at the end out: with nine digits behind the point the one that is not there is 0, and no spreadsheet shows so many of others.
 */
const fromSpreadsheet = (text: string): string => {
  const whole = /^(\d+)[.,]0+$/.exec(text)
  if (whole) return whole[1] ?? text
  const [, first, rest, power] = /^(\d)[.,](\d+)E\+?(\d+)$/iu.exec(text) ?? []
  if (first === undefined || rest === undefined) return text
  const missing = Number(power) - rest.length
  if (missing === 1 && rest.length >= 9 && !rest.endsWith('0')) return `${first}${rest}0`
  return missing === 0 ? first + rest : text
}

const faultOf = (text: string): string | null => {
  if (!/\p{Nd}/u.test(text)) return 'phone has no digits'
  if (/^\d[.,]\d+E\+?\d+$/iu.test(text)) return 'phone was shortened by a spreadsheet'
  return /\p{L}/u.test(text) ? HAS_LETTERS : null
}

/** A number of this country has its own length where that is fixed; E.164 has 15 digits at most, and no country fewer than 8 with its code. */
const lengthFault = (text: string, country: string): string | null => {
  const digits = text.match(/\p{Nd}/gu)?.length ?? 0
  const [shortest, longest] = country === 'RU' && /^\D*[78]/.test(text) ? [11, 11] : [8, 15]
  if (digits < shortest) return 'phone is too short'
  return digits > longest ? 'phone is too long' : null
}
