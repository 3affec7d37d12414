// A plan that some more are counted into: none is lost, none twice, in whatever portions they come.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Plan } from '../../src/domain/mailing.ts'
import { type Joined, withJoined } from '../../src/domain/plan-joined.ts'

const PLAN: Plan = {
  total: 5,
  zones: [
    { zone: 'Asia/Omsk', count: 2, sendAt: 100, notes: ['past: the next day'] },
    { zone: 'Europe/Moscow', count: 3, sendAt: 200, notes: [] },
  ],
  skipped: [{ reason: 'unsubscribed', count: 1 }],
}
const OMSK = { zone: 'Asia/Omsk', sendAt: 100, skip: null }

const CASES: readonly (readonly [string, readonly Joined[], Partial<Plan>])[] = [
  ['nobody', [], {}],
  [
    'in a zone that is there',
    [{ ...OMSK, count: 4 }],
    {
      total: 9,
      zones: [{ zone: 'Asia/Omsk', count: 6, sendAt: 100, notes: ['past: the next day'] }, ...PLAN.zones.slice(1)],
    },
  ],
  [
    'earlier than those who are there',
    [{ zone: 'Europe/Moscow', sendAt: 50, skip: null, count: 1 }],
    { total: 6, zones: [{ zone: 'Europe/Moscow', count: 4, sendAt: 50, notes: [] }, ...PLAN.zones.slice(0, 1)] },
  ],
  [
    'in a new zone, in the order in which they leave',
    [{ zone: 'Asia/Tokyo', sendAt: 150, skip: null, count: 1 }],
    {
      total: 6,
      zones: [
        ...PLAN.zones.slice(0, 1),
        { zone: 'Asia/Tokyo', count: 1, sendAt: 150, notes: ['gap'] },
        ...PLAN.zones.slice(1),
      ],
    },
  ],
  [
    'those who get nothing are told by their reason',
    [
      { ...OMSK, skip: 'unsubscribed', count: 2 },
      { zone: '', sendAt: 0, skip: 'no zone', count: 1 },
    ],
    {
      skipped: [
        { reason: 'unsubscribed', count: 3 },
        { reason: 'no zone', count: 1 },
      ],
    },
  ],
]

test.each(CASES)('%s', (_, joined, change) => {
  expect(withJoined(PLAN, joined, () => ['gap'])).toEqual({ ...PLAN, ...change })
})

const anyJoined: fc.Arbitrary<Joined> = fc.record({
  zone: fc.constantFrom('Asia/Omsk', 'Europe/Moscow', 'Asia/Tokyo'),
  sendAt: fc.integer({ min: 0, max: 300 }),
  skip: fc.constantFrom(null, 'unsubscribed', 'blocked'),
  count: fc.integer({ min: 1, max: 9 }),
})

test('at once or one after the other is the same, and every one of them is in it', () => {
  fc.assert(
    fc.property(fc.array(anyJoined), (joined) => {
      const atOnce = withJoined(PLAN, joined, () => [])
      expect(joined.reduce((plan, each) => withJoined(plan, [each], () => []), PLAN)).toEqual(atOnce)
      const sum = (some: readonly { readonly count: number }[]): number => some.reduce((n, { count }) => n + count, 0)
      expect(sum(atOnce.zones)).toBe(atOnce.total)
      expect(atOnce.total + sum(atOnce.skipped)).toBe(6 + sum(joined))
    }),
  )
})
