// Local date + hour + zone -> UTC instant, and back. The only file that imports luxon.
// Nothing here looks at the process's own zone or at today's date. Zones are canonical (src/domain/zone.ts).
import { FixedOffsetZone, IANAZone, type Zone } from 'luxon'
import { addDays, dateOf, minutesOf, readAsUtc, timeOf, written } from './local-time.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

// ---------------------------------------------------------------- one wall-clock reading -> its instants

export type TimeNote = 'gap' | 'overlap' | 'missing day' | null

interface Moments {
  /** UTC, epoch ms, earliest first: one, or two where the clock shows this hour twice. */
  readonly instants: readonly [number, ...number[]]
  readonly note: TimeNote
}

/**
 * The instant (UTC, epoch ms) at which clocks in `zone` show `at` on `on`. Where they never do (gap, missing day) the
 * hour moves forward by the gap; where they do twice (overlap) it is the first of the two. Temporal calls it "compatible".
 */
export const sendInstant = (on: string, at: string, zone: string): { readonly at: number; readonly note: TimeNote } => {
  const { instants, note } = momentsOf(on, at, zone)
  return { at: instants[0], note }
}

/** A plan asks the same few questions once a recipient; each costs about 25 µs. */
const knownMoments = new Map<string, Moments>()
const MOST_KNOWN = 5000

const momentsOf = (on: string, at: string, zone: string): Moments => {
  const key = `${on} ${at} ${zone}`
  const known = knownMoments.get(key)
  if (known) return known
  const found = findMoments(readAsUtc(on, at), zoneNamed(zone))
  if (knownMoments.size >= MOST_KNOWN) knownMoments.clear()
  knownMoments.set(key, found)
  return found
}

// Not luxon's own answer: it starts from the offset of today, so that July and November would plan different instants.
const findMoments = (reading: number, zone: Zone): Moments => {
  // no zone has two changes within a day, so one of these two offsets is the one that holds
  const before = offsetAt(zone, reading - DAY)
  const after = offsetAt(zone, reading + DAY)
  const candidates = before > after ? [reading - before, reading - after] : [reading - after, reading - before]
  const [first, second] = candidates.filter((instant) => instant + offsetAt(zone, instant) === reading)
  if (first === undefined) return { instants: [reading - before], note: after - before >= DAY ? 'missing day' : 'gap' }
  if (second === undefined || second === first) return { instants: [first], note: null }
  return { instants: [first, second], note: 'overlap' }
}

const zoneNamed = (name: string): Zone => {
  const zone: Zone = name.startsWith('UTC') ? FixedOffsetZone.parseSpecifier(name) : IANAZone.create(name)
  if (!zone.isValid) throw new RangeError(`not a zone: ${name}`)
  return zone
}

/** Milliseconds ahead of UTC; whole seconds, since old local mean times have them. */
const offsetAt = (zone: Zone, instant: number): number => Math.round(zone.offset(instant) * 60) * 1000

// ---------------------------------------------------------------- one instant -> what clocks show

/** An instant as clocks in `zone` show it, kept as if it were UTC. */
const readingAt = (instant: number, zone: string): number => instant + offsetAt(zoneNamed(zone), instant)

/** The calendar date in `zone` at this instant, YYYY-MM-DD. */
export const localDate = (instant: number, zone: string): string => dateOf(readingAt(instant, zone))

/** What a person there sees: 2021-10-22, 10:00, and hours from UTC as +09 or +05:30. */
export const localClock = (instant: number, zone: string): { date: string; time: string; offset: string } => {
  const reading = readingAt(instant, zone)
  const minutes = Math.round(Math.abs(reading - instant) / MINUTE)
  const [hours, rest] = written({ hour: Math.floor(minutes / 60), minute: minutes % 60 }).split(':')
  const offset = `${reading < instant ? '-' : '+'}${hours}${rest === '00' ? '' : `:${rest}`}`
  return { date: dateOf(reading), time: timeOf(reading), offset }
}

// ---------------------------------------------------------------- the hours of a mailing (design.md 4.5)

/** The closing hour of a mailing that names none: 21:00, or an hour after `at` when that is later than 20:00. */
export const defaultUntil = (at: string): string => {
  const minutes = minutesOf(at)
  return minutes > 20 * 60 ? timeOf((minutes + 60) * MINUTE) : '21:00'
}

/** Whether [at, until) can be meant: not empty, and across midnight only when shorter than 12 hours. */
export const isWindow = (at: string, until: string): boolean =>
  at < until || (at > until && windowLength(at, until) < DAY / 2)

/** Length of [at, until) in ms; `until` before `at` is on the next day. */
const windowLength = (at: string, until: string): number => {
  const minutes = minutesOf(until) - minutesOf(at)
  return (minutes > 0 ? minutes : minutes + 24 * 60) * MINUTE
}

const isWithin = (time: string, at: string, until: string): boolean =>
  at < until ? at <= time && time < until : at <= time || time < until

/** Instants from <= i < to with one answer: open (null), or shut until `opensAt`. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly opensAt: number | null
}

const stretches = new Map<string, Stretch>()

/**
 * `instant` itself when clocks in `zone` then show an hour in [at, until); else the next `at` there. The result is never
 * earlier than `instant` and lies inside the window. An `at` that a gap swallows opens where sendInstant says.
 * Asked once a message: the stretch around the last answer is kept, so that most answers compare two numbers.
 */
export const nextOpening = (instant: number, at: string, until: string, zone: string): number => {
  const key = `${at} ${until} ${zone}`
  let stretch = stretches.get(key)
  if (stretch === undefined || instant < stretch.from || instant >= stretch.to) {
    stretch = stretchFrom(instant, at, until, zone)
    if (stretches.size >= MOST_KNOWN) stretches.clear()
    stretches.set(key, stretch)
  }
  return stretch.opensAt ?? instant
}

const stretchFrom = (instant: number, at: string, until: string, zone: string): Stretch => {
  const reading = readingAt(instant, zone)
  const open = isWithin(timeOf(reading), at, until)
  if (!open && isOpenAfterGap(instant, at, until, zone)) return { from: instant, to: instant, opensAt: null }
  const next = nextTime(instant, open ? until : at, zone)
  // where the clock is changed before `next`, the answer may change with it: then nothing is kept
  const steady = readingAt(next, zone) - next === reading - instant
  return { from: instant, to: steady ? next : instant, opensAt: open ? null : next }
}

/** When the hours end that are open at this instant: the first `until` after it there. */
export const closingAfter = (instant: number, until: string, zone: string): number => nextTime(instant + 1, until, zone)

/** The first instant from this one on at which clocks show `time`, gaps as in sendInstant. */
const nextTime = (instant: number, time: string, zone: string): number => {
  const today = localDate(instant, zone)
  // yesterday's may have been moved past midnight by a gap; tomorrow may be a missing day
  const instants = [-1, 0, 1, 2].flatMap((days) => momentsOf(addDays(today, days), time, zone).instants)
  return Math.min(...instants.filter((candidate) => candidate >= instant))
}

/** Both `at` and `until` in one gap: clocks never show the window's hours, so it is open for its length after the gap. */
const isOpenAfterGap = (instant: number, at: string, until: string, zone: string): boolean =>
  [-1, 0].some((days) => {
    const opening = sendInstant(addDays(localDate(instant, zone), days), at, zone)
    if (opening.note !== 'gap' || isWithin(timeOf(readingAt(opening.at, zone)), at, until)) return false
    return opening.at <= instant && instant < opening.at + windowLength(at, until)
  })
