// A gateway as programs read it (cli.md 5.9). Names are only ever added.
import { isoUtc } from '../../domain/local-time.ts'
import type { GatewayReport } from '../../flow/gateways.ts'

export const GATEWAY_KEYS = [
  'name',
  'type',
  'state',
  'reason',
  'restsUntil',
  'failures',
  'load',
  'concurrency',
  'rate',
  'pausedAt',
  'pausedBy',
  'pausedWhy',
  'acceptedAt',
  'due',
  'inHand',
  'stalled',
] as const

export type JsonGateway = Readonly<Record<(typeof GATEWAY_KEYS)[number], string | number | boolean | null>>

/** `rate` in messages a second; `load` from 0 to 1. Rest and reason only while it rests or is to be probed. */
export const gatewayJson = (report: GatewayReport, now: number): JsonGateway => {
  const { name, plan, state, load, health, due, inHand, isStalled } = report
  const rests = (health.restsUntil ?? 0) > now
  return {
    name,
    type: plan?.type ?? null,
    state,
    reason: rests || state === 'probing' ? health.reason : null,
    restsUntil: rests ? instant(health.restsUntil) : null,
    failures: health.failures,
    load: Math.round(load * 10_000) / 10_000,
    concurrency: plan?.concurrency ?? null,
    rate: plan?.ratePerSecond ?? null,
    pausedAt: instant(health.pausedAt),
    pausedBy: health.pausedBy,
    pausedWhy: health.pausedWhy,
    acceptedAt: instant(health.acceptedAt),
    due,
    inHand,
    stalled: isStalled,
  }
}

const instant = (at: number | null): string | null => (at === null ? null : isoUtc(at))
