// Which columns of a table find room on the screen, and how wide each may be. Pure.

export interface ColumnRoom {
  /** What it would like. */
  readonly width: number
  /** What it can live with: less than `width` for pictures, and for text that may be wrapped or cut. */
  readonly least: number
  /** Who gives up width before others: pictures 1, wrapped text 2, cut text 3. */
  readonly turn: 1 | 2 | 3
  /** Columns with a rank leave the screen when narrowing is not enough, the highest first; 0 stays. */
  readonly rank: number
}

/** The width of each column, null for one that has to go; as they like it where there is room for all. */
export const fitColumns = (columns: readonly ColumnRoom[], gap: number, room: number): readonly (number | null)[] => {
  const excess = columns.reduce((sum, { width }) => sum + width + gap, -gap) - room
  const slack = columns.reduce((sum, { width, least }) => sum + width - least, 0)
  const highest = Math.max(...columns.map(({ rank }) => rank))
  if (excess <= slack || highest <= 0) return narrow(columns, Math.max(0, excess))
  const staying = columns.filter(({ rank }) => rank !== highest)
  const widths = [...fitColumns(staying, gap, room)]
  return columns.map(({ rank }) => (rank === highest ? null : (widths.shift() ?? null)))
}

const narrow = (columns: readonly ColumnRoom[], excess: number): readonly number[] => {
  const widths = columns.map(({ width }) => width)
  let left = excess
  for (const turn of [1, 2, 3]) {
    for (const [i, { width, least, turn: own }] of columns.entries()) {
      if (own !== turn) continue
      const given = Math.min(left, width - least)
      widths[i] = width - given
      left -= given
    }
  }
  return widths
}
