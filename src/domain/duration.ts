// Lengths of time as people write them.
import { Fixable } from './errors.ts'

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** '50s', '10m', '1h', '3d' -> ms; null: it is none. */
export const parseDuration = (raw: string): number | null => {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(raw) ?? []
  const ms = UNITS[unit]
  return ms === undefined ? null : Number(count) * ms
}

/** The same; Fixable('usage') naming the flag where it is none. */
export const checkDuration = (flag: string, raw: string): number => {
  const ms = parseDuration(raw)
  if (ms !== null) return ms
  throw new Fixable('usage', `${flag} "${raw}" is not a length of time`, 'Write it like 50s, 10m or 1h.')
}
