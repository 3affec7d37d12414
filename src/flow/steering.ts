// What operators and other processes decided meanwhile: a pause, a hold, a rest, somebody who unsubscribed. Looked at before a
// message leaves and four times a second, so that it holds within a second in every process, also for what is in hand already.
import type { Gateway } from '../gateway/gateway.ts'
import type { Leave } from '../store/gateway-store.ts'
import type { SendingPowers } from './powers.ts'
import { openStandings } from './standings.ts'
import type { Task } from './task.ts'

/** What was looked at is believed for so long: four small reads, four times a second. */
export const BELIEVED_MS = 250

export interface Steering {
  /** True: `look` before anything leaves. */
  isStale(): boolean
  look(): Promise<void>
  /** What was written before this call is seen when it resolves. */
  lookAnew(): Promise<void>
  /** As of the last look. */
  lets(task: Task): boolean
  /** Tasks in hand were claimed by this state of the address book: where that is another than the one seen, they are looked at. */
  claimedBy(bookMark: number): void
}

interface Watched {
  /** All that is in hand. */
  readonly inHand: () => readonly Task[]
  /** After each look. */
  readonly onLook: (leave: Leave) => void
}

export const openSteering = (
  { store, clock }: Pick<SendingPowers, 'store' | 'clock'>,
  gateway: Gateway,
  { inHand, onLook }: Watched,
): Steering => {
  let leave: Leave | undefined
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined
  const standings = openStandings(store, inHand)
  const look = async (): Promise<void> => {
    const began = clock.monotonic() // a process may be stopped in the middle of a look
    const seen = await store.whatMayLeave(gateway.name)
    await standings.lookAt(seen.bookMark)
    leave = seen
    lookedAt = began
    onLook(seen)
  }
  const lookOnce = (): Promise<void> => (looking ??= look().finally(() => (looking = undefined)))
  return {
    isStale: () => clock.monotonic() - lookedAt >= BELIEVED_MS,
    look: lookOnce,
    lookAnew: async () => {
      await looking
      await lookOnce()
    },
    lets: (task) =>
      leave !== undefined &&
      leave.hold === null &&
      leave.health.pausedAt === null &&
      leave.mailings.has(task.message.mailingId) &&
      !standings.forbids(task),
    claimedBy: (mark) => {
      if (standings.claimedBy(mark)) lookedAt = Number.NEGATIVE_INFINITY
    },
  }
}
