// How late messages left: settled_at - send_at of what was sent, in ms.

export interface Lateness {
  /** Half were at most so late, 99 % at most so, all at most so. */
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** Sorts what it is given, in place: 1,000,000 of them take 8 MB and no copy. null: nothing was sent. */
export const latenessOf = (late: Float64Array): Lateness | null => {
  if (late.length === 0) return null
  late.sort()
  // what an operator sent before its hour was not late
  const at = (share: number): number => Math.max(0, late[Math.ceil(late.length * share) - 1] ?? 0)
  return { p50: at(0.5), p99: at(0.99), max: at(1) }
}
