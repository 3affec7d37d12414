// Mailings that follow the address book: asked for often, and nearly always there is nothing to do.
import { type GuardPowers, isClockDoubted } from './clock-guard.ts'

/** Adds who joined since. Returns how many messages there are more. */
export const follow = async (powers: GuardPowers, stop: AbortSignal): Promise<number> => {
  const { mark, mailings } = await powers.store.mailingsToFollow()
  if (mailings.length === 0 || (await isClockDoubted(powers))) return 0 // ahead, it would find that all is past
  const { followMailings } = await import('./follow-mailings.ts') // luxon is not for a pass with nothing to do
  return followMailings(powers, mailings, mark, stop)
}
