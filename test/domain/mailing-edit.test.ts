// What an edit makes of a mailing: its hours, its end, its name, and what its rows have to follow.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EVERYBODY, type Mailing } from '../../src/domain/mailing.ts'
import { differences, same } from '../../src/domain/mailing-differences.ts'
import { endOf, type MailingWish, nameAfter, rowEdit, unapproved, wished } from '../../src/domain/mailing-edit.ts'
import { defaultUntil, isWindow } from '../../src/domain/send-time.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.parse('2021-10-21T18:50:00Z')
/** The last planned send of the usual mailing. */
const LAST = Date.parse('2021-10-22T08:00:00Z')
const VIP = { ...EVERYBODY, tags: ['vip'] }

const mailingOf = (change: Partial<Mailing> = {}): Mailing => ({
  ...{ id: 1, uid: 'u', name: '2021-10-22 10:00', state: 'active', reason: null, text: 'Good morning', textNo: 1 },
  ...{ gateway: 'sms', at: '10:00', on: '2021-10-22', until: '21:00', expiresAt: LAST + 3 * DAY },
  terms: { audience: EVERYBODY, ifPast: 'fail', ifNoZone: 'fail', addressKind: 'phone', follow: false },
  plan: { total: 0, zones: [], skipped: [] },
  ...{ createdAt: NOW, createdBy: 'olga', approvedBy: 'anna' },
  ...change,
})

describe('as it is wanted', () => {
  const CASES: readonly (readonly [string, Partial<Mailing>, MailingWish, Partial<Mailing>])[] = [
    ['nothing', {}, {}, {}],
    ['another text gets the next number', { textNo: 4 }, { text: 'Hello' }, { text: 'Hello', textNo: 5 }],
    ['the same text keeps its number', { textNo: 4 }, { text: 'Good morning' }, { textNo: 4 }],
    ['the usual closing hour stays the usual one', {}, { at: '12:00' }, { at: '12:00', until: '21:00' }],
    ['the usual closing hour follows a late hour', {}, { at: '20:30' }, { at: '20:30', until: '21:30' }],
    ['and comes back from it', { at: '20:30', until: '21:30' }, { at: '10:00' }, { at: '10:00', until: '21:00' }],
    ['a chosen closing hour stays', { until: '18:00' }, { at: '12:00' }, { at: '12:00', until: '18:00' }],
    ['one across midnight stays', { at: '22:00', until: '02:00' }, { at: '23:00' }, { at: '23:00', until: '02:00' }],
    ['the wanted closing hour', {}, { at: '12:00', until: '13:00' }, { at: '12:00', until: '13:00' }],
    ['another date', {}, { on: '2021-10-23' }, { on: '2021-10-23' }],
    ['name and end wait for others', {}, { name: 'x', expires: '1d' }, {}],
  ]
  test.each(CASES)('%s', (_, before, wish, after) => {
    const mailing = mailingOf(before)
    expect(wished(mailing, wish)).toEqual({ ...mailing, ...after })
  })

  test('another audience leaves the other terms', () => {
    const { terms } = wished(mailingOf(), { audience: VIP })
    expect(terms).toEqual({ ...mailingOf().terms, audience: VIP })
  })

  test.each([
    ['a chosen closing hour that the new hour has passed', { until: '11:00' }, { at: '12:00' }, '--until'],
    ['a closing hour before the hour', {}, { until: '09:00' }, 'after the sending hour'],
    ['no closing hour at all', {}, { until: 'noon' }, 'HH:MM'],
  ])('refused: %s', (_, before, wish, hint) => {
    expect(() => wished(mailingOf(before), wish)).toThrow(
      expect.objectContaining({ exit: 'usage', hint: expect.stringContaining(hint) }),
    )
  })
})

