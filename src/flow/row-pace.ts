// Rows of a mailing, written no faster than the operator wants them: so many a second at most.
import type { Clock } from '../clock.ts'

export interface RowPace {
  /** Rows that a chunk may take: a tenth of a second's, so that they do not come in lumps. */
  readonly chunkRows: number
  /** Resolves when so many rows may stand written, counted from the opening, or when the signal aborts. */
  wait(written: number, stop: AbortSignal): Promise<void>
}

/** Rows of one transaction at most; the store takes fewer where they take long. */
const MOST_ROWS = 5_000

/** null: as fast as the store takes them. Time is counted from the opening: what one wait oversleeps the next one makes up for. */
export const openRowPace = (clock: Clock, rowsPerSecond: number | null): RowPace => {
  if (rowsPerSecond === null) return { chunkRows: MOST_ROWS, wait: async () => undefined }
  const began = clock.monotonic()
  return {
    chunkRows: Math.max(1, Math.min(MOST_ROWS, Math.floor(rowsPerSecond / 10))),
    wait: async (written, stop) => {
      const left = began + (written * 1_000) / rowsPerSecond - clock.monotonic()
      if (left > 0) await clock.sleep(left, stop)
    },
  }
}
