// Readers of single settings: a raw value -> what the program uses, or a sentence that says what is wrong with it.
import { parseDuration } from '../domain/duration.ts'
import { parseEmail } from '../domain/email.ts'
import { parseTime } from '../domain/local-time.ts'
import { parseRate } from '../domain/rate.ts'
import { parseZone } from '../domain/zone.ts'

export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly says: string }

export type Reader<T> = (raw: unknown) => Reading<T>

/** "got …, expected …". A value that may be, or hold, a secret is never shown. */
const wrong = (raw: unknown, expected: string, isSecret = false): { ok: false; says: string } => ({
  ok: false,
  says: raw === undefined ? `missing, expected ${expected}` : `got ${shown(raw, isSecret)}, expected ${expected}`,
})

const LONGEST_SHOWN = 40

const shown = (raw: unknown, isSecret: boolean): string => {
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw)
  if (typeof raw === 'string') return isSecret || raw.length > LONGEST_SHOWN ? 'a text' : JSON.stringify(raw)
  if (raw instanceof Date) return 'a date'
  return Array.isArray(raw) ? 'a list' : 'a table'
}

const reader =
  <T>(expected: string, parse: (raw: unknown) => T | null, isSecret = false): Reader<T> =>
  (raw) => {
    const value = parse(raw)
    return value === null ? wrong(raw, expected, isSecret) : { ok: true, value }
  }

const textual =
  <T>(parse: (raw: string) => T | null) =>
  (raw: unknown): T | null =>
    typeof raw === 'string' && raw !== '' ? parse(raw) : null

/** Any text with something in it. */
export const text = (expected: string): Reader<string> =>
  reader(
    expected,
    textual((raw) => raw),
    true,
  )

export const oneOf = <T extends string>(...words: readonly T[]): Reader<T> =>
  reader(words.map((word) => `"${word}"`).join(' or '), (raw) => words.find((word) => word === raw) ?? null)

export const wholeNumber = (least: number, most: number): Reader<number> =>
  reader(`a whole number from ${least} to ${most}`, (raw) =>
    typeof raw === 'number' && Number.isInteger(raw) && raw >= least && raw <= most ? raw : null,
  )

export const zone: Reader<string> = (raw) => {
  if (typeof raw !== 'string') return wrong(raw, 'a zone such as "Europe/Moscow"')
  const parsed = parseZone(raw)
  return parsed.ok ? { ok: true, value: parsed.zone } : { ok: false, says: parsed.reason }
}

export const country = reader(
  'a country of two letters such as "RU"',
  textual((raw) => (/^[a-z]{2}$/i.test(raw) ? raw.toUpperCase() : null)),
)

export const localTime = reader('a time such as "21:00"', textual(parseTime))

/** "200/s", "30/m", "1000/h" -> messages a second. */
export const rate = reader('a rate such as "200/s", "30/m" or "1000/h"', textual(parseRate))

const IN_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000 }

/** The lease of a claimed row is 60 s: an attempt, repeated quickly, has to end well before. */
const LONGEST_DEADLINE_MS = 30_000
const SHORTEST_DEADLINE_MS = 100

/** "10s", "500ms" -> ms. */
export const deadline = reader(
  'a duration from "100ms" to "30s"',
  textual((raw) => {
    const [, count = '0', unit = ''] = /^(\d{1,5})\s*(ms|s)$/.exec(raw) ?? []
    const ms = Number(count) * (IN_MS[unit] ?? 0)
    return ms >= SHORTEST_DEADLINE_MS && ms <= LONGEST_DEADLINE_MS ? ms : null
  }),
)

/** Nothing is repeated in the last hour before its key is forgotten: a shorter memory would leave hardly any time. */
const SHORTEST_RETENTION_MS = 7_200_000

/** "24h", "7d" -> ms. */
export const retention = reader(
  'a duration of at least "2h", such as "24h" or "7d"',
  textual((raw) => {
    const ms = parseDuration(raw)
    return ms !== null && ms >= SHORTEST_RETENTION_MS ? ms : null
  }),
)

export const yesOrNo: Reader<boolean> = (raw) =>
  typeof raw === 'boolean' ? { ok: true, value: raw } : wrong(raw, 'true or false')

/** An origin, with a path where the gateway has one; without credentials, query and fragment. Never shown: people put passwords in it. */
export const gatewayUrl = reader(
  'an address such as "https://gateway.example", without user name, password, query and fragment',
  textual((raw) => {
    if (!/^https?:\/\//i.test(raw) || !URL.canParse(raw)) return null
    const url = new URL(raw)
    if (url.username + url.password + url.search + url.hash !== '') return null
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
  }),
  true,
)

/** Status codes that may mean yes. */
const codesUpTo = (last: number) =>
  reader(`a list of codes from 200 to ${last}`, (raw) => {
    const codes: readonly unknown[] = Array.isArray(raw) ? raw : []
    const good = codes.filter(
      (code): code is number => Number.isInteger(code) && Number(code) >= 200 && Number(code) <= last,
    )
    return good.length > 0 && good.length === codes.length ? good : null
  })

export const statusCodes = codesUpTo(299)

/** Of a no: any that is an answer. */
export const refusalCodes = codesUpTo(599)

/** Looks like an address; a phone is parsed where it is used, for its parser takes 100 ms to load. */
const isAddress = (raw: unknown): raw is string =>
  typeof raw === 'string' && (raw.includes('@') ? parseEmail(raw).ok : (raw.match(/\d/g)?.length ?? 0) >= 7)

/** Phones and e-mail addresses, as they are written. */
export const addresses = reader('a list of phones and e-mail addresses such as ["+79161234567"]', (raw) => {
  const all: readonly unknown[] = Array.isArray(raw) ? raw : []
  const good = all.filter(isAddress)
  return good.length > 0 && good.length === all.length ? good : null
})
