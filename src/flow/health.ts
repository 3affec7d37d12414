// How a gateway feels, as this process sees it: when to let it rest, and when it is well again. What it decides is a row that
// every process reads (src/domain/gateway-health.ts).
import { isWitness, recovered, unprobed } from '../domain/gateway-changes.ts'
import { isBlameless, isDoubtful, LEAST, takesLately } from '../domain/gateway-evidence.ts'
import { type GatewayHealth, isAsked, isDown } from '../domain/gateway-health.ts'
import type { Reply } from '../domain/outcome.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { openDowns, type Tried } from './downs.ts'
import { openHealthRow } from './health-row.ts'
import type { SendingPowers } from './powers.ts'
import type { Tally } from './tally.ts'

export interface Health {
  /** What the row said when it was read last. */
  saw(health: GatewayHealth): void
  /** True while nothing should be sent. */
  rests(): boolean
  /** A refusal that may be our own fault is one, as long as the gateway takes nothing; ours that may be theirs, once it is said again. */
  judge(reply: Reply, tried: Tried): Reply
  /** True: the gateway takes others, so that what failed here is this message's own fault. */
  blames(reply: Reply, tried: Tried): boolean
  /** undefined: nothing to wait for. */
  note(reply: Reply, tried: Tried): Promise<void> | undefined
  /** The probe goes back untried: another message, or another process, may probe. */
  giveUpProbe(): Promise<void>
  /** The pass is over: one that took nothing of what it was offered may be down, however little that was. */
  end(): Promise<void>
}

export const openHealth = (powers: SendingPowers, gateway: Gateway, tally: Tally): Health => {
  const { clock, log } = powers
  const row = openHealthRow(powers, gateway, tally)
  const downs = openDowns(powers, row, gateway)
  let hasTaken = false

  const isTaking = ({ isProbe }: { readonly isProbe: boolean }): boolean => {
    if (isProbe || isHeldBack(row.seen(), clock.now())) return false
    return hasTaken || takesLately(row.seen().acceptedAt, clock.now())
  }
  const up = (isProbe: boolean): Promise<void> | undefined => {
    downs.forget()
    tally.works(gateway.name)
    const seen = row.seen()
    const now = clock.now()
    if (!isProbe && !(isDoubtful(seen) && isHeldBack(seen, now))) return undefined
    log({ event: 'gateway-works', gateway: gateway.name })
    tally.mended(gateway.name, seen.reason)
    return row.change((health) => recovered(health, now))
  }
  return {
    saw: row.saw,
    rests: row.isResting,
    judge: (reply, tried) => {
      hasTaken ||= reply.kind === 'accepted'
      return reply.kind === 'accepted' ? reply : judged(reply, tried, isTaking(tried))
    },
    blames: (reply, tried) =>
      !isBlameless(reply) && (tried.isProbe ? isWitness(row.seen(), tried.message.id) : isTaking(tried)),
    note: (reply, tried) => {
      if (reply.kind === 'accepted' || reply.kind === 'refused') return up(tried.isProbe)
      const consequence = downs.note(reply, tried, isTaking(tried))
      hasTaken &&= !row.isResting()
      return consequence
    },
    giveUpProbe: () => row.change(unprobed),
    end: async () => {
      if (!tally.working().has(gateway.name) && !row.isResting()) await downs.end(isTaking({ isProbe: false }))
    },
  }
}

const isHeldBack = (seen: GatewayHealth, now: number): boolean => isDown(seen, now) || isAsked(seen, now)

/** By a gateway that takes others, or does not. */
const judged = (reply: Reply, { message }: Tried, isTaking: boolean): Reply => {
  const { kind } = reply
  if (kind === 'refused' && reply.perhapsOurs === true && !isTaking)
    return { kind: 'misconfigured', reason: reply.reason }
  if (kind === 'misconfigured' && reply.perhapsTheirs === true && isTaking && message.attempts >= LEAST)
    return { kind: 'refused', reason: reply.reason }
  return reply
}
