// Local date + hour + zone -> UTC instant: the rules of design.md 4 as tables, then against Temporal over all zones.
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { addDays, isDate, isoUtc, parseTime } from '../../src/domain/local-time.ts'
import { localClock, localDate, sendInstant } from '../../src/domain/send-time.ts'
import { parseZone } from '../../src/domain/zone.ts'

test.each([
  ['10:00', '10:00'],
  ['9:05', '09:05'],
  [' 00:00 ', '00:00'],
  ['23:59', '23:59'],
  ['24:00', null],
  ['25:00', null],
  ['10:60', null],
  ['10', null],
  ['10:5', null],
  ['-1:00', null],
  ['10:00:00', null],
  ['', null],
])('the hour %j reads as %j', (raw, time) => {
  expect(parseTime(raw)).toBe(time)
})

test.each([
  ['2021-10-22', true],
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['2021-13-01', false],
  ['2021-1-1', false],
  ['22.10.2021', false],
  ['tomorrow', false],
  ['', false],
])('%j is a date: %j', (raw, answer) => {
  expect(isDate(raw)).toBe(answer)
})

test.each([
  ['2021-10-22', 1, '2021-10-23'],
  ['2021-12-31', 1, '2022-01-01'],
  ['2024-03-01', -1, '2024-02-29'],
  ['2027-03-28', 0, '2027-03-28'],
])('%s and %d days is %s', (on, days, result) => {
  expect(addDays(on, days)).toBe(result)
})

test.each([
  // the worked example of design.md 4.1
  ['2021-10-22', '10:00', 'Asia/Yakutsk', '2021-10-22T01:00:00Z', null],
  ['2021-10-22', '10:00', 'Europe/Moscow', '2021-10-22T07:00:00Z', null],
  ['2021-10-22', '10:00', 'UTC', '2021-10-22T10:00:00Z', null],
  ['2021-10-22', '10:00', 'UTC+5:30', '2021-10-22T04:30:00Z', null],
  ['2021-10-22', '10:00', 'UTC-3:30', '2021-10-22T13:30:00Z', null],
  ['2021-10-22', '10:00', 'Pacific/Kiritimati', '2021-10-21T20:00:00Z', null],
  ['2021-10-22', '10:00', 'Asia/Kathmandu', '2021-10-22T04:15:00Z', null],
  // gaps: forward by the gap
  ['2027-03-28', '02:30', 'Europe/Berlin', '2027-03-28T01:30:00Z', 'gap'],
  ['2027-03-28', '02:00', 'Europe/Berlin', '2027-03-28T01:00:00Z', 'gap'],
  ['2027-03-28', '03:00', 'Europe/Berlin', '2027-03-28T01:00:00Z', null],
  ['2027-10-03', '02:15', 'Australia/Lord_Howe', '2027-10-02T15:45:00Z', 'gap'],
  ['2027-03-27', '23:30', 'America/Nuuk', '2027-03-28T01:30:00Z', 'gap'],
  ['2026-03-22', '02:30', 'Africa/Casablanca', '2026-03-22T02:30:00Z', 'gap'],
  // overlaps: the first of the two
  ['2027-10-31', '02:30', 'Europe/Berlin', '2027-10-31T00:30:00Z', 'overlap'],
  ['2027-10-31', '03:00', 'Europe/Berlin', '2027-10-31T02:00:00Z', null],
  ['2027-04-04', '01:45', 'Australia/Lord_Howe', '2027-04-03T14:45:00Z', 'overlap'],
  ['2027-10-30', '23:30', 'America/Nuuk', '2027-10-31T00:30:00Z', 'overlap'],
  ['2026-02-15', '02:30', 'Africa/Casablanca', '2026-02-15T01:30:00Z', 'overlap'],
  // a missing day: the same hour of the next one
  ['2011-12-30', '10:00', 'Pacific/Apia', '2011-12-30T20:00:00Z', 'missing day'],
  ['2011-12-29', '23:59', 'Pacific/Apia', '2011-12-30T09:59:00Z', null],
  ['2011-12-31', '00:00', 'Pacific/Apia', '2011-12-30T10:00:00Z', null],
])('%s %s in %s is %s (%s)', (on, at, zone, instant, note) => {
  const answer = sendInstant(on, at, zone)
  expect({ at: isoUtc(answer.at), note: answer.note }).toEqual({ at: instant, note })
})

test.each([
  ['2021-10-22T01:00:00Z', 'Asia/Yakutsk', { date: '2021-10-22', time: '10:00', offset: '+09' }],
  ['2021-10-21T18:50:00Z', 'Asia/Yakutsk', { date: '2021-10-22', time: '03:50', offset: '+09' }],
  ['2021-10-21T18:50:00Z', 'UTC+5:30', { date: '2021-10-22', time: '00:20', offset: '+05:30' }],
  ['2021-10-21T18:50:00Z', 'America/St_Johns', { date: '2021-10-21', time: '16:20', offset: '-02:30' }],
  ['2021-10-21T18:50:00Z', 'UTC', { date: '2021-10-21', time: '18:50', offset: '+00' }],
])('at %s a clock in %s shows %j', (instant, zone, shown) => {
  expect(localClock(Date.parse(instant), zone)).toEqual(shown)
  expect(localDate(Date.parse(instant), zone)).toBe(shown.date)
})

