// --limit N, the same everywhere.
import { InvalidArgumentError } from 'commander'

/** Rows that a table shows unless it is told otherwise: more is no longer looked at, and drawing is slow. */
export const TABLE_ROWS = 50

/** A whole number of rows, at least 1. */
export const parseLimit = (raw: string): number => {
  const limit = /^\d{1,9}$/.test(raw) ? Number(raw) : 0
  if (limit < 1) throw new InvalidArgumentError('Write a whole number of at least 1.')
  return limit
}
