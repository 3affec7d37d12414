// What is taken at a gateway that knows no keys: only what leaves at once, or nearly.
import type { Allowance } from './gateway-health.ts'
import type { KeyRules } from './outcome.ts'

/** Slots further ahead are left to the next claim: at a rate of 1,000 a second that is still 25 rows a commit. */
const SOON_MS = 50

/**
 * A row that is found in a dead hand there is in doubt for ever. With a rate, a row whose slot has not come would be in doubt
 * although it never began to leave.
 */
export const soonOnly = (
  allowance: Allowance,
  { honoursKey }: Pick<KeyRules, 'honoursKey'>,
  now: number,
): Allowance => {
  const { most, firstSlot, slotMs } = allowance
  if (honoursKey || most === 0 || slotMs === 0) return allowance
  const slots = Math.ceil((now + SOON_MS - firstSlot) / slotMs)
  if (slots > 0) return { ...allowance, most: Math.min(most, slots) }
  return { ...allowance, most: 0, again: firstSlot - SOON_MS / 2 }
}
