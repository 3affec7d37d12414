// One line of the speed table: what was measured, against what, and the ratio it must reach.

export interface BenchRow {
  /** What was done, with its size: `schedule 1,000,000`. */
  readonly work: string
  /** What notify took, with its unit. */
  readonly ours: string
  /** What it is compared with and what that took: `bare INSERT … SELECT: 4.1 s`. */
  readonly against: string
  /** Measured in the same run, as the target means it. */
  readonly ratio: number
  /** The bound with its direction: `≤ 2`, `≥ 1.0`. */
  readonly target: string
  readonly reached: boolean
}
