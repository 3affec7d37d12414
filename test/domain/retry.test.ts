// What becomes of a message that did not arrive, when it is retried.
import { describe, expect, test } from 'vitest'
import type { TroubleState } from '../../src/domain/message.ts'
import type { KeyRules } from '../../src/domain/outcome.ts'
import { doubtOf, endAfterRetry, fateOf, type RetryFate, type TroubledMessage } from '../../src/domain/retry.ts'

const HOUR = 3_600_000
const NOW = 100 * 24 * HOUR
const KEY: KeyRules = { honoursKey: true, onUnknown: 'repeat', keyRetentionMs: 24 * HOUR }
const NO_KEY: KeyRules = { ...KEY, honoursKey: false }

const rowOf = (change: Partial<TroubledMessage>): TroubledMessage => ({
  id: 1,
  recipientId: 1,
  state: 'failed',
  reason: 'Нет денег на счёте',
  sendAt: NOW - 50 * HOUR,
  settledAt: NOW - 2 * HOUR,
  doubtSince: null,
  ...change,
})

const CASES: readonly (readonly [
  name: string,
  row: Partial<TroubledMessage>,
  asNew: boolean,
  rules: KeyRules,
  fate: RetryFate,
])[] = [
  ['refused, nothing was taken', {}, false, KEY, 'new'],
  ['expired, it never left', { state: 'expired' }, false, NO_KEY, 'new'],
  ['unknown, while the key is remembered', { state: 'unknown', doubtSince: NOW - 22 * HOUR }, false, KEY, 'repeat'],
  ['unknown, the key is forgotten', { state: 'unknown', doubtSince: NOW - 24 * HOUR }, false, KEY, 'forgotten'],
  [
    'unknown, the last hour of the memory',
    { state: 'unknown', doubtSince: NOW - 23.5 * HOUR },
    false,
    KEY,
    'forgotten',
  ],
  ['unknown, keys mean nothing there', { state: 'unknown', doubtSince: NOW - 48 * HOUR }, false, NO_KEY, 'repeat'],
  ['unknown, without a note since when', { state: 'unknown' }, false, KEY, 'repeat'],
  ['the same, long ago', { state: 'unknown', settledAt: NOW - 30 * HOUR }, false, KEY, 'forgotten'],
  ['unknown, wanted as new', { state: 'unknown', doubtSince: NOW - 48 * HOUR }, true, KEY, 'renew'],
  ['refused after an attempt that may have been taken', { doubtSince: NOW - HOUR }, false, KEY, 'repeat'],
  ['the same, wanted as new', { doubtSince: NOW - HOUR }, true, KEY, 'renew'],
]

test.each(CASES)('%s', (_, row, asNew, rules, fate) => {
  expect(fateOf(rowOf(row), { error: null, asNew }, NOW, rules)).toBe(fate)
})

test.each([
  ['денег', true],
  ['НЕТ ДЕНЕГ', true],
  ['%', false],
  ['_', false],
  ['номер', false],
])('reasons that contain %j', (error, isMeant) => {
  expect(fateOf(rowOf({}), { error, asNew: false }, NOW, KEY)).toBe(isMeant ? 'new' : null)
  expect(fateOf(rowOf({ reason: null }), { error, asNew: false }, NOW, KEY)).toBe(null)
})

test('what is unknown is in doubt since it was settled, or since it was to be sent', () => {
  const doubt = (state: TroubleState, settledAt: number | null): number | null => doubtOf(rowOf({ state, settledAt }))
  expect([doubt('unknown', 7), doubt('unknown', null), doubt('failed', 7)]).toEqual([7, NOW - 50 * HOUR, null])
})

describe('the mailing ends', () => {
  const DAY = 24 * HOUR
  test.each([
    ['three days from now', 'done', NOW - DAY, null, NOW + 3 * DAY],
    ['not earlier than it would have', 'active', NOW + 9 * DAY, null, NOW + 9 * DAY],
    ['when the operator says', 'done', NOW + 9 * DAY, NOW + HOUR, NOW + HOUR],
    ['later where others of it still wait', 'active', NOW + DAY, NOW + HOUR, NOW + DAY],
  ] as const)('%s', (_, state, expiresAt, wanted, end) => {
    expect(endAfterRetry({ state, expiresAt }, wanted, NOW)).toBe(end)
  })
})
