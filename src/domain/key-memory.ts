// For how long a gateway remembers a key.
import type { KeyRules } from './outcome.ts'

/** The last hour of a gateway's memory is not relied upon. */
const RETENTION_MARGIN_MS = 3_600_000

/**
 * Whether a gateway that honours keys may by now take a repeat for a new message. Since when is not known where that lies ahead:
 * it was noted by a clock that was set back.
 */
export const isKeyForgotten = (since: number, now: number, { keyRetentionMs }: KeyRules): boolean =>
  now > since + keyRetentionMs - RETENTION_MARGIN_MS || since > now + RETENTION_MARGIN_MS
