// How a gateway feels, as this process sees it: when to let it rest, and when it is well again. What it decides is a row that
// every process reads (src/domain/gateway-health.ts).
import { askedToRest, foundDown, type GatewayHealth, loadOf, recovered, unprobed } from '../domain/gateway-health.ts'
import type { Reply } from '../domain/outcome.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { type HealthRow, openHealthRow } from './health-row.ts'
import type { SendingPowers } from './powers.ts'
import type { Tally } from './tally.ts'

export interface Health {
  /** What the row said when it was read last. */
  saw(health: GatewayHealth): void
  /** True while nothing should be sent. */
  rests(): boolean
  /** A refusal that may be our own fault is one, as long as the gateway has not taken anything lately. */
  judge(reply: Reply): Reply
  /** undefined: nothing to wait for. */
  note(reply: Reply, isProbe: boolean): Promise<void> | undefined
  /** The probe goes back untried: another message, or another process, may probe. */
  giveUpProbe(): Promise<void>
  /** The pass is over: one that took nothing of what it was offered is down, however little that was. */
  end(): Promise<void>
}

/** Fewer replies in a row say nothing: one time-out in a hundred must not keep a gateway from getting well. */
const LEAST = 3
/** What it took so long ago says nothing of its settings now. */
const LATELY_MS = 600_000

export const openHealth = (powers: SendingPowers, gateway: Gateway, tally: Tally): Health => {
  const { clock, log } = powers
  const row = openHealthRow(powers, gateway, tally)
  const downs = openDowns(powers, row, gateway)
  let hasTaken = false

  const up = (isProbe: boolean): Promise<void> | undefined => {
    downs.forget()
    tally.works(gateway.name)
    if (!isProbe) return undefined
    log({ event: 'gateway-works', gateway: gateway.name })
    const now = clock.now()
    return row.change((health) => recovered(health, now))
  }
  return {
    saw: row.saw,
    rests: row.isResting,
    judge: (reply) => {
      hasTaken ||= reply.kind === 'accepted'
      return hasTaken ? reply : judgeUntaken(reply, row.seen(), clock.now())
    },
    note: (reply, isProbe) => {
      if (reply.kind === 'accepted' || reply.kind === 'refused') return up(isProbe)
      const askedForMs = reply.kind === 'unavailable' ? (reply.retryAfter ?? 0) : 0
      return downs.note(reply.reason, askedForMs, isProbe || reply.kind === 'misconfigured')
    },
    giveUpProbe: () => row.change(unprobed),
    end: async () => {
      if (!tally.working().has(gateway.name) && !row.isResting()) await downs.trip()
    },
  }
}

/** Replies in a row that found it down. One that says so by itself (a probe, a 401) is enough; of others it takes a cohort. */
const openDowns = ({ clock }: SendingPowers, row: HealthRow, gateway: Gateway) => {
  let inARow = 0
  let last: { readonly reason: string; readonly askedForMs: number } | undefined
  const trip = async (): Promise<void> => {
    if (last === undefined) return
    inARow = 0
    const { reason, askedForMs } = last
    const [now, random] = [clock.now(), clock.random()]
    await row.rest((health) => foundDown(health, now, reason, askedForMs, random), reason)
  }
  return {
    note: (reason: string, askedForMs: number, isEnough: boolean): Promise<void> | undefined => {
      inARow += 1
      last = { reason, askedForMs }
      const now = clock.now()
      if (isEnough || inARow >= cohortOf(row.seen(), now, gateway)) return trip()
      return askedForMs === 0 ? undefined : row.rest((health) => askedToRest(health, now, reason, askedForMs), reason)
    },
    trip,
    forget: (): void => {
      inARow = 0
      last = undefined
    },
  }
}

/** So many in a row that are down say that the gateway is: everything that is in flight there at once. */
const cohortOf = (seen: GatewayHealth, now: number, { concurrency }: Gateway): number => {
  const load = loadOf(seen, now, concurrency)
  return Math.max(LEAST, Math.floor(load * concurrency))
}

/** By a gateway that has taken nothing in this pass. */
const judgeUntaken = (reply: Reply, { acceptedAt }: GatewayHealth, now: number): Reply => {
  const isOurs = reply.kind === 'refused' && reply.perhapsOurs === true
  const hasTakenLately = acceptedAt !== null && Math.abs(now - acceptedAt) < LATELY_MS
  return isOurs && !hasTakenLately ? { kind: 'misconfigured', reason: reply.reason } : reply
}
