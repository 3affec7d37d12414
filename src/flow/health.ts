// How a gateway feels, as this pass sees it: when to let it rest. The rest itself is a row that every process reads.
import { backoff } from '../domain/backoff.ts'
import { MISCONFIGURED_REST_MS, type Reply } from '../domain/outcome.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { SendingPowers } from './powers.ts'
import type { Tally } from './tally.ts'

export interface Health {
  /** True while nothing should be sent. */
  rests(): boolean
  /** undefined: nothing to wait for. */
  note(reply: Reply): Promise<void> | undefined
  /** The pass is over: one that took nothing of what it was offered is a trouble, however little that was. */
  end(): void
}

/** A rest that is extended by less than this is not written again: hundreds of replies in flight say the same. */
const WORTH_WRITING_MS = 1_000

export const openHealth = (powers: SendingPowers, gateway: Gateway, tally: Tally): Health => {
  const { rests, rest } = openRest(powers, gateway, tally)
  const { random } = powers.clock
  let downInARow = 0
  let restsInARow = 0
  let lastReason = ''

  /** Everything in flight found it down: the rows wait behind one short rest instead of failing one by one. */
  const down = async (reason: string): Promise<void> => {
    downInARow += 1
    lastReason = reason
    if (downInARow < gateway.concurrency) return
    downInARow = 0
    restsInARow += 1
    await rest(backoff(restsInARow, random()), reason)
  }

  const up = (): void => {
    downInARow = 0
    restsInARow = 0
    tally.works(gateway.name)
  }

  return {
    rests,
    note: (reply) => {
      if (reply.kind === 'accepted' || reply.kind === 'refused') {
        up()
        return undefined
      }
      if (reply.kind === 'misconfigured') return rest(MISCONFIGURED_REST_MS, reply.reason)
      if (reply.kind === 'unavailable' && reply.retryAfter !== undefined) return rest(reply.retryAfter, reply.reason)
      return down(reply.reason)
    },
    end: () => {
      if (downInARow > 0 && !tally.working().has(gateway.name)) tally.trouble(gateway.name, lastReason)
    },
  }
}

/** The rest of one gateway: remembered here, written once for all processes. */
const openRest = ({ store, clock, log }: SendingPowers, gateway: Gateway, tally: Tally) => {
  let restsUntil = 0
  return {
    rests: () => clock.now() < restsUntil,
    rest: async (ms: number, reason: string): Promise<void> => {
      const until = clock.now() + ms
      tally.trouble(gateway.name, reason)
      if (until < restsUntil + WORTH_WRITING_MS) return
      restsUntil = until
      log({ event: 'gateway-rests', gateway: gateway.name, until, reason })
      await store.restGateway(gateway.name, until, reason)
    },
  }
}
