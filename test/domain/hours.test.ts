// The hours of a mailing: what is late waits for the next opening at that place (design.md 4.5).
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, isoUtc } from '../../src/domain/local-time.ts'
import { defaultUntil, isWindow, localClock, nextOpening, sendInstant } from '../../src/domain/send-time.ts'

test.each([
  ['10:00', '21:00'],
  ['00:30', '21:00'],
  ['20:00', '21:00'],
  ['20:01', '21:01'],
  ['20:30', '21:30'],
  ['22:15', '23:15'],
  ['23:30', '00:30'],
])('a mailing at %s closes at %s by default, and that is a window', (at, until) => {
  expect(defaultUntil(at)).toBe(until)
  expect(isWindow(at, until)).toBe(true)
})

test.each([
  ['10:00', '21:00', true],
  ['00:00', '23:59', true],
  ['22:00', '02:00', true],
  ['22:00', '09:59', true],
  ['22:00', '10:00', false],
  ['10:00', '09:00', false],
  ['10:00', '10:00', false],
])('from %s until %s is a window: %j', (at, until, answer) => {
  expect(isWindow(at, until)).toBe(answer)
})

test.each([
  // before, at and after the opening; before, at and after the closing hour
  ['2021-10-22T00:59:59.999Z', '10:00', '21:00', 'Asia/Yakutsk', '2021-10-22T01:00:00Z'],
  ['2021-10-22T01:00:00Z', '10:00', '21:00', 'Asia/Yakutsk', '2021-10-22T01:00:00Z'],
  ['2021-10-22T11:59:59.999Z', '10:00', '21:00', 'Asia/Yakutsk', '2021-10-22T11:59:59.999Z'],
  ['2021-10-22T12:00:00Z', '10:00', '21:00', 'Asia/Yakutsk', '2021-10-23T01:00:00Z'],
  ['2021-10-22T12:00:00Z', '10:00', '21:00', 'UTC-3:30', '2021-10-22T13:30:00Z'],
  // across midnight
  ['2021-10-22T21:00:00Z', '22:00', '02:00', 'UTC', '2021-10-22T22:00:00Z'],
  ['2021-10-22T23:59:00Z', '22:00', '02:00', 'UTC', '2021-10-22T23:59:00Z'],
  ['2021-10-23T01:59:00Z', '22:00', '02:00', 'UTC', '2021-10-23T01:59:00Z'],
  ['2021-10-23T02:00:00Z', '22:00', '02:00', 'UTC', '2021-10-23T22:00:00Z'],
  // the night of a change: the opening keeps its local hour
  ['2027-03-27T21:00:00Z', '10:00', '21:00', 'Europe/Berlin', '2027-03-28T08:00:00Z'],
  ['2027-10-30T20:00:00Z', '10:00', '21:00', 'Europe/Berlin', '2027-10-31T09:00:00Z'],
  // an opening in a gap, with the closing hour behind it and with both inside it
  ['2027-03-28T00:59:00Z', '02:30', '21:00', 'Europe/Berlin', '2027-03-28T01:30:00Z'],
  ['2027-03-28T00:59:00Z', '02:30', '02:45', 'Europe/Berlin', '2027-03-28T01:30:00Z'],
  ['2027-03-28T01:44:00Z', '02:30', '02:45', 'Europe/Berlin', '2027-03-28T01:44:00Z'],
  ['2027-03-28T01:45:00Z', '02:30', '02:45', 'Europe/Berlin', '2027-03-29T00:30:00Z'],
  ['2027-03-28T00:00:00Z', '23:30', '00:15', 'America/Nuuk', '2027-03-28T01:30:00Z'],
  ['2027-03-28T01:20:00Z', '23:30', '00:15', 'America/Nuuk', '2027-03-28T01:30:00Z'],
  // an hour that comes twice: both count, and between them it is shut again
  ['2027-10-31T00:45:00Z', '02:30', '21:00', 'Europe/Berlin', '2027-10-31T00:45:00Z'],
  ['2027-10-31T01:15:00Z', '02:30', '21:00', 'Europe/Berlin', '2027-10-31T01:30:00Z'],
  // a missing day
  ['2011-12-30T09:00:00Z', '10:00', '21:00', 'Pacific/Apia', '2011-12-30T20:00:00Z'],
])('at %s, open from %s until %s in %s: sent at %s', (instant, at, until, zone, opening) => {
  expect(isoUtc(nextOpening(Date.parse(instant), at, until, zone))).toBe(opening)
})

