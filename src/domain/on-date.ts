// The day that an operator names with --on. Pure.
import { Fixable } from './errors.ts'
import { addDays, isDate } from './local-time.ts'
import { localDate } from './send-time.ts'

/** Days from today, in the words of both languages. */
const WORDS: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['сегодня', 0],
  ['tomorrow', 1],
  ['завтра', 1],
  ['послезавтра', 2],
])

/** tomorrow (default), today or YYYY-MM-DD -> a calendar date that is not past for the operator (design.md 4.1). */
export const checkOn = (raw: string | undefined, now: number, operatorZone: string): string => {
  const today = localDate(now, operatorZone)
  const days = WORDS.get((raw ?? 'tomorrow').trim().toLowerCase())
  if (days !== undefined) return addDays(today, days)
  const date = raw ?? ''
  if (!isDate(date)) {
    throw new Fixable('usage', `--on "${date}" is not a date`, 'Write tomorrow, today or a date such as 2026-11-21.')
  }
  if (date < today) {
    throw new Fixable(
      'usage',
      `--on ${date} is past: today is ${today} in ${operatorZone}`,
      'Name today or a later date.',
    )
  }
  return date
}

/** Farther than that a day is rather a slip of the finger: 2126. */
const YEAR_DAYS = 366

export const isFarAhead = (on: string, now: number, operatorZone: string): boolean =>
  on > addDays(localDate(now, operatorZone), YEAR_DAYS)
