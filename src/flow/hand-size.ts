// How much a worker takes in hand for one gateway, and when it takes more.
import type { Clock } from '../clock.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { Hand, HandSize } from './in-hand.ts'
import { BELIEVED_MS } from './steering.ts'

/** So long may the outcomes that a claim carries wait for it (settler.ts). */
const GROUP_MS = 20

/**
 * Where the key is honoured: what is in flight, and enough beside it to pay for a claim's commit: at 64 in flight, 64 held beside
 * them took 50 µs a message, 256 took 23; 512 is no worse. At most eight times what is in flight, so that no row waits long.
 *
 * Where it is not, a row that is found in a dead hand is in doubt, and a person or a second effect pays for it: nothing is taken
 * that does not leave at once.
 */
export const handFor = ({ concurrency, honoursKey }: Gateway): HandSize => {
  if (!honoursKey) return { concurrency, most: concurrency, low: Math.floor(concurrency / 2) }
  const most = concurrency + Math.max(concurrency, Math.min(512, 8 * concurrency))
  return { concurrency, most, low: Math.floor(most * 0.4) } // claims of more than half a hand: few commits
}

/**
 * How many may be claimed, once that is worth a commit. Where nothing is held beside what is in flight, few are worth it soon. 0:
 * nothing has come free in a quarter of a second.
 */
export const roomIn = async (hand: Hand<object>, { honoursKey }: Gateway, clock: Clock): Promise<number> => {
  if (honoursKey) {
    if (hand.room() === 0) await atMost(clock, BELIEVED_MS, hand.hasRoom())
    return hand.room()
  }
  if (hand.free() === 0) await atMost(clock, BELIEVED_MS, hand.hasPlace())
  if (hand.free() > 0 && hand.room() === 0) await atMost(clock, GROUP_MS, hand.hasRoom())
  return hand.free()
}

/** Resolves with what is waited for, or after so long. */
export const atMost = async (clock: Clock, ms: number, event: Promise<void>): Promise<void> => {
  const done = new AbortController()
  await Promise.race([event, clock.sleep(ms, done.signal)])
  done.abort()
}
