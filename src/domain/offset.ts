// Hours from UTC, or from Moscow, as people write them -> minutes, and their one canonical name.

const HOURS = String.raw`(?<hours>\d{1,2})(?:[.,](?<part>\d{1,2})|:(?<minutes>[0-5]\d))?`

/** UTC, 3, +3, -3:30, 5.5, UTC+3, GMT+05:30, +0530; МСК+7 and MSK-1: as railways and schools in Russia write them. */
const FORMS = [
  /^(?:etc\/)?(?:utc|gmt)$/i,
  new RegExp(String.raw`^(?:(?:utc|gmt)\s*(?=[-+]))?(?<sign>[-+]?)\s*${HOURS}$`, 'i'),
  /^(?:utc|gmt)?(?<sign>[-+])(?<hours>\d{2})(?<minutes>[0-5]\d)$/i,
  new RegExp(String.raw`^(?<moscow>мск|msk)\s*(?<sign>[-+])\s*${HOURS}$`, 'iu'),
]

const MOSCOW = 3 * 60
const WESTMOST = -12 * 60
const EASTMOST = 14 * 60

/** Minutes ahead of UTC; a string: why this offset cannot be; null: it is no offset at all. The minus may be a typographic one. */
export const parseOffset = (raw: string): number | string | null => {
  const text = raw.replace(/[\u2212\u2012-\u2014]/g, '-')
  const match = FORMS.map((form) => form.exec(text)).find((found) => found !== null)
  if (!match) return null
  const offset = match.groups === undefined ? 0 : minutesOf(match.groups)
  if (offset < WESTMOST || offset > EASTMOST) return `the offset "${raw}" is not between -12 and +14 hours from UTC`
  if (offset % QUARTER !== 0) return oddMinutes(raw, match.groups ?? {}, offset)
  return offset
}

/** Every clock of today stands a whole number of quarters of an hour from UTC. */
const QUARTER = 15

/** 5.30 is written by some for 5:30, and is 5 h 18 min as a fraction: which of them is meant, nobody can tell for them. */
const oddMinutes = (raw: string, groups: Readonly<Record<string, string | undefined>>, offset: number): string => {
  const { part, moscow } = groups
  if (part === undefined) return `the offset "${raw}" is not in quarters of an hour, as every clock is`
  const minutes = minutesOf({ ...groups, part: undefined, minutes: part.padEnd(2, '0') })
  const asTime = Number(part.padEnd(2, '0')) < 60 ? ` or ${offsetName(minutes)}` : ''
  const asFraction = offsetName(Math.round(offset))
  return `the offset "${raw}" may mean ${asFraction}${asTime}: write the minutes behind a colon, ${moscow === undefined ? '+5:30' : 'МСК+2:30'}`
}

const minutesOf = ({ moscow, sign, hours, part, minutes }: Readonly<Record<string, string | undefined>>): number => {
  const size = Number(hours) * 60 + Number(`0.${part ?? 0}`) * 60 + Number(minutes ?? 0)
  return (moscow === undefined ? 0 : MOSCOW) + (sign === '-' ? -size : size)
}

/** As luxon writes it: UTC, UTC+3, UTC-3:30. */
export const offsetName = (minutes: number): string => {
  const rest = Math.abs(minutes) % 60
  const hours = (Math.abs(minutes) - rest) / 60
  if (minutes === 0) return 'UTC'
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
}
