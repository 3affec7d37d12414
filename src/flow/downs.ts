// Replies in a row that find a gateway down, or let it rest (src/domain/gateway-evidence.ts has what it takes).
import type { Clock } from '../clock.ts'
import { askedToRest, foundDown, testified } from '../domain/gateway-changes.ts'
import {
  askedFor,
  askingAfter,
  type Failed,
  isBlameless,
  isKnownToFail,
  LEAST,
  provesDown,
  suggestsDown,
  tooManyAsk,
  type Witness,
  witnessesAmong,
} from '../domain/gateway-evidence.ts'
import { type GatewayHealth, loadOf } from '../domain/gateway-health.ts'
import type { Claimed } from '../domain/message.ts'
import type { Reply } from '../domain/outcome.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { HealthRow } from './health-row.ts'
import type { SendingPowers } from './powers.ts'
import type { Task } from './task.ts'

/** What was tried: which message, and whether it probed. */
export type Tried = Pick<Task, 'message' | 'isProbe'>

type Failure = Exclude<Reply, { readonly kind: 'accepted' | 'refused' }>

export interface Downs {
  /** `isTaking`: it is known to take others. undefined: nothing to wait for. */
  note(reply: Failure, tried: Tried, isTaking: boolean): Promise<void> | undefined
  /** It took something. */
  forget(): void
  /** The pass is over, and nothing was taken. */
  end(isTaking: boolean): Promise<void>
}

export const openDowns = ({ clock }: SendingPowers, row: HealthRow, { concurrency }: Gateway): Downs => {
  const failed = new Map<number, Failed>()
  const change = changes(clock, row)
  let last: Failure | undefined
  const asking = openAsking()

  const trip = (reply: Failure): Promise<void> => {
    const by = witnessesAmong([...failed.values()])
    failed.clear()
    return change.foundDown(reply, by)
  }
  const isProven = (isTaking: boolean): boolean => {
    if (failed.size < LEAST) return false
    const inFlight = Math.floor(loadOf(row.seen(), clock.now(), concurrency) * concurrency)
    return provesDown([...failed.values()], isTaking, inFlight)
  }
  /** It was in flight when the rest began. */
  const straggler = (reply: Failure): Promise<void> =>
    row.seen().failures === 0 && isProven(false)
      ? trip(reply)
      : change.testified(reply, witnessesAmong([...failed.values()]))
  return {
    note: (reply, { message, isProbe }, isTaking) => {
      failed.set(message.id, failedWith(reply, message, row.seen()))
      last = reply
      if (row.isResting()) return straggler(reply)
      const isEnough = isProbe || (reply.kind === 'misconfigured' && (isBlameless(reply) || !isTaking))
      if (isEnough || isProven(isTaking)) return trip(reply)
      if (askedFor(reply) === 0) return undefined
      if (!isTaking) return change.askedToRest(reply, witnessesAmong([...failed.values()]))
      return asking.tooMany() ? change.askedToRest(reply, []) : undefined
    },
    forget: () => {
      if (failed.size > 0) failed.clear()
      last = undefined
      asking.not()
    },
    end: async (isTaking) => {
      if (last !== undefined && suggestsDown([...failed.values()], isTaking)) await trip(last)
    },
  }
}

/** While others are taken, one that asks for a rest means one message; when more than half do, all of them. */
const openAsking = () => {
  let share = 0
  return {
    not: (): void => {
      share = askingAfter(share, false)
    },
    tooMany: (): boolean => {
      share = askingAfter(share, true)
      const isSo = tooManyAsk(share)
      if (isSo) share = 0
      return isSo
    },
  }
}

/** What is written of it, for every process. */
const changes = (clock: Clock, row: HealthRow) => {
  const asked = async (reply: Failure, by: readonly Witness[]): Promise<void> => {
    const now = clock.now()
    await row.rest((health) => askedToRest(health, now, reply.reason, askedFor(reply), by), reply.reason)
  }
  return {
    foundDown: async (reply: Failure, by: readonly Witness[]): Promise<void> => {
      const [now, random, ms] = [clock.now(), clock.random(), askedFor(reply)]
      await row.rest((health) => foundDown(health, now, reply.reason, ms, random, by), reply.reason)
    },
    askedToRest: asked,
    testified: async (reply: Failure, by: readonly Witness[]): Promise<void> => {
      if (askedFor(reply) > 0) await asked(reply, by)
      if (testified(row.seen(), by) !== row.seen()) await row.change((health) => testified(health, by))
    },
  }
}

const failedWith = (reply: Failure, { id, attempts }: Claimed, { acceptedAt }: GatewayHealth): Failed => ({
  message: id,
  askedForMs: askedFor(reply),
  isFresh: isBlameless(reply) || !isKnownToFail(attempts, acceptedAt),
  isBlameless: isBlameless(reply),
})
