// What is told of a clock, by what was read and written before; and until when a row may wait once it is right.
import { describe, expect, test } from 'vitest'
import { aheadBy, type ClockReading, doubtAfter, type Jump, jumpSince } from '../../src/domain/clock-jump.ts'
import { isKeyForgotten } from '../../src/domain/key-memory.ts'
import { soundDueAt } from '../../src/domain/set-back.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOON = Date.parse('2021-10-22T12:00:00Z')

const reading = (wall: number, bootId = 'one', sinceBoot = 1_000_000): ClockReading => ({ bootId, wall, sinceBoot })

describe('in one boot', () => {
  const jumpBy = (ms: number): Jump | null =>
    jumpSince(reading(NOON), reading(NOON + HOUR + ms, 'one', 1_000_000 + HOUR), null)
  test.each([
    ['as time went', 0, null],
    ['corrected a little', -300_000, null],
    ['forward by five hours', 5 * HOUR, { why: null }],
    ['back by five hours', -5 * HOUR, { why: null }],
    ['forward by two days', 48 * HOUR, { why: 'the clock of this machine was set forward by 48 h; check it' }],
    ['back by seven hours', -7 * HOUR, { why: 'the clock of this machine was set back by 7 h; check it' }],
  ])('%s', (_, ms, expected) => {
    expect(jumpBy(ms)).toEqual(expected === null ? null : { ms, isMeasured: true, ...expected })
  })
})

describe('at a boot', () => {
  const whyAt = (wall: number, newest: number | null = null): string | null | undefined =>
    jumpSince(reading(NOON), reading(wall, 'another', 60_000), newest)?.why
  test('off over night, over the longest holidays, for a month: nobody asks', () => {
    for (const off of [0, HOUR, 10 * DAY, 31 * DAY]) expect(whyAt(NOON + off)).toBeUndefined()
  })

  test('off for 400 days, or a false clock: since when nothing was written is told, acts of operators counted', () => {
    expect(whyAt(NOON + 400 * DAY)).toBe(
      'nothing was written from 2021-10-22T12:00:00Z to 2022-11-26T12:00:00Z: this machine was off for 400 days, or its clock is wrong; check it',
    )
    expect(whyAt(NOON + 400 * DAY, NOON + 390 * DAY)).toBeUndefined()
    expect(whyAt(NOON + 400 * DAY, NOON + 900 * DAY)).toContain('off for 400 days') // that act was noted by a false clock itself
  })

  test('before what was written: by hours it is told, by more somebody has to look', () => {
    expect(whyAt(NOON - 60_000)).toBeUndefined()
    expect(whyAt(NOON - 5 * HOUR)).toBeNull()
    expect(whyAt(0)).toBe(
      'the clock of this machine shows 1970-01-01T00:00:00Z, but something was written at 2021-10-22T12:00:00Z; check it',
    )
  })

  test('a container that is started anew in the boot of its host, and counts its own time, is a boot', () => {
    const last = reading(NOON, 'one', 30 * DAY)
    expect(jumpSince(last, reading(NOON + HOUR, 'one', 5_000), null)).toBeNull()
    expect(jumpSince(last, reading(NOON + 400 * DAY, 'one', 5_000), null)?.why).toContain('off for 400 days')
  })

  test('a database without a reading: by its newest act; one that was made in 1970 too', () => {
    expect(jumpSince(null, reading(NOON), NOON - HOUR)).toBeNull()
    expect(jumpSince(null, reading(NOON + 400 * DAY), NOON)?.why).toContain('off for 400 days')
    expect(jumpSince(null, reading(60_000), 0)?.why).toBe(
      'the clock of this machine shows 1970-01-01T00:01:00Z, which cannot be; set it',
    )
  })
})

test('how far ahead it was is known once it is right, whatever way it went', () => {
  const jumps = (...all: readonly number[]) => {
    const jump = (ms: number): Jump => ({ ms, why: Math.abs(ms) > 6 * HOUR ? 'look' : null, isMeasured: true })
    return all.reduce<ReturnType<typeof doubtAfter>>((doubt, ms) => doubtAfter(doubt, jump(ms)), undefined)
  }
  const ahead = (...all: readonly number[]): number | undefined => {
    const doubt = jumps(...all)
    return doubt && aheadBy(doubt)
  }
  expect(jumps(5 * HOUR, -5 * HOUR)).toBeUndefined() // told, and mended at once
  expect(ahead(400 * DAY)).toBe(0) // and it was right
  expect(ahead(400 * DAY, -400 * DAY)).toBe(400 * DAY)
  expect(ahead(-9_000 * DAY, 9_000 * DAY)).toBe(0)
  expect(ahead(2 * DAY, 3 * HOUR, -DAY)).toBe(DAY)
})

describe('once the clock is right', () => {
  const mailing = { at: '10:00', until: '21:00' }
  const due = (dueAt: string, now: string, change: { readonly anyHour?: boolean; readonly sendAt?: string } = {}) => {
    const { anyHour = false, sendAt = '2021-10-22T10:00:00Z' } = change
    const row = { zone: 'UTC', sendAt: Date.parse(sendAt), dueAt: Date.parse(dueAt), anyHour }
    return new Date(soundDueAt(row, mailing, Date.parse(now))).toISOString().slice(0, 16)
  }
  test.each([
    ['a back-off that a rule gives', '2021-10-22T12:59Z', '2021-10-22T12:00Z', '2021-10-22T12:59'],
    ['five hours too late', '2021-10-22T17:30Z', '2021-10-22T12:00Z', '2021-10-22T12:00'],
    ['put off to the next day, while it is open today', '2021-10-23T10:00Z', '2021-10-22T20:30Z', '2021-10-22T20:30'],
    ['put off to the next day, rightly', '2021-10-23T10:00Z', '2021-10-22T21:30Z', '2021-10-23T10:00'],
    ['a day too late', '2021-10-24T10:00Z', '2021-10-22T21:30Z', '2021-10-22T21:30'],
    ['tried before its hour had come', '2021-10-22T10:30Z', '2021-10-22T05:00Z', '2021-10-22T10:30'],
    ['tried a year before its hour', '2022-10-22T12:00Z', '2021-10-20T12:00Z', '2021-10-22T10:00'],
  ])('%s', (_, dueAt, now, expected) => {
    expect(due(dueAt, now)).toBe(expected)
  })

  test('what an operator sent at any hour waits for no opening', () => {
    expect(due('2021-10-23T10:00Z', '2021-10-22T23:00Z', { anyHour: true })).toBe('2021-10-22T23:00')
    expect(due('2022-10-21T05:00Z', '2021-10-21T05:00Z', { anyHour: true })).toBe('2021-10-21T05:00') // a day before its hour
  })

  test('a key whose first use lies ahead is not relied upon; corrected by seconds it is', () => {
    const rules = { honoursKey: true, onUnknown: 'repeat', keyRetentionMs: DAY } as const
    expect(isKeyForgotten(NOON + 5 * HOUR, NOON, rules)).toBe(true)
    expect(isKeyForgotten(NOON + 2_000, NOON, rules)).toBe(false)
  })
})
