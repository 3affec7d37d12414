// Pictures made of characters: a bar shared out among parts, a sparkline.
import type { Look, Paint } from './look.ts'

export interface BarPart {
  readonly count: number
  /** The cell of this part, with block characters and without. */
  readonly glyphs: readonly [block: string, ascii: string]
  readonly paint: Paint
}

/** A bar of `width` cells. A part that is not empty has at least one, so that 1 failure among a million is seen. */
export const drawBar = (parts: readonly BarPart[], width: number, look: Look): string => {
  const cells = shareOut(
    parts.map(({ count }) => count),
    width,
  )
  return parts.map((part, i) => look.paint(part.paint, glyphOf(part, look).repeat(cells[i] ?? 0))).join('')
}

export const glyphOf = ({ glyphs }: Pick<BarPart, 'glyphs'>, look: Look): string => glyphs[look.blocks ? 0 : 1]

/** `width` cells in proportion to the counts: they add up, who has more is never shorter; all 0 where nothing is counted. */
export const shareOut = (counts: readonly number[], width: number): readonly number[] => {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return counts
  const largestFirst = counts.map((_, i) => i).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))
  let cells = counts.map((count) => (count === 0 ? 0 : Math.max(1, Math.floor((count / total) * width))))
  // cells that rounding left over go to the largest; those that the small ones took too much come from the longest
  for (let spare = width - cells.reduce((sum, count) => sum + count, 0); spare !== 0; spare -= Math.sign(spare)) {
    const longest = Math.max(...cells)
    const index = spare > 0 ? largestFirst[0] : largestFirst.findLast((i) => cells[i] === longest)
    cells = cells.with(index ?? 0, longest + Math.sign(spare))
  }
  return cells
}

const LEVELS = ['▁▂▃▄▅▆▇█', '.:-=+*#@'] as const

/** One character a value, its height in proportion to the largest (of lines that are compared: of all of them); a blank for 0. */
export const sparkline = (
  values: readonly number[],
  look: Pick<Look, 'blocks'>,
  largest = Math.max(...values),
): string => {
  const levels = LEVELS[look.blocks ? 0 : 1]
  return values
    .map((value) => (value === 0 ? ' ' : levels.charAt(Math.ceil((value / largest) * levels.length) - 1)))
    .join('')
}
