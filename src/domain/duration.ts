// Lengths of time as people write them.
import { Fixable } from './errors.ts'

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** '50s', '10m', '1h', '3d' -> ms; Fixable('usage') naming the flag otherwise. */
export const checkDuration = (flag: string, raw: string): number => {
  const match = /^(\d{1,6})([smhd])$/.exec(raw)
  const unit = UNITS[match?.[2] ?? '']
  if (match === null || unit === undefined) {
    throw new Fixable('usage', `${flag} "${raw}" is not a length of time`, 'Write it like 50s, 10m or 1h.')
  }
  return Number(match[1]) * unit
}
