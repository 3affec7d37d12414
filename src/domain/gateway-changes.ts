// What changes the row of a gateway: found down, asked to rest, taking again, paused and resumed by an operator. Pure.
import { backoffWithin } from './backoff.ts'
import { isAskedByFew, isDoubtful, type Witness, withWitnesses } from './gateway-evidence.ts'
import { type GatewayHealth, healthy, isAsked, isDown, restsAt } from './gateway-health.ts'

const FIRST_PROBE_MS = 5_000
const LONGEST_PROBE_MS = 300_000

/**
 * Found down, by a cohort or by its probe: it rests 5 s, doubling up to 5 min, or as long as it asked for. `by`: the messages that
 * failed; none: whatever is sent would have failed, so it is certain. A probe with a message that failed before is no news: the
 * rest does not grow by it.
 */
export const foundDown = (
  health: GatewayHealth,
  now: number,
  reason: string,
  askedForMs: number,
  random: number,
  by: readonly Witness[] = [],
): GatewayHealth => {
  if (restsAt(health, now) && health.failures > 0) return health // another process said so already
  const witnesses = witnessesOf(health, now, by)
  const before = isDown(health, now) ? health.failures : 0
  const isNews = witnesses.length === 0 || by.some(({ message }) => !isWitness(health, message))
  const failures = isNews ? before + 1 : Math.max(1, before)
  const rest = backoffWithin(FIRST_PROBE_MS, LONGEST_PROBE_MS, failures - 1, random)
  const rests = isAsked(health, now) ? (health.restsUntil ?? 0) : 0 // a longer rest is never shortened
  const restsUntil = Math.max(rests, now + Math.max(rest, askedForMs))
  return {
    ...health,
    failures,
    restsUntil,
    reason,
    probeUntil: null,
    witnesses,
    checksAt: isAskedByFew(witnesses) && restsUntil > now + rest ? now + rest : null,
    ...(isDoubtful({ witnesses }) ? {} : { rampFrom: null, rampMs: null }),
  }
}

/** It asked to be left alone for this long: no failure, so no probe after it. A longer rest is never shortened. */
export const askedToRest = (
  health: GatewayHealth,
  now: number,
  reason: string,
  ms: number,
  by: readonly Witness[] = [],
): GatewayHealth => {
  if (isAsked(health, now) && (health.restsUntil ?? 0) >= now + ms) return health
  const witnesses = witnessesOf(health, now, by)
  const checksAt = isAskedByFew(witnesses) && ms > FIRST_PROBE_MS ? (health.checksAt ?? now + FIRST_PROBE_MS) : null
  return { ...health, restsUntil: now + ms, reason, witnesses, checksAt }
}

/** More messages failed of those that were in flight when its rest began. The same, where that changes nothing that matters. */
export const testified = (health: GatewayHealth, by: readonly Witness[]): GatewayHealth => {
  if (health.witnesses.length === 0) return health
  const witnesses = withWitnesses(health.witnesses, by)
  const isSame = isDoubtful(health) === isDoubtful({ witnesses })
  const checksAt = isAskedByFew(witnesses) ? health.checksAt : null
  return isSame && checksAt === health.checksAt ? health : { ...health, witnesses, checksAt }
}

export const isWitness = ({ witnesses }: GatewayHealth, message: number): boolean =>
  witnesses.some((one) => one.message === message)

/** What was certain before stays so. */
const witnessesOf = (health: GatewayHealth, now: number, by: readonly Witness[]): readonly Witness[] => {
  const isOver = !isDown(health, now) && !isAsked(health, now)
  if (by.length === 0 || (!isOver && health.witnesses.length === 0)) return []
  return withWitnesses(isOver ? [] : health.witnesses, by)
}

/** It took a message: it is loaded slowly, from one in flight; not where only few had failed, which then were to blame themselves. */
export const recovered = (health: GatewayHealth, now: number): GatewayHealth => ({
  ...health,
  failures: 0,
  restsUntil: null,
  probeUntil: null,
  witnesses: [],
  checksAt: null,
  acceptedAt: now,
  ...(isDoubtful(health) ? {} : { rampFrom: now, rampMs: null }),
})

/** The probe went back untried. */
export const unprobed = (health: GatewayHealth): GatewayHealth => ({ ...health, probeUntil: null })

export const paused = (health: GatewayHealth, now: number, by: string, why: string | null): GatewayHealth =>
  health.pausedAt === null ? { ...health, pausedAt: now, pausedBy: by, pausedWhy: why } : health

/** By an operator: what it rested for is forgotten. `rampMs`: back to full speed over this time; null: at once. */
export const resumed = (health: GatewayHealth, now: number, rampMs: number | null): GatewayHealth => ({
  ...healthy(health.name),
  nextSlotAt: health.nextSlotAt,
  acceptedAt: health.acceptedAt,
  rampFrom: rampMs === null ? null : now,
  rampMs,
})
