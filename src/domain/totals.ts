// The line below a table that sums it up: nobody is meant by it.

const TOTALS =
  /^(?:итого|итог|всего|grand total|total|totals)(?:\s+(?:по|строк|записей|rows|records)(?!\p{L}).*)?\s*[:.]?$/iu

/** Whether a row that tells no recipient is such a line: its first word says so. */
export const isTotals = (cells: readonly string[]): boolean =>
  TOTALS.test(cells.find((cell) => cell.trim() !== '')?.trim() ?? '')