// ---------------------------------------------------------------- laws

const ZONES = `Europe/Berlin Asia/Yakutsk America/Nuuk Australia/Lord_Howe Africa/Casablanca Pacific/Apia Asia/Gaza
  America/Havana Antarctica/Troll America/Santiago UTC UTC+5:30`
const zone = fc.constantFrom(...ZONES.split(/\s+/))
const clock = fc
  .integer({ min: 0, max: 1439 })
  .map((minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`)
const window = fc.tuple(clock, clock).filter(([at, until]) => isWindow(at, until))
// 2010 to 2030; half of the instants within the days around changes of the clock, where mistakes live
const instant = fc.oneof(
  fc.integer({ min: Date.parse('2010-01-01'), max: Date.parse('2030-01-01') }),
  fc
    .tuple(
      fc.constantFrom('2027-03-28', '2027-10-31', '2011-12-30', '2026-03-22', '2027-10-03'),
      fc.integer({ min: -36, max: 60 }),
    )
    .map(([date, hours]) => Date.parse(date) + hours * 3_600_000 + 60_000),
)

const shows = (at: string, until: string, time: string): boolean =>
  at < until ? at <= time && time < until : at <= time || time < until

test('law: never earlier, never later than two days, and inside the window', () => {
  fc.assert(
    fc.property(zone, window, instant, (name, [at, until], from) => {
      const opening = nextOpening(from, at, until, name)
      expect(opening).toBeGreaterThanOrEqual(from)
      expect(opening - from).toBeLessThanOrEqual(49 * 3_600_000)
      expect(nextOpening(opening, at, until, name)).toBe(opening)
    }),
    { numRuns: 2000 },
  )
})

test('law: where the clock shows an hour of the window, it is now; else it is not, but for what a gap swallowed', () => {
  fc.assert(
    fc.property(zone, window, instant, (name, [at, until], from) => {
      const isShown = shows(at, until, localClock(from, name).time)
      const isNow = nextOpening(from, at, until, name) === from
      const { date } = localClock(from, name)
      const isSwallowed = [date, addDays(date, -1)].some((on) => sendInstant(on, at, name).note === 'gap')
      expect(isNow || !isShown).toBe(true)
      expect(!isNow || isShown || isSwallowed).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('law: the planned instant is inside its own window, so that nothing planned waits for another day', () => {
  fc.assert(
    fc.property(zone, window, instant, (name, [at, until], near) => {
      const planned = sendInstant(localClock(near, name).date, at, name).at
      expect(nextOpening(planned, at, until, name)).toBe(planned)
    }),
    { numRuns: 2000 },
  )
})

test('law: the answer does not depend on what was asked before', () => {
  const fresh = (from: number, at: string, until: string, name: string): number => {
    nextOpening(from - 400 * 86_400_000, at, until, name) // far away: what was kept is dropped
    return nextOpening(from, at, until, name)
  }
  fc.assert(
    fc.property(zone, window, fc.array(instant, { minLength: 2, maxLength: 6 }), (name, [at, until], instants) => {
      const alone = instants.map((from) => fresh(from, at, until, name))
      expect(instants.map((from) => nextOpening(from, at, until, name))).toEqual(alone)
      expect(
        instants
          .flatMap((from) => [from, from + 60_000, from + 3_600_000])
          .map((from) => nextOpening(from, at, until, name)),
      ).toEqual(
        instants.flatMap((from) => [from, from + 60_000, from + 3_600_000]).map((from) => fresh(from, at, until, name)),
      )
    }),
    { numRuns: 300 },
  )
})
