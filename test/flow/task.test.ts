// May a claimed message still leave?
import { expect, test } from 'vitest'
import type { Mailing } from '../../src/domain/mailing.ts'
import { mayLeave, type Task } from '../../src/flow/task.ts'

const at = (iso: string): number => Date.parse(iso)
const task = {
  message: { zone: 'Europe/Moscow' },
  mailing: { at: '10:00', until: '21:00', expiresAt: at('2021-10-25T07:00:00Z') } as Mailing,
  lastStart: 5_000,
} as Task

test.each([
  ['in its hours, in its lease', '2021-10-22T07:00:00Z', 5_000, true],
  ['its lease is over by the clock that nobody sets: the process was stopped', '2021-10-22T07:00:00Z', 5_001, false],
  ['before its hour', '2021-10-22T06:59:59Z', 0, false],
  ['at the closing hour', '2021-10-22T18:00:00Z', 0, false],
  ['at its end', '2021-10-25T07:00:00Z', 0, false],
])('%s', (_, now, monotonic, goes) => {
  expect(mayLeave(task, at(now), monotonic)).toBe(goes)
})
