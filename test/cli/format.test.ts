// Numbers, times and lengths of time as an operator reads them; what a screen can show.
import { expect, test } from 'vitest'
import { counted, dayTime, duration, inBothZones, percent, span, timeOn } from '../../src/cli/screen/format.ts'
import { lookOf } from '../../src/cli/screen/look.ts'

const morning = Date.parse('2021-10-22T00:00:00Z')

test('a time names its zone and its offset, and the operator’s beside it', () => {
  expect(inBothZones(morning, 'Asia/Vladivostok', 'Europe/Moscow')).toBe(
    '2021-10-22 10:00 Asia/Vladivostok (+10) = 03:00 Europe/Moscow',
  )
  expect(inBothZones(morning, 'Europe/Moscow', 'Europe/Moscow')).toBe('2021-10-22 03:00 Europe/Moscow (+03)')
  expect(inBothZones(morning, 'Asia/Kolkata', 'America/New_York')).toBe(
    '2021-10-22 05:30 Asia/Kolkata (+05:30) = 2021-10-21 20:00 America/New_York',
  )
})

test('short times say the day where it is needed', () => {
  expect(dayTime(morning, 'Europe/Moscow')).toBe('22 Oct 03:00')
  expect(timeOn('2021-10-22', morning, 'Asia/Vladivostok')).toBe('10:00 (+10)')
  expect(timeOn('2021-10-21', morning, 'Asia/Vladivostok')).toBe('22 Oct 10:00 (+10)')
})

test('a span says its day once, or both of them', () => {
  const later = morning + 11 * 3_600_000
  expect(span([later, morning], 'Europe/Moscow')).toBe('22 Oct 03:00-14:00')
  expect(span([morning, later], 'America/New_York')).toBe('21 Oct 20:00 - 22 Oct 07:00')
  expect(span([morning], 'Europe/Moscow')).toBe('22 Oct 03:00')
  expect(span([], 'Europe/Moscow')).toBe('')
})

test.each([
  [0, '0 ms'],
  [40.4, '40 ms'],
  [999, '999 ms'],
  [1_000, '1.0 s'],
  [59_949, '59.9 s'],
  [59_990, '1 min'],
  [200_000, '3 min 20 s'],
  [3_600_000, '1 h'],
  [7_500_000, '2 h 5 min'],
  [97_200_000, '1 d 3 h'],
  [-1_500, '-1.5 s'],
])('%i ms is %s', (ms, words) => {
  expect(duration(ms)).toBe(words)
})

test.each([
  [0, 10, '0 %'],
  [1, 1_000, '<1 %'],
  [999, 1_000, '99 %'],
  [10, 10, '100 %'],
  [0, 0, ''],
])('%i of %i is %s', (part, whole, words) => {
  expect(percent(part, whole)).toBe(words)
})

test('one message, two messages', () => {
  expect([counted(0, 'message'), counted(1, 'message'), counted(2, 'message')]).toEqual([
    '0 messages',
    '1 message',
    '2 messages',
  ])
})

const screen = (isTTY: boolean) => ({ write: () => true, isTTY })
const isColoured = (env: Record<string, string>, isTTY: boolean, color = true): boolean =>
  lookOf({ env }, { color }, screen(isTTY)).paint('red', 'x') !== 'x'

test.each([
  ['a terminal', {}, true, true],
  ['a pipe', {}, false, false],
  ['NO_COLOR', { NO_COLOR: '1' }, true, false],
  ['an empty NO_COLOR', { NO_COLOR: '' }, true, true],
  ['a dumb terminal', { TERM: 'dumb' }, true, false],
  ['FORCE_COLOR into a pipe', { FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
  ['FORCE_COLOR against NO_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
])('colour with %s', (_, env, isTTY, coloured) => {
  expect(isColoured(env, isTTY)).toBe(coloured)
  expect(isColoured(env, isTTY, false)).toBe(false)
})

test.each([
  [{ LANG: 'ru_RU.UTF-8' }, true],
  [{ LANG: 'C' }, false],
  [{}, false],
  [{ LANG: 'C', LC_ALL: 'C.utf8' }, true],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, false],
  [{ LANG: 'en_US.UTF-8', LC_ALL: '' }, true],
])('block characters with %j: %s', (env, blocks) => {
  expect(lookOf({ env }, {}, screen(true)).blocks).toBe(blocks)
})

test('thousands are apart on a terminal only', () => {
  const { count: onTerminal } = lookOf({ env: {} }, {}, screen(true))
  const { count: inFile } = lookOf({ env: {} }, {}, screen(false))
  expect([0, 999, 1_204, 1_234_567].map(onTerminal)).toEqual(['0', '999', '1,204', '1,234,567'])
  expect(inFile(1_234_567)).toBe('1234567')
})
