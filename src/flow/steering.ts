// What operators and other processes decided meanwhile: a pause, a hold, a rest. Looked at before a message leaves, so that
// it holds within a second in every process, also for what is in hand already.
import type { Gateway } from '../gateway/gateway.ts'
import type { Leave } from '../store/gateway-store.ts'
import type { SendingPowers } from './powers.ts'

/** What was looked at is believed for so long: three small reads, four times a second. */
const BELIEVED_MS = 250

export interface Steering {
  /** True: `look` before anything leaves. */
  isStale(): boolean
  look(): Promise<void>
  /** What was written before this call is seen when it resolves. */
  lookAnew(): Promise<void>
  /** As of the last look. */
  lets(mailingId: number): boolean
}

export const openSteering = (
  { store, clock }: Pick<SendingPowers, 'store' | 'clock'>,
  gateway: Gateway,
  onLook: (leave: Leave) => void,
): Steering => {
  let leave: Leave | undefined
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined
  const look = async (): Promise<void> => {
    const seen = await store.whatMayLeave(gateway.name)
    leave = seen
    lookedAt = clock.monotonic()
    onLook(seen)
  }
  const lookOnce = (): Promise<void> => {
    looking ??= look().finally(() => {
      looking = undefined
    })
    return looking
  }
  return {
    isStale: () => clock.monotonic() - lookedAt >= BELIEVED_MS,
    look: lookOnce,
    lookAnew: async () => {
      await looking
      await lookOnce()
    },
    lets: (mailingId) =>
      leave !== undefined && leave.hold === null && leave.health.pausedAt === null && leave.mailings.has(mailingId),
  }
}
