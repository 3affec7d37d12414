// When the last message leaves: by hand for the plain cases, as laws for all of them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forecast, type Waiting } from '../../src/domain/forecast.ts'
import { nextOpening, sendInstant } from '../../src/domain/send-time.ts'

const EVENING = Date.parse('2021-10-21T18:50:00Z')

const waiting = (zone: string, count: number, change: Partial<Waiting> = {}): Waiting => ({
  zone,
  count,
  sendAt: sendInstant('2021-10-22', '10:00', zone).at,
  at: '10:00',
  until: '21:00',
  expiresAt: Date.parse('2021-10-25T08:00:00Z'),
  ...change,
})

const iso = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString())

const told = (line: readonly Waiting[], rate: number, now = EVENING) =>
  forecast(line, rate, now).map(({ leaves, expires, firstAt, lastAt }) => [leaves, expires, iso(firstAt), iso(lastAt)])

describe('by hand', () => {
  test('each zone begins at its hour and takes as long as the rate says', () => {
    expect(told([waiting('Asia/Yakutsk', 601), waiting('Europe/Moscow', 1)], 10)).toEqual([
      [601, 0, '2021-10-22T01:00:00.000Z', '2021-10-22T01:01:00.000Z'],
      [1, 0, '2021-10-22T07:00:00.000Z', '2021-10-22T07:00:00.000Z'],
    ])
  })

  test('zones of one hour stand in one line, in the order in which they are given', () => {
    expect(told([waiting('Europe/Moscow', 100), waiting('Europe/Kirov', 100)], 10)).toEqual([
      [100, 0, '2021-10-22T07:00:00.000Z', '2021-10-22T07:00:09.900Z'],
      [100, 0, '2021-10-22T07:00:10.000Z', '2021-10-22T07:00:19.900Z'],
    ])
  })

  test('what is not through when the next zone is due keeps it waiting', () => {
    const [, moscow] = told([waiting('Europe/Samara', 3_601), waiting('Europe/Moscow', 1)], 1)
    expect(moscow).toEqual([1, 0, '2021-10-22T07:00:01.000Z', '2021-10-22T07:00:01.000Z'])
  })

  test('what does not fit before the closing hour leaves from the next opening on', () => {
    const hour = { until: '11:00' }
    expect(told([waiting('Asia/Omsk', 5_000, hour), waiting('Europe/Moscow', 10, hour)], 1)).toEqual([
      [5_000, 0, '2021-10-22T04:00:00.000Z', '2021-10-23T04:23:19.000Z'],
      [10, 0, '2021-10-22T07:00:00.000Z', '2021-10-22T07:00:09.000Z'],
    ])
  })

  test('asked in the middle of a day, late rows go at once, and those that closed wait for tomorrow', () => {
    const now = Date.parse('2021-10-22T13:00:00Z')
    expect(told([waiting('Asia/Yakutsk', 5), waiting('Europe/Moscow', 5)], 1, now)).toEqual([
      [5, 0, '2021-10-23T01:00:00.000Z', '2021-10-23T01:00:04.000Z'],
      [5, 0, '2021-10-22T13:00:00.000Z', '2021-10-22T13:00:04.000Z'],
    ])
  })

  test('what has no turn before its mailing ends does not leave', () => {
    const short = { until: '10:01', expiresAt: Date.parse('2021-10-24T00:00:00Z') }
    expect(told([waiting('Europe/Moscow', 200, short)], 1)).toEqual([
      [120, 80, '2021-10-22T07:00:00.000Z', '2021-10-23T07:00:59.000Z'],
    ])
    expect(told([waiting('Europe/Moscow', 2, { expiresAt: EVENING })], 1)).toEqual([[0, 2, null, null]])
  })

  test('nothing waits', () => {
    expect(forecast([], 200, EVENING)).toEqual([])
    expect(told([waiting('Asia/Omsk', 0)], 200)).toEqual([[0, 0, null, null]])
  })
})

// ---------------------------------------------------------------- laws

const ZONES = ['Asia/Kamchatka', 'Asia/Kolkata', 'Europe/Moscow', 'Europe/Berlin', 'America/New_York', 'UTC'] as const

