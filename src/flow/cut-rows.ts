// A line break inside a row makes two rows of it: the first seems to end early, and what it says of consent may stand in the second.
import type { StagedRecipient } from '../store/recipient-store.ts'

/** Good rows on their way, the last of which may turn out to be the beginning of one. */
export interface RowsInHand {
  /** null: a row that is good, and is not to be staged. */
  good(row: StagedRecipient | null, cells: readonly string[]): void
  /** A row that is rejected; returns the line of the row that it is the rest of, which is good no more; null: of none. */
  bad(cells: readonly string[]): StagedRecipient | null
  /** What may be staged: all but a last one that ends early, unless this is the end. */
  take(isEnd: boolean): StagedRecipient[]
}

/** `width`: cells of a whole row. */
export const rowsInHand = (width: number): RowsInHand => {
  let rows: StagedRecipient[] = []
  let early = 0 // cells of the last good row and of what follows it, where it ends early; 0: it does not
  return {
    good: (row, cells) => {
      if (row !== null) rows.push(row)
      early = row !== null && cells.length < width ? cells.length : 0
    },
    bad: (cells) => {
      early = early > 0 && cells.length < width ? early + cells.length - 1 : 0 // the cell with the break is in both
      if (early !== width) return null
      early = 0
      return rows.pop() ?? null
    },
    take: (isEnd) => {
      const held = early > 0 && !isEnd ? rows.splice(-1) : []
      const taken = rows
      rows = held
      return taken
    },
  }
}
