// For how long a gateway remembers a key.
import type { KeyRules } from './outcome.ts'

/** The last hour of a gateway's memory is not relied upon. */
const RETENTION_MARGIN_MS = 3_600_000

/** Whether a gateway that honours keys may by now take a repeat for a new message. */
export const isKeyForgotten = (since: number, now: number, { keyRetentionMs }: KeyRules): boolean =>
  now > since + keyRetentionMs - RETENTION_MARGIN_MS
