// Rows of a table that cannot be taken: counted, and the first of them kept with their reasons.
import type { RejectedLine } from '../domain/district.ts'
import type { RejectedRecipient } from '../store/recipient-store.ts'

/** Ten million bad rows are to be refused in little memory. */
const MOST_KEPT = 100_000

export interface Rejections {
  add(record: RejectedRecipient): Promise<void>
  end(): { readonly count: number; readonly kept: readonly RejectedLine[] }
}

/** `onRejected`: who wants them whole. */
export const openRejections = (onRejected: ((record: RejectedRecipient) => Promise<void>) | null): Rejections => {
  const kept: RejectedLine[] = []
  let count = 0
  return {
    add: async (record) => {
      count += 1
      if (kept.length < MOST_KEPT) kept.push({ line: record.line, reason: record.reason })
      await onRejected?.(record)
    },
    end: () => ({ count, kept: kept.toSorted((a, b) => a.line - b.line) }),
  }
}
