// After a change that forbids messages: how many of those in hand had begun to leave, and may still arrive.
import type { Clock } from '../clock.ts'
import type { HandStore, InHand } from '../store/hand-store.ts'

interface Powers {
  readonly store: Pick<HandStore, 'countLeft'>
  readonly clock: Clock
}

/**
 * A worker looks at what was decided four times a second and hands back what has not begun to leave; its outcomes are written 20 ms
 * later (settler.ts). So much, and as much again where the machine is busy, in looks of 10 ms.
 */
const MOST_LOOKS = 60
const LOOK_MS = 10

/** Of these messages, which were in hand when it was decided. Waits until all others are handed back, 0.6 s at most. */
export const countInFlight = async ({ store, clock }: Powers, messages: readonly InHand[]): Promise<number> => {
  if (messages.length === 0) return 0
  for (let looks = 0; ; looks += 1) {
    const { inHand, gone } = await store.countLeft(messages)
    if (inHand === 0 || looks === MOST_LOOKS) return inHand + gone
    await clock.sleep(LOOK_MS)
  }
}

/** Makes a change of the address book or the blocklist; how many messages that it forbids are in flight by then. */
export const withInFlight = async <T>(
  powers: Powers & { readonly store: Pick<HandStore, 'countLeft' | 'inHand'> },
  change: () => Promise<T>,
): Promise<T & { readonly inFlight: number }> => {
  const before = new Set((await powers.store.inHand('forbidden')).map(({ id }) => id))
  const result = await change()
  const forbidden = (await powers.store.inHand('forbidden')).filter(({ id }) => !before.has(id))
  return { ...result, inFlight: await countInFlight(powers, forbidden) }
}
