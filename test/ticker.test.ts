// node-cron's calendar under a clock that is set while it waits.
import { expect, test, vi } from 'vitest'
import { cronTicker } from '../src/ticker.ts'
import { type HandClock, handClock } from './support/clock.ts'

/** node-cron reads the system's own clock, which follows the one moved by hand. */
const openTicking = (expression: string) => {
  const clock = handClock('2021-10-22T07:00:10Z')
  const stop = new AbortController()
  const runs: string[] = []
  vi.useFakeTimers({ toFake: ['Date'], now: clock.now() })
  const ended = cronTicker(clock)
    .every(expression, 'write down', async () => void runs.push(new Date(clock.now()).toISOString()), stop.signal)
    .finally(() => vi.useRealTimers())
  const moveTo = async (instant: string): Promise<void> => {
    vi.setSystemTime(instant)
    await passTo(clock, instant)
  }
  return { runs, ended, stop: () => stop.abort(), moveTo }
}

/** Whoever sleeps wakes: what they sleep for is time that passes, not what the clock shows. */
const passTo = async (clock: HandClock, instant: string): Promise<void> => {
  const wake = clock.nextWake()
  clock.moveTo(Math.max(wake ?? 0, Date.parse(instant)))
  clock.moveTo(instant)
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

test('runs at each match', async () => {
  const { runs, ended, stop, moveTo } = openTicking('0 * * * * *')
  await moveTo('2021-10-22T07:01:00.000Z')
  await moveTo('2021-10-22T07:02:00.004Z')
  stop()
  await ended
  expect(runs).toEqual(['2021-10-22T07:01:00.000Z', '2021-10-22T07:02:00.004Z'])
})

test('a clock set back is followed, one set forward runs once and skips the rest', async () => {
  const { runs, ended, stop, moveTo } = openTicking('0 * * * * *')
  await moveTo('2021-10-22T06:00:10.000Z')
  await moveTo('2021-10-22T06:01:00.000Z')
  const before = performance.now()
  await moveTo('2051-10-22T06:01:30.000Z')
  await moveTo('2051-10-22T06:02:00.000Z')
  expect(performance.now() - before).toBeLessThan(1_000)
  stop()
  await ended
  expect(runs).toEqual(['2021-10-22T06:01:00.000Z', '2051-10-22T06:01:30.000Z', '2051-10-22T06:02:00.000Z'])
})

test('a signal that has been given already: nothing runs, and it ends', async () => {
  const clock = handClock('2021-10-22T07:00:00Z')
  await cronTicker(clock).every('* * * * * *', 'fail', () => Promise.reject(new Error('ran')), AbortSignal.abort())
  expect(clock.nextWake()).toBe(null)
})

test('what fails is thrown, not printed', async () => {
  const clock = handClock('2021-10-22T07:00:00Z')
  vi.useFakeTimers({ toFake: ['Date'], now: clock.now() })
  const never = new AbortController().signal
  const broken = () => Promise.reject(new Error('broken'))
  const failing = cronTicker(clock).every('* * * * * *', 'fail', broken, never)
  const passing = passTo(clock, '2021-10-22T07:00:01Z')
  await expect(failing).rejects.toThrow('broken')
  await passing
  vi.useRealTimers()
})
