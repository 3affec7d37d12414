// How late what was sent left.
import { expect, test } from 'vitest'
import { latenessOf } from '../../src/domain/lateness.ts'

test.each([
  ['nothing was sent', [], null],
  ['in any order', [30, 10, 20], { p50: 20, p99: 30, max: 30 }],
  ['sent by hand hours before its own: not late', [-36_000_000], { p50: 0, p99: 0, max: 0 }],
  ['one of them before its hour', [2_000, -36_000_000, 3_000], { p50: 2_000, p99: 3_000, max: 3_000 }],
] as const)('%s', (_, late, expected) => {
  expect(latenessOf(Float64Array.from(late))).toEqual(expected)
})
