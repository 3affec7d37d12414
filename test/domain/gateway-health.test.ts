// When a gateway may be sent to, and how much: rest, probe, ramp, rate.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askedToRest, foundDown, paused, recovered, resumed, unprobed } from '../../src/domain/gateway-changes.ts'
import { allow, type GatewayHealth, healthy, loadOf, opensAt, stateOf, taken } from '../../src/domain/gateway-health.ts'

const T = Date.parse('2021-10-22T07:00:00Z')
const SPEED = { concurrency: 64, ratePerSecond: null }
const none = (): number => 0
const sms = healthy('sms')

describe('a gateway that is down', () => {
  test('rests 5 s, then 10 s, doubling up to 5 min; half of each rest is left to chance', () => {
    let health: GatewayHealth = sms
    const rests: number[] = []
    for (let now = T, i = 0; i < 9; i += 1) {
      health = foundDown(health, now, 'refused', 0, 1)
      rests.push(((health.restsUntil ?? 0) - now) / 1_000)
      now = health.restsUntil ?? now
    }
    expect(rests).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300])
    expect((foundDown(sms, T, 'refused', 0, 0).restsUntil ?? 0) - T).toBe(2_500)
  })

  test('found down by many at once, it counts once', () => {
    const once = foundDown(sms, T, 'refused', 0, 1)
    expect(foundDown(once, T + 10, 'refused', 0, 1)).toBe(once)
  })

  test('gets nothing while it rests, and one probe after it', () => {
    const down = foundDown(sms, T, 'refused', 0, 1)
    expect(allow(down, SPEED, T + 4_999, 100, none)).toMatchObject({ most: 0, again: null })
    expect(stateOf(down, T + 4_999, 64)).toBe('resting')
    const probe = allow(down, SPEED, T + 5_000, 100, none)
    expect(probe).toMatchObject({ most: 1, isProbe: true })
    const probed = taken(down, probe, 1, T + 20_000)
    expect(allow(probed, SPEED, T + 5_001, 100, none)).toMatchObject({ most: 0 })
    expect(opensAt(probed, T + 5_001)).toBe(T + 20_000)
    expect(stateOf(probed, T + 5_001, 64)).toBe('probing')
    expect(allow(probed, SPEED, T + 20_000, 100, none)).toMatchObject({ most: 1, isProbe: true }) // whoever probed is lost
    expect(allow(unprobed(probed), SPEED, T + 5_001, 100, none)).toMatchObject({ most: 1, isProbe: true })
  })

  test('rests as long as it asked for, and a Retry-After alone is no failure', () => {
    expect(foundDown(sms, T, 'busy', 90_000, 1).restsUntil).toBe(T + 90_000)
    const asked = askedToRest(sms, T, 'busy', 30_000)
    expect(asked).toMatchObject({ restsUntil: T + 30_000, failures: 0, reason: 'busy' })
    expect(askedToRest(asked, T, 'busy', 10_000)).toBe(asked) // a longer rest is never shortened
    expect(allow(asked, SPEED, T + 30_000, 100, none)).toMatchObject({ most: 100, isProbe: false })
  })

  test('a clock that is set back by a year does not make it rest for a year', () => {
    const down = foundDown(sms, T, 'refused', 0, 1)
    expect(stateOf(down, T - 365 * 86_400_000, 64)).toBe('up')
  })

  test('what it was an hour ago is forgotten: the next mailing begins at full speed', () => {
    const down = foundDown(sms, T, 'refused', 0, 1)
    expect(stateOf(down, T + 3_604_999, 64)).toBe('probing')
    expect(allow(down, SPEED, T + 3_605_000, 100, none)).toMatchObject({ most: 100, isProbe: false })
  })
})

