// How large a cell may be, and a row.

/** Bytes in UTF-8, of a cell and of all cells of a row: a pass has the names and texts of hundreds of recipients in hand. */
const MOST_BYTES = 1024 * 1024

/** Texts whose characters are so few are small in any alphabet, and need not be counted in bytes. */
const SURELY_SMALL = MOST_BYTES / 3

const isTooLarge = (text: string): boolean =>
  text.length > SURELY_SMALL && (text.length > MOST_BYTES || new TextEncoder().encode(text).length > MOST_BYTES)

/** What is too large in a row, by the name of its column; null: nothing. */
export const sizeFault = (cells: readonly string[], nameOf?: (at: number) => string): string | null => {
  let length = 0
  for (const cell of cells) length += cell.length
  if (length <= SURELY_SMALL) return null
  const at = cells.findIndex(isTooLarge)
  if (at >= 0 && nameOf !== undefined) return `"${nameOf(at)}" is longer than 1 MiB`
  return isTooLarge(cells.join('')) ? 'the row is longer than 1 MiB' : null
}