test('instants are written with milliseconds only where there are some', () => {
  expect(isoUtc(Date.parse('2021-10-22T01:00:00Z'))).toBe('2021-10-22T01:00:00Z')
  expect(isoUtc(Date.parse('2021-10-22T01:00:00.120Z'))).toBe('2021-10-22T01:00:00.120Z')
})

test('a zone that does not exist is a mistake of the program, not an instant', () => {
  expect(() => sendInstant('2021-10-22', '10:00', 'Mars/Olympus')).toThrow(RangeError)
})

// ---------------------------------------------------------------- Temporal as the oracle

const ZONES = [...new Set(Intl.supportedValuesOf('timeZone').map(canonical))]

function canonical(name: string): string {
  const parsed = parseZone(name)
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.zone
}

const oracle = (on: string, at: string, zone: string): { at: number; note: string | null } => {
  const reading = Temporal.PlainDateTime.from(`${on}T${at}`)
  const resolve = (disambiguation: 'compatible' | 'earlier' | 'later') =>
    reading.toZonedDateTime(zone, { disambiguation })
  const answer = resolve('compatible')
  const [earlier, later] = [resolve('earlier'), resolve('later')]
  const shift = reading.until(answer.toPlainDateTime()).total({ unit: 'minutes' })
  const note = earlier.epochMilliseconds === later.epochMilliseconds ? null : shift === 0 ? 'overlap' : 'gap'
  return { at: answer.epochMilliseconds, note: shift >= 24 * 60 ? 'missing day' : note }
}

/** Local readings around the next changes of the clock: before, during and after what they skip or repeat. */
const aroundChanges = function* (zone: string, from: string, changes: number): Generator<{ on: string; at: string }> {
  let moment: Temporal.ZonedDateTime | null = Temporal.Instant.from(from).toZonedDateTimeISO(zone)
  for (let i = 0; i < changes; i++) {
    moment = moment.getTimeZoneTransition('next')
    if (moment === null || moment.year > 2037) return
    for (const minutes of [-75, -30, 0, 15, 45, 60]) {
      const local = moment.toPlainDateTime().add({ minutes })
      yield { on: local.toPlainDate().toString(), at: local.toPlainTime().toString({ smallestUnit: 'minute' }) }
    }
  }
}

/** A small generator with a seed: the same dates in every run. */
const random = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

test('agrees with Temporal in every zone on dates drawn at random', () => {
  const draw = random(20_211_022)
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  for (const zone of ZONES) {
    for (let i = 0; i < 6; i++) {
      const on = addDays('1975-01-01', Math.floor(draw() * 365 * 75))
      const at = `${two(draw() * 24)}:${two(draw() * 60)}`
      expect(sendInstant(on, at, zone), `${on} ${at} ${zone}`).toEqual(oracle(on, at, zone))
    }
  }
})

// All 122,688 readings around the 20,448 changes from 1970 to 2037 agree too; that takes 12 s, so a run looks at the same few.
test('agrees with Temporal around changes of the clock in every zone', () => {
  let [compared, noted] = [0, 0]
  const draw = random(7)
  for (const zone of ZONES) {
    const year = 1975 + Math.floor(draw() * 60)
    for (const { on, at } of aroundChanges(zone, `${year}-02-01T00:00Z`, 4)) {
      const answer = sendInstant(on, at, zone)
      expect(answer, `${on} ${at} ${zone}`).toEqual(oracle(on, at, zone))
      compared++
      if (answer.note !== null) noted++
    }
  }
  expect(compared).toBeGreaterThan(4000)
  expect(noted).toBeGreaterThan(1500)
})

test('law: what a clock shows at the instant is the hour that was asked for, unless a gap swallowed it', () => {
  const zone = fc.constantFrom(...ZONES, 'UTC', 'UTC+3', 'UTC-3:30', 'UTC+5:45')
  fc.assert(
    fc.property(zone, fc.integer({ min: 0, max: 25_000 }), fc.integer({ min: 0, max: 1439 }), (name, days, minutes) => {
      const on = addDays('1980-01-01', days)
      const at = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
      const answer = sendInstant(on, at, name)
      const { date, time } = localClock(answer.at, name)
      const isShown = answer.note === null || answer.note === 'overlap'
      expect(isShown ? `${date} ${time}` === `${on} ${at}` : `${date} ${time}` > `${on} ${at}`).toBe(true)
    }),
    { numRuns: 1000 },
  )
})