describe('what the rows follow', () => {
  const NOTHING = { members: 'keep', moves: false, hours: false }
  const CASES: readonly (readonly [string, MailingWish, object | null])[] = [
    ['a text: they have none of their own', { text: 'Hello', name: 'x' }, null],
    ['the hour', { at: '11:00' }, { ...NOTHING, moves: true }],
    ['a late hour, and the closing hour with it', { at: '20:30' }, { ...NOTHING, moves: true, hours: true }],
    ['the date', { on: '2021-10-23' }, { ...NOTHING, moves: true }],
    ['the same hour said again', { at: '10:00', on: '2021-10-22', until: '21:00', audience: EVERYBODY }, null],
    ['the closing hour', { until: '20:00' }, { ...NOTHING, hours: true }],
    ['the end', { expires: '1d' }, { ...NOTHING, hours: true }],
    ['the audience', { audience: VIP }, { ...NOTHING, members: 'audience' }],
    ['all of it', { at: '11:00', until: '20:00', audience: VIP }, { members: 'audience', moves: true, hours: true }],
  ]
  test.each(CASES)('%s', (_, wish, expected) => {
    const before = mailingOf({ state: 'paused' })
    const edit = rowEdit(before, wished(before, wish), wish, NOW, 'skip')
    const rest = { now: NOW, state: 'paused', shifts: false, ifPast: 'skip' }
    expect(edit).toEqual(expected === null ? null : { ...expected, ...rest })
  })
})

describe('its end', () => {
  const CASES: readonly (readonly [string, number, string | undefined, number, number])[] = [
    // name, end before, wanted, last planned send after, end after
    ['nothing moves, nothing changes', LAST + 3 * DAY, undefined, LAST, LAST + 3 * DAY],
    ['three days after the last one follow it', LAST + 3 * DAY, undefined, LAST + DAY, LAST + 4 * DAY],
    ['but never come earlier by themselves', LAST + 3 * DAY, undefined, LAST - DAY, LAST + 3 * DAY],
    ['a chosen one stays', LAST + 5 * HOUR, undefined, LAST + 2 * HOUR, LAST + 5 * HOUR],
    ['also where it is before the last one already', LAST - HOUR, undefined, LAST, LAST - HOUR],
    ['as wanted, from the new last one', LAST + 3 * DAY, '12h', LAST + DAY, LAST + DAY + 12 * HOUR],
    ['as an instant', LAST, '2021-10-23T00:00:00+03:00', LAST, Date.parse('2021-10-22T21:00:00Z')],
  ]
  test.each(CASES)('%s', (_, expiresAt, wanted, lastAfter, expected) => {
    expect(endOf(mailingOf({ expiresAt }), wanted, [LAST, lastAfter], NOW)).toBe(expected)
  })

  test.each([
    ['a chosen one before the new time', LAST + HOUR, undefined, LAST + 2 * HOUR, NOW],
    ['at the very instant of the new time', LAST + HOUR, undefined, LAST + HOUR, NOW],
    ['an instant before the last send', LAST, '2021-10-22T07:00:00Z', LAST, NOW],
    ['one that is past by now', LAST, '1h', LAST, LAST + HOUR],
  ])('refused: %s', (_, expiresAt, wanted, lastAfter, now) => {
    expect(() => endOf(mailingOf({ expiresAt }), wanted, [LAST, lastAfter], now)).toThrow(
      expect.objectContaining({ exit: 'usage' }),
    )
  })
})

test.each([
  ['2021-10-22 10:00', '2021-10-23 11:00'],
  ['2021-10-22 10:00 (2)', '2021-10-23 11:00'],
  ['2021-10-22 10:00 (again)', null],
  ['2021-10-22 10:00 (2) spring', null],
  ['before 2021-10-22 10:00', null],
  ['spring', null],
])('a mailing named %j is named %j when date and hour change', (name, expected) => {
  const before = mailingOf({ name })
  expect(nameAfter(before, { ...before, on: '2021-10-23', at: '11:00' })).toBe(expected)
  expect(nameAfter(before, { ...before, text: 'Hello' })).toBe(null)
})

