// Retry-After: for how long a gateway wants to be left alone.

const SHORTEST_MS = 1_000
const LONGEST_MS = 3_600_000

/** The form of today, and the two that old servers still write (RFC 9110, 5.6.7). */
const HTTP_DATES = [
  /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
  /^[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/,
] as const

/**
 * Seconds or an HTTP date -> ms from now, at least 1 s and at most 1 h; null: there is none, or it says nothing (then the
 * own back-off holds). A date is measured against the answer's own Date: the clocks of two hosts differ.
 */
export const readRetryAfter = (
  retryAfter: string | undefined,
  date: string | undefined,
  now: number,
): number | null => {
  if (retryAfter === undefined) return null
  if (/^\d+$/.test(retryAfter)) return within(Number(retryAfter) * 1000)
  const then = parseHttpDate(retryAfter)
  return then === null ? null : within(then - (parseHttpDate(date) ?? now))
}

const within = (ms: number): number => Math.min(Math.max(ms, SHORTEST_MS), LONGEST_MS)

const parseHttpDate = (raw: string | undefined): number | null => {
  if (raw === undefined || !HTTP_DATES.some((form) => form.test(raw))) return null
  const instant = Date.parse(raw.endsWith('GMT') ? raw : `${raw} GMT`)
  return Number.isNaN(instant) ? null : instant
}
