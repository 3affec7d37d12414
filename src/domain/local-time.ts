// Hours and dates as people write them and as programs read them. No zone comes in, so no luxon: it takes 5 ms to load.

const DAY = 24 * 60 * 60_000

/** '9:05' -> '09:05'; null for what is no time of day ('10', '24:00', '25:00'). */
export const parseTime = (raw: string): string | null => {
  const match = /^(\d{1,2}):(\d{2})$/.exec(raw.trim())
  if (!match) return null
  const time = { hour: Number(match[1]), minute: Number(match[2]) }
  return time.hour < 24 && time.minute < 60 ? written(time) : null
}

export const written = ({ hour, minute }: { readonly hour: number; readonly minute: number }): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`

/** Minutes since midnight of a canonical HH:MM. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** A date of the calendar, written YYYY-MM-DD. */
export const isDate = (raw: string): boolean => {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(raw) ? Date.parse(`${raw}T00:00Z`) : Number.NaN
  return !Number.isNaN(midnight) && dateOf(midnight) === raw
}

/** The date `days` later (earlier, when negative), both YYYY-MM-DD. */
export const addDays = (on: string, days: number): string => dateOf(readAsUtc(on, '00:00') + days * DAY)

/** A wall-clock reading as if it were UTC: a number to reckon with, not an instant. */
export const readAsUtc = (on: string, at: string): number => Date.parse(`${on}T${at}Z`)

export const dateOf = (utc: number): string => new Date(utc).toISOString().slice(0, 10)
export const timeOf = (utc: number): string => new Date(utc).toISOString().slice(11, 16)

/** 2021-10-22T01:00:00Z; with milliseconds only where there are some. */
export const isoUtc = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z')
