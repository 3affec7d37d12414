// A table as it was read, before anything in it is checked.
import type { Column } from '../domain/recipient.ts'

/** A record as a table has it; `line`: where it begins, each line once and ever higher. */
export interface RawRecord {
  readonly line: number
  readonly cells: readonly string[]
  /** Attributes that the columns do not tell of, with their texts. */
  readonly more?: readonly (readonly [name: string, text: string])[]
  /** Why it is to be rejected, whatever its cells say. */
  readonly fault?: string
}

export interface RawTable {
  readonly columns: readonly Column[]
  readonly records: AsyncIterable<readonly RawRecord[]>
}