const anyWaiting = fc.record({
  zone: fc.constantFrom(...ZONES),
  on: fc.constantFrom('2021-10-29', '2021-10-30', '2021-11-06', '2022-03-26'), // days before clocks change
  hours: fc.constantFrom(['10:00', '21:00'], ['09:30', '10:30'], ['22:00', '02:00'], ['01:30', '03:15']),
  count: fc.nat(40_000),
  days: fc.integer({ min: 0, max: 6 }),
})

const line = fc.array(anyWaiting, { minLength: 1, maxLength: 6 }).map((drafts) =>
  drafts.map(({ zone, on, hours: [at = '', until = ''], count, days }): Waiting => {
    const sendAt = sendInstant(on, at, zone).at
    return { zone, at, until, count, sendAt, expiresAt: sendAt + days * 86_400_000 }
  }),
)
const rate = fc.double({ min: 0.05, max: 500, noNaN: true })
const now = fc.date({ min: new Date('2021-10-28T00:00Z'), max: new Date('2021-11-09T00:00Z'), noInvalidDate: true })

/** Never earlier, or not at all. */
const isLaterOrSame = (a: number | null, b: number | null): boolean => a === null || (b !== null && a >= b)

describe('laws', () => {
  test('everybody leaves or expires, first before last, after the send time, and never outside the hours', () => {
    fc.assert(
      fc.property(line, rate, now, (rows, perSecond, at) => {
        for (const [i, leaving] of forecast(rows, perSecond, at.getTime()).entries()) {
          const row = rows[i]
          if (row === undefined) throw new Error('more answers than rows')
          expect(leaving.leaves + leaving.expires).toBe(row.count)
          expect(leaving.firstAt === null).toBe(leaving.leaves === 0)
          if (leaving.firstAt === null || leaving.lastAt === null) continue
          expect(leaving.firstAt).toBeGreaterThanOrEqual(Math.max(row.sendAt, at.getTime()))
          expect(leaving.lastAt).toBeGreaterThanOrEqual(leaving.firstAt)
          expect(leaving.lastAt).toBeLessThan(row.expiresAt)
          for (const instant of [leaving.firstAt, leaving.lastAt])
            expect(nextOpening(instant, row.at, row.until, row.zone)).toBe(instant)
        }
      }),
    )
  })

  test('at a higher rate nobody leaves later, and nobody more expires', () => {
    fc.assert(
      fc.property(line, rate, fc.double({ min: 1, max: 20, noNaN: true }), now, (rows, perSecond, faster, at) => {
        const slow = forecast(rows, perSecond, at.getTime())
        const fast = forecast(rows, perSecond * faster, at.getTime())
        for (const [i, one] of slow.entries()) {
          const other = fast[i]
          expect(other?.expires).toBeLessThanOrEqual(one.expires)
          expect(isLaterOrSame(one.firstAt, other?.firstAt ?? null)).toBe(true)
          if (one.expires === 0) expect(isLaterOrSame(one.lastAt, other?.lastAt ?? null)).toBe(true)
        }
      }),
    )
  })

  test('more messages of one zone never let another leave earlier', () => {
    fc.assert(
      fc.property(line, rate, fc.nat(5), fc.nat(40_000), now, (rows, perSecond, which, more, at) => {
        const fuller = rows.map((row, i) => (i === which % rows.length ? { ...row, count: row.count + more } : row))
        const before = forecast(rows, perSecond, at.getTime())
        const after = forecast(fuller, perSecond, at.getTime())
        for (const [i, one] of after.entries()) {
          if (i === which % rows.length) continue
          expect(one.expires).toBeGreaterThanOrEqual(before[i]?.expires ?? 0)
          if (one.firstAt !== null) expect(one.firstAt).toBeGreaterThanOrEqual(before[i]?.firstAt ?? 0)
          if (one.expires === 0) expect(one.lastAt ?? 0).toBeGreaterThanOrEqual(before[i]?.lastAt ?? 0)
        }
      }),
    )
  })
})