test('whoever changes an approved mailing asks anew, and has not approved it', () => {
  expect(unapproved(mailingOf(), 'boris')).toEqual(
    mailingOf({ state: 'proposed', createdBy: 'boris', approvedBy: null }),
  )
})

describe('what differs', () => {
  const CASES: readonly (readonly [string, Partial<Mailing>, object])[] = [
    ['nothing', {}, {}],
    ['a text, by its number', { text: 'Hello', textNo: 2 }, { textNo: [1, 2] }],
    ['date and hour', { at: '11:00', on: '2021-10-23' }, { at: ['10:00', '11:00'], on: ['2021-10-22', '2021-10-23'] }],
    [
      'closing hour and end',
      { until: '20:00', expiresAt: 5 },
      { until: ['21:00', '20:00'], expiresAt: [LAST + 3 * DAY, 5] },
    ],
    ['a name', { name: 'spring' }, { name: ['2021-10-22 10:00', 'spring'] }],
    ['an audience', { terms: { ...mailingOf().terms, audience: VIP } }, { audience: [EVERYBODY, VIP] }],
    [
      'what no wish is about',
      { state: 'paused', reason: 'x', approvedBy: null, plan: { ...mailingOf().plan, total: 9 } },
      {},
    ],
  ]
  test.each(CASES)('%s', (_, change, expected) => {
    expect(differences(mailingOf(), mailingOf(change))).toEqual(expected)
  })
})

// ---------------------------------------------------------------- laws

const clock = fc
  .integer({ min: 0, max: 1439 })
  .map((minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`)
const anyMailing = fc
  .tuple(clock, fc.option(clock, { nil: undefined }))
  .map(([at, until]) => mailingOf({ at, until: until ?? defaultUntil(at) }))
  .filter(({ at, until }) => isWindow(at, until))
const anyWish: fc.Arbitrary<MailingWish> = fc.record(
  {
    text: fc.constantFrom('Good morning', 'Hello'),
    at: clock,
    on: fc.constantFrom('2021-10-22', '2021-10-23'),
    until: clock,
    audience: fc.constantFrom(EVERYBODY, VIP),
  },
  { requiredKeys: [] },
)

/** null: the wish is refused. */
const after = (mailing: Mailing, wish: MailingWish): Mailing | null => {
  try {
    return wished(mailing, wish)
  } catch (error) {
    expect(error).toMatchObject({ exit: 'usage' })
    return null
  }
}

test('whatever is wanted, the hours stay a window, or it is refused', () => {
  fc.assert(
    fc.property(anyMailing, anyWish, (mailing, wish) => {
      const wanted = after(mailing, wish)
      return wanted === null || isWindow(wanted.at, wanted.until)
    }),
  )
})

test('wanted twice is wanted once: nothing differs, and the rows have nothing to follow', () => {
  fc.assert(
    fc.property(anyMailing, anyWish, (mailing, wish) => {
      const once = after(mailing, wish)
      fc.pre(once !== null)
      expect(wished(once, wish)).toEqual(once)
      expect(differences(once, wished(once, wish))).toEqual({})
      expect(rowEdit(once, wished(once, wish), wish, NOW, 'now')).toBe(null)
    }),
  )
})

test('only what is wanted differs, but for the closing hour and the number of the text; read backwards it is the way back', () => {
  fc.assert(
    fc.property(anyMailing, anyWish, (mailing, wish) => {
      const wanted = after(mailing, wish)
      fc.pre(wanted !== null)
      const there = differences(mailing, wanted)
      const may = [...Object.keys(wish), ...('at' in wish ? ['until'] : []), ...('text' in wish ? ['textNo'] : [])]
      expect(Object.keys(there).filter((name) => !may.includes(name))).toEqual([])
      for (const [was, is] of Object.values(there)) expect(same(was, is)).toBe(false)
      const back = Object.entries(there).map(([name, [was, is]]) => [name, [is, was]])
      expect(differences(wanted, mailing)).toEqual(Object.fromEntries(back))
    }),
  )
})
