// Numbers, instants and lengths of time as an operator reads them. A time is never without its zone.
import { localClock } from '../../domain/send-time.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** '2021-10-22 10:00' on the clocks of this zone. */
export const dateTime = (instant: number, zone: string): string => {
  const { date, time } = localClock(instant, zone)
  return `${date} ${time}`
}

/** '22 Oct 10:00': for columns whose title names the zone. */
export const dayTime = (instant: number, zone: string): string => {
  const { date, time } = localClock(instant, zone)
  return `${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1] ?? ''} ${time}`
}

/** '10:00 (+10)' on the day `on`, '23 Oct 10:00 (+10)' on any other. */
export const timeOn = (on: string, instant: number, zone: string): string => {
  const { date, time, offset } = localClock(instant, zone)
  return `${date === on ? time : dayTime(instant, zone)} (${offset})`
}

/** 'Asia/Vladivostok (+10)': the zone with its offset at this instant. */
export const zoneAt = (zone: string, instant: number): string => `${zone} (${localClock(instant, zone).offset})`

/** '2021-10-22 10:00 Asia/Vladivostok (+10) = 03:00 Europe/Moscow'; the day is said twice only where it differs. */
export const inBothZones = (instant: number, zone: string, operatorZone: string): string => {
  const there = localClock(instant, zone)
  const here = localClock(instant, operatorZone)
  const said = `${there.date} ${there.time} ${zone} (${there.offset})`
  if (zone === operatorZone) return said
  return `${said} = ${here.date === there.date ? '' : `${here.date} `}${here.time} ${operatorZone}`
}

/** '40 ms', '1.2 s', '3 min 20 s', '2 h 5 min', '1 d 3 h'. */
export const duration = (ms: number): string => {
  if (ms < 0) return `-${duration(-ms)}`
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  const [unit, ...smaller] = LENGTHS.filter(([length]) => seconds >= length)
  if (unit === undefined) return `${seconds} s`
  const [length, name] = unit
  const [lesser, lesserName] = smaller[0] ?? [1, 's']
  const rest = Math.floor((seconds % length) / lesser)
  return `${Math.floor(seconds / length)} ${name}${rest === 0 ? '' : ` ${rest} ${lesserName}`}`
}

const LENGTHS = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
] as const

/** A share in whole percents that says 0 % only for nothing and 100 % only for all. */
export const percent = (part: number, whole: number): string => {
  if (whole === 0) return ''
  const rounded = Math.floor((part / whole) * 100)
  return rounded === 0 && part > 0 ? '<1 %' : `${rounded} %`
}

/** '1 message', '2 messages'; the number as it is to be written. */
export const counted = (count: number, word: string, write: (count: number) => string = String): string =>
  `${write(count)} ${word}${count === 1 ? '' : 's'}`

/** From the first to the last of these instants: '22 Oct 01:00-11:00', '21 Oct 23:00 - 22 Oct 09:00'; '' for none. */
export const span = (instants: readonly number[], zone: string): string => {
  if (instants.length === 0) return ''
  const first = Math.min(...instants)
  const last = Math.max(...instants)
  if (first === last) return dayTime(first, zone)
  const end = localClock(last, zone)
  const sameDay = end.date === localClock(first, zone).date
  return `${dayTime(first, zone)}${sameDay ? `-${end.time}` : ` - ${dayTime(last, zone)}`}`
}
