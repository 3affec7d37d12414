// The row of a gateway, which every process reads: as it was seen last, and changed for all of them.
import { type GatewayHealth, healthy, stateOf } from '../domain/gateway-health.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { SendingPowers } from './powers.ts'
import type { Tally } from './tally.ts'

type Decide = (health: GatewayHealth) => GatewayHealth

export interface HealthRow {
  seen(): GatewayHealth
  saw(health: GatewayHealth): void
  isResting(): boolean
  change(decide: Decide): Promise<void>
  /** Changes it to rest, and tells; what would change nothing is not written. */
  rest(decide: Decide, reason: string): Promise<void>
}

/** A rest that is extended by less than this is not written again: hundreds of replies in flight say the same. */
const WORTH_WRITING_MS = 1_000

export const openHealthRow = ({ store, clock, log }: SendingPowers, gateway: Gateway, tally: Tally): HealthRow => {
  let seen = healthy(gateway.name)
  const isResting = (): boolean => stateOf(seen, clock.now(), gateway.concurrency) === 'resting'
  const change = async (decide: Decide): Promise<void> => {
    seen = decide(seen) // at once: what is in hand does not wait for the disk
    seen = await store.changeGateway(gateway.name, decide)
  }
  return {
    seen: () => seen,
    saw: (health) => {
      seen = health
    },
    isResting,
    change,
    rest: async (decide, reason) => {
      tally.trouble(gateway.name, reason)
      const [before, after] = [isResting() ? (seen.restsUntil ?? 0) : 0, decide(seen)]
      const isLonger = (after.restsUntil ?? 0) >= before + WORTH_WRITING_MS
      if (!isLonger && after.failures === seen.failures && after.checksAt === seen.checksAt) return
      await change(decide)
      if (isLonger)
        log({ event: 'gateway-rests', gateway: gateway.name, until: seen.restsUntil ?? clock.now(), reason })
    },
  }
}
