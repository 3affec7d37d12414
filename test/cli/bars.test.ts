// Bars that add up and show the smallest share; sparklines; both without block characters too.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawBar, shareOut, sparkline } from '../../src/cli/screen/bars.ts'
import { lookOf } from '../../src/cli/screen/look.ts'

const pipe = { write: () => true }
const blocks = lookOf({ env: { LANG: 'ru_RU.UTF-8' } }, {}, pipe)
const ascii = lookOf({ env: { LANG: 'C' } }, {}, pipe)

test.each([
  [[50, 50], 10, [5, 5]],
  [[1, 999_999], 10, [1, 9]],
  [[999_999, 1], 10, [9, 1]],
  [[3, 3, 3], 10, [4, 3, 3]],
  [[0, 7, 0], 10, [0, 10, 0]],
  [[1, 1, 1_000_000], 20, [1, 1, 18]],
  [[0, 0], 10, [0, 0]],
  [[1_000_000, 999_999, 1, 1], 5, [2, 1, 1, 1]],
])('%j over %i cells', (counts, width, cells) => {
  expect(shareOut(counts, width)).toEqual(cells)
})

test('cells add up to the width, nobody is left out, and more is never drawn shorter', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 4, max: 60 }),
      (counts, width) => {
        const cells = shareOut(counts, width)
        const sum = cells.reduce((total, count) => total + count, 0)
        expect(sum).toBe(counts.some((count) => count > 0) ? width : 0)
        for (const [i, count] of counts.entries()) {
          expect((cells[i] ?? 0) > 0).toBe(count > 0)
          for (const [j, other] of counts.entries())
            if (count > other) expect(cells[i]).toBeGreaterThanOrEqual(cells[j] ?? 0)
        }
      },
    ),
  )
})

test('a bar is made of the glyphs of its parts', () => {
  const parts = [
    { count: 6, glyphs: ['█', '#'], paint: 'green' },
    { count: 1, glyphs: ['▓', 'x'], paint: 'red' },
    { count: 3, glyphs: ['░', '.'], paint: 'dim' },
  ] as const
  expect(drawBar(parts, 10, blocks)).toBe('██████▓░░░')
  expect(drawBar(parts, 10, ascii)).toBe('######x...')
})

test('a sparkline shows the largest in full, the smallest still, and nothing as a blank', () => {
  expect(sparkline([1, 0, 4, 8, 1_000], blocks)).toBe('▁ ▁▁█')
  expect(sparkline([1, 2, 3, 4, 5, 6, 7, 8], blocks)).toBe('▁▂▃▄▅▆▇█')
  expect(sparkline([0, 5, 10], ascii)).toBe(' =@')
  expect(sparkline([], blocks)).toBe('')
})
