// A ramp ends when it is said to end.
import { expect, test } from 'vitest'
import { resumed } from '../../src/domain/gateway-changes.ts'
import { fullSpeedAt, healthy, loadOf } from '../../src/domain/gateway-health.ts'

test.each([
  [1, null, 0],
  [2, null, 10_000],
  [64, null, 60_000],
  [100, null, 70_000],
  [64, 300_000, 300_000],
  [64, 30_000, 60_000],
  [1, 30_000, 30_000],
])('%i at once, ramp %s: full speed after %i ms, and not before', (concurrency, rampMs, after) => {
  const health = { ...resumed(healthy('sms'), 1_000, rampMs), rampFrom: 1_000 }
  expect(fullSpeedAt(health, concurrency)).toBe(1_000 + after)
  expect(loadOf(health, 1_000 + after, concurrency)).toBe(1)
  if (concurrency > 1) expect(loadOf(health, 999 + after, concurrency)).toBeLessThan(1)
})

test('at full speed there is nothing to wait for', () => {
  expect(fullSpeedAt(resumed(healthy('sms'), 1_000, null), 64)).toBeNull()
})
