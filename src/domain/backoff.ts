// How long a row, or a gateway, rests after attempt n.

const FIRST_MS = 5_000
/** No row waits longer for its next try, nor a gateway for its next message. */
export const LONGEST_MS = 3_600_000

/** min(1 h, 5 s · 2ⁿ) with full jitter, in ms. `random` is uniform in [0, 1) (design.md 6). */
export const backoff = (attempt: number, random: number): number =>
  Math.round(random * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 20)))

/** first · 2ⁿ, at most `longest`, of which the second half is left to chance: never so short that it is no rest. */
export const backoffWithin = (first: number, longest: number, times: number, random: number): number =>
  Math.round(Math.min(longest, first * 2 ** Math.min(times, 20)) * (0.5 + random / 2))
