// One signal becomes two, and lengths of time that a timer of Node cannot hold.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { stopSignals } from '../../src/cli/actions/stop-signals.ts'

const DAY = 86_400_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('stops when told to, and breaks off after the grace time', () => {
  const outer = new AbortController()
  const signals = stopSignals(outer.signal, 25_000, null)
  vi.advanceTimersByTime(DAY)
  expect(signals.stop.aborted).toBe(false)
  outer.abort()
  expect([signals.stop.aborted, signals.abort.aborted]).toEqual([true, false])
  vi.advanceTimersByTime(25_000)
  expect(signals.abort.aborted).toBe(true)
})

test('told before it began, it stops', () => {
  expect(stopSignals(AbortSignal.abort(), 1_000, null).stop.aborted).toBe(true)
})

test('60 days of running and 30 of grace are waited for', () => {
  const signals = stopSignals(new AbortController().signal, 30 * DAY, 60 * DAY)
  vi.advanceTimersByTime(60 * DAY - 1)
  expect(signals.stop.aborted).toBe(false)
  vi.advanceTimersByTime(1)
  expect(signals.stop.aborted).toBe(true)
  vi.advanceTimersByTime(30 * DAY - 1)
  expect(signals.abort.aborted).toBe(false)
  vi.advanceTimersByTime(1)
  expect(signals.abort.aborted).toBe(true)
})

test('cleared, it keeps no process up', () => {
  const outer = new AbortController()
  const signals = stopSignals(outer.signal, 30 * DAY, 60 * DAY)
  vi.advanceTimersByTime(30 * DAY)
  outer.abort()
  signals.clear()
  expect(vi.getTimerCount()).toBe(0)
})
