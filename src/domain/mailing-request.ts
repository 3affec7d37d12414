// What an operator asks for, as written -> checked values, or the sentence that says what is wrong.
import { isBlank } from './blank.ts'
import { Fixable } from './errors.ts'
import { isDate, parseTime } from './local-time.ts'
import type { IfNoZone, IfPast } from './mailing.ts'
import { parseRate } from './rate.ts'
import { defaultUntil, isWindow } from './send-time.ts'
import { parseZone } from './zone.ts'

const IF_PAST = ['fail', 'now', 'next-day', 'skip'] as const satisfies readonly IfPast[]

/** Fixable('usage') for a text of nothing: an empty variable of a script would send it to everybody. `done`: what is not. */
export const checkText = (text: string, done: string): string => {
  if (!isBlank(text)) return text
  throw new Fixable('usage', `the text is blank; nothing is ${done}`, 'Say what they are to read with --text "…".')
}

/** Fixable('usage') for one that nobody could say, or that is the number of another mailing. */
export const checkName = (name: string): string => {
  if (name.trim() !== '' && !/^\d+$/.test(name)) return name
  throw new Fixable(
    'usage',
    `--name "${name}" is no name of a mailing`,
    'Write a word or some: a number alone would be taken for the number of a mailing.',
  )
}

/** '9:05' -> '09:05'; Fixable('usage') for what is no hour of the day. */
export const checkAt = (raw: string): string => {
  const at = parseTime(raw)
  if (at === null)
    throw new Fixable('usage', `--at "${raw}" is not a time of day`, 'Write it as HH:MM, for example --at 10:00.')
  return at
}

/** The closing hour: given, or 21:00, or one hour after a late `at` (design.md 4.5). */
export const checkUntil = (raw: string | undefined, at: string): string => {
  if (raw === undefined) return defaultUntil(at)
  const until = parseTime(raw)
  if (until === null) {
    throw new Fixable('usage', `--until "${raw}" is not a time of day`, 'Write it as HH:MM, for example --until 21:00.')
  }
  if (!isWindow(at, until)) {
    throw new Fixable(
      'usage',
      `--until ${until} closes before --at ${at} opens`,
      'Name a closing hour after the sending hour.',
    )
  }
  return until
}

/** '5000/s' -> rows a second; null: no bound. */
export const checkPace = (raw: string | undefined): number | null => {
  if (raw === undefined) return null
  const pace = parseRate(raw)
  if (pace === null)
    throw new Fixable('usage', `--pace "${raw}" is not a rate`, 'Write it as 5000/s, 100000/m or 900000/h.')
  return pace
}

export const checkIfPast = (raw: string): IfPast => {
  const known = IF_PAST.find((word) => word === raw)
  if (known === undefined) {
    throw new Fixable('usage', `--if-past "${raw}" is unknown`, `Write one of: ${IF_PAST.join(', ')}.`)
  }
  return known
}

/** fail, skip, or the zone for those who have none. */
export const checkIfNoZone = (raw: string): IfNoZone => {
  if (raw === 'fail' || raw === 'skip') return raw
  const zone = parseZone(raw)
  if (!zone.ok) throw new Fixable('usage', `--if-no-zone "${raw}": ${zone.reason}`, 'Write fail, skip or a zone.')
  return { zone: zone.zone }
}

const DAY_MS = 86_400_000
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS }

/** An instant (ISO 8601 with offset) or a duration after the last planned send (90m, 12h, 3d, 1w); default 3 days. */
export const checkExpires = (raw: string | undefined, lastSendAt: number): number => {
  if (raw === undefined) return lastSendAt + 3 * DAY_MS
  const instant = parseExpires(raw, lastSendAt)
  if (instant > lastSendAt) return instant
  throw new Fixable('usage', `--expires ${raw} is not after the last planned send`, 'Name a later instant.')
}

/** An instant, or a duration from now; null: not given. */
export const checkExpiresFromNow = (raw: string | undefined, now: number): number | null => {
  if (raw === undefined) return null
  const instant = parseExpires(raw, now)
  if (instant > now) return instant
  throw new Fixable('usage', `--expires ${raw} is past`, 'Name a later instant.')
}

const parseExpires = (raw: string, from: number): number => {
  const duration = /^(\d{1,6})([mhdw])$/.exec(raw)
  const instant = duration
    ? from + Number(duration[1]) * (UNITS[duration[2] ?? ''] ?? 0)
    : /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(raw) && isDate(raw.slice(0, 10))
      ? Date.parse(raw)
      : Number.NaN
  if (!Number.isNaN(instant)) return instant
  throw new Fixable(
    'usage',
    `--expires "${raw}" is neither an instant nor a duration`,
    'Write 3d, 12h or 2026-11-24T18:00:00+03:00.',
  )
}