describe('a gateway that is back', () => {
  const back = recovered(foundDown(sms, T, 'refused', 0, 1), T)
  test.each([
    [0, 1],
    [9_999, 1],
    [10_000, 2],
    [20_000, 4],
    [59_999, 32],
    [60_000, 64],
    [600_000, 64],
  ])('%i ms later %i are in flight at once', (after, inFlight) => {
    expect(Math.floor(loadOf(back, T + after, 64) * 64)).toBe(inFlight)
    expect(stateOf(back, T + after, 64)).toBe(inFlight === 64 ? 'up' : 'ramping')
  })

  test('what all processes have in flight counts against it', () => {
    expect(allow(back, SPEED, T + 20_000, 100, () => 3)).toMatchObject({ most: 1, isProbe: false })
    expect(allow(back, SPEED, T + 20_000, 100, () => 4)).toMatchObject({ most: 0, again: T + 20_050 })
    expect(allow(back, SPEED, T + 60_000, 100, () => 1_000)).toMatchObject({ most: 100 })
  })

  test('never more than doubles within 10 s, whatever ramp was asked for (property)', () => {
    const ramps = fc.record({
      rampMs: fc.option(fc.integer({ min: 1, max: 3_600_000 })),
      at: fc.integer({ min: 0, max: 4_000_000 }),
      concurrency: fc.integer({ min: 1, max: 1_000 }),
    })
    fc.assert(
      fc.property(ramps, ({ rampMs, at, concurrency }) => {
        const health = resumed(sms, T, rampMs ?? 60_000)
        const before = loadOf(health, T + at, concurrency)
        const after = loadOf(health, T + at + 9_999, concurrency)
        expect(before).toBeGreaterThan(0)
        expect(after).toBeGreaterThanOrEqual(before)
        expect(after).toBeLessThanOrEqual(1)
        expect(Math.floor(after * concurrency)).toBeLessThanOrEqual(
          Math.max(1, 2 * Math.ceil(before * concurrency + 1e-9)),
        )
      }),
    )
  })
})

describe('an operator', () => {
  test('pauses: nothing until resumed, however long; the first one who did it is remembered', () => {
    const stopped = paused(sms, T, 'anna', 'invoice')
    expect(allow(stopped, SPEED, T + 1e9, 100, none)).toMatchObject({ most: 0, again: null })
    expect(opensAt(stopped, T)).toBeNull()
    expect(stateOf(stopped, T, 64)).toBe('paused')
    expect(paused(stopped, T + 1, 'olga', null)).toBe(stopped)
  })

  test('resumes: at once at full speed, rest and failures forgotten', () => {
    const down = paused(foundDown(sms, T, 'refused', 0, 1), T, 'anna', null)
    expect(allow(resumed(down, T, null), SPEED, T, 100, none)).toMatchObject({ most: 100, isProbe: false })
  })

  test('resumes over five minutes: straight up', () => {
    const ramping = resumed(paused(sms, T, 'anna', null), T, 300_000)
    const loads = [0, 60, 150, 240, 300].map((seconds) => loadOf(ramping, T + seconds * 1_000, 64))
    expect(loads.map((load) => Math.round(load * 100))).toEqual([2, 20, 50, 80, 100])
  })
})

describe('a rate', () => {
  const rated = { concurrency: 64, ratePerSecond: 10 }
  test('gives instants a second ahead, evenly, to whoever asks, and no more', () => {
    const first = allow(sms, rated, T, 100, none)
    expect(first).toMatchObject({ most: 10, firstSlot: T, slotMs: 100 })
    const after = taken(sms, first, 6, 0)
    expect(allow(after, rated, T, 100, none)).toMatchObject({ most: 4, firstSlot: T + 600 })
    const all = taken(after, allow(after, rated, T, 100, none), 4, 0)
    expect(allow(all, rated, T, 100, none)).toMatchObject({ most: 0, again: T + 500 })
  })

  test('an idle gateway saves nothing up', () => {
    const used = taken(sms, allow(sms, rated, T, 1, none), 1, 0)
    expect(allow(used, rated, T + 60_000, 100, none)).toMatchObject({ most: 10, firstSlot: T + 60_000 })
  })

  test('over any time, by any number of processes, it is never exceeded (property)', () => {
    const asks = fc.array(
      fc.record({ pause: fc.integer({ min: 0, max: 700 }), wanted: fc.integer({ min: 1, max: 40 }) }),
      {
        maxLength: 60,
      },
    )
    fc.assert(
      fc.property(asks, fc.integer({ min: 1, max: 500 }), (steps, ratePerSecond) => {
        let health = sms
        let now = T
        const leaves: number[] = []
        for (const { pause, wanted } of steps) {
          now += pause
          const grant = allow(health, { concurrency: 64, ratePerSecond }, now, wanted, none)
          for (let i = 0; i < grant.most; i += 1) leaves.push(grant.firstSlot + i * grant.slotMs)
          health = taken(health, grant, grant.most, 0)
        }
        const gaps = leaves.slice(1).map((at, i) => at - (leaves[i] ?? 0))
        expect(Math.min(...gaps, 1_000)).toBeGreaterThanOrEqual(Math.min(1_000, 1_000 / ratePerSecond - 1e-3))
      }),
    )
  })
})
