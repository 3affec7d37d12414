// How old Node and its rules of time zones are.
import { expect, test } from 'vitest'
import { checkNode, checkZoneRules } from '../../src/domain/runtime-age.ts'

const at = (date: string): number => Date.parse(`${date}T12:00Z`)

test.each([
  ['20.20.2', '2026-04-30', 'ok'],
  ['20.20.2', '2026-05-01', 'warn'],
  ['22.14.0', '2026-11-27', 'ok'],
  ['18.0.0', '2026-04-30', 'warn'],
  ['26.1.0', '2030-01-01', 'ok'], // a line that came later: nothing is known against it
])('Node %s on %s is %s', (node, date, status) => {
  expect(checkNode(node, at(date)).status).toBe(status)
})

test.each([
  ['2026b', '24.1.0', '2026-11-27', 'ok'],
  ['2025c', '20.20.2', '2026-11-27', 'warn'], // the last that Node 20 has
  ['2024a', '24.1.0', '2026-11-27', 'warn'],
  ['2025c', '24.1.0', '2026-06-01', 'ok'],
  [null, '24.1.0', '2026-11-27', 'warn'],
  ['unknown', '24.1.0', '2026-11-27', 'warn'],
])('rules of %s in Node %s on %s are %s', (tz, node, date, status) => {
  expect(checkZoneRules(tz, node, at(date)).status).toBe(status)
})
