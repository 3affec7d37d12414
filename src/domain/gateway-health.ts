// How a gateway feels, and what may be sent to it now: rate, rest, probe, ramp. Pure; the row is shared by every process.
// What changes it: src/domain/gateway-changes.ts.
import type { Witness } from './gateway-evidence.ts'

export interface GatewayHealth {
  readonly name: string
  /** Nothing is sent before this instant. */
  readonly restsUntil: number | null
  /** Why it rests, or rested last. */
  readonly reason: string | null
  /** Times in a row that it was found down. Above 0 its next message is a probe: one in flight, over all processes. */
  readonly failures: number
  /** A worker probes it; after this instant that worker is thought lost. */
  readonly probeUntil: number | null
  /** Since when it is loaded slowly; null: at full speed. */
  readonly rampFrom: number | null
  /** Full speed after this long; null: from one in flight, doubling every 10 s. */
  readonly rampMs: number | null
  /** With a rate: when the next message may leave. */
  readonly nextSlotAt: number | null
  /** When it is known to have taken something. */
  readonly acceptedAt: number | null
  /** Messages that failed there since it took the last one, and so brought its rest about; the newest last. */
  readonly witnesses: readonly Witness[]
  /** A rest that few messages asked for holds, but from this instant another one may ask whether it holds for all. */
  readonly checksAt: number | null
  /** Since when an operator stops it; null: nobody does. */
  readonly pausedAt: number | null
  readonly pausedBy: string | null
  readonly pausedWhy: string | null
}

export const healthy = (name: string): GatewayHealth => ({
  name,
  restsUntil: null,
  reason: null,
  failures: 0,
  probeUntil: null,
  rampFrom: null,
  rampMs: null,
  nextSlotAt: null,
  acceptedAt: null,
  witnesses: [],
  checksAt: null,
  pausedAt: null,
  pausedBy: null,
  pausedWhy: null,
})

export type GatewayState = 'up' | 'ramping' | 'probing' | 'resting' | 'paused'

/** A rest is never longer than the longest Retry-After; one that looks longer was written before the clock was set back. */
const LONGEST_REST_MS = 3_600_000
const DOUBLING_MS = 10_000
/** While others have all in flight that may be: one of them is settled soon. */
const SETTLES_MS = 50
/** How far ahead messages are given their instants: what is handed back loses no more than that. */
const SLOTS_AHEAD_MS = 1_000

/** A failure so long ago says nothing of the gateway now: tomorrow's mailing does not begin with a probe. */
const FORGOTTEN_MS = 3_600_000

/** Its next message is a probe. */
export const isDown = (health: GatewayHealth, now: number): boolean => {
  const { failures, restsUntil, checksAt } = health
  return (
    (failures > 0 && Math.abs(now - (restsUntil ?? now)) < FORGOTTEN_MS) || (checksAt !== null && isAsked(health, now))
  )
}

/** It was asked to be left alone, or found down, until an instant to come. */
export const isAsked = ({ restsUntil }: GatewayHealth, now: number): boolean =>
  restsUntil !== null && restsUntil > now && restsUntil <= now + LONGEST_REST_MS + 1_000

/** Nothing at all is sent there. */
export const restsAt = (health: GatewayHealth, now: number): boolean =>
  isAsked(health, now) && (health.checksAt === null || health.checksAt > now)

export const stateOf = (health: GatewayHealth, now: number, concurrency: number): GatewayState => {
  if (health.pausedAt !== null) return 'paused'
  if (restsAt(health, now)) return 'resting'
  if (isDown(health, now)) return 'probing'
  return loadOf(health, now, concurrency) < 1 ? 'ramping' : 'up'
}

/** When it may be asked for work again; null: not before an operator says so. */
export const opensAt = (health: GatewayHealth, now: number): number | null => {
  if (health.pausedAt !== null) return null
  if (restsAt(health, now)) return health.checksAt ?? health.restsUntil
  return isDown(health, now) && isProbed(health, now) ? health.probeUntil : now
}

const isProbed = ({ probeUntil }: GatewayHealth, now: number): boolean =>
  probeUntil !== null && probeUntil > now && probeUntil <= now + LONGEST_REST_MS

/** The part of full speed that it may have, (0, 1]: at most double every 10 s, and straight up to `rampMs` where one is set. */
export const loadOf = ({ rampFrom, rampMs }: GatewayHealth, now: number, concurrency: number): number => {
  if (rampFrom === null || now < rampFrom) return rampFrom === null ? 1 : 1 / concurrency
  const doubling = 2 ** Math.floor((now - rampFrom) / DOUBLING_MS) / concurrency
  const straight = rampMs === null ? 1 : Math.max(1 / concurrency, (now - rampFrom) / rampMs)
  return Math.min(1, doubling, straight)
}

export interface Speed {
  readonly concurrency: number
  readonly ratePerSecond: number | null
}

/** What may be taken now. `most` 0: nothing, before `again` (null: this pass need not wait for it). */
export interface Allowance {
  readonly most: number
  readonly isProbe: boolean
  /** Of these messages none, where others are due. */
  readonly avoids: readonly number[]
  /** True: not the first ones that are due but some among them, since bad addresses may stand side by side. */
  readonly isScattered: boolean
  /** The first of them leaves at this instant, each of the others `slotMs` after the one before it. */
  readonly firstSlot: number
  readonly slotMs: number
  readonly again: number | null
}

/** Nothing may be taken, and this pass need not wait for it. */
export const NOTHING: Allowance = {
  most: 0,
  isProbe: false,
  avoids: [],
  isScattered: false,
  firstSlot: 0,
  slotMs: 0,
  again: null,
}

/** `inHand`: messages that workers of any process have in flight there; asked only while it is loaded slowly. */
export const allow = (
  health: GatewayHealth,
  { concurrency, ratePerSecond }: Speed,
  now: number,
  wanted: number,
  inHand: () => number,
): Allowance => {
  const opening = opensAt(health, now)
  if (opening === null || opening > now) return NOTHING
  if (isDown(health, now))
    return {
      ...NOTHING,
      most: 1,
      isProbe: true,
      avoids: health.witnesses.map(({ message }) => message),
      isScattered: true,
      firstSlot: now,
    }
  const load = loadOf(health, now, concurrency)
  const isScattered = load < 1
  const free = isScattered ? Math.max(0, Math.floor(load * concurrency) - inHand()) : wanted
  if (free === 0) return { ...NOTHING, again: now + SETTLES_MS }
  const most = Math.min(wanted, free)
  if (ratePerSecond === null) return { ...NOTHING, most, isScattered, firstSlot: now }
  const slotMs = 1_000 / (ratePerSecond * load)
  const firstSlot = Math.max(now, slotWithin(health, now, slotMs))
  const slots = Math.ceil((now + SLOTS_AHEAD_MS - firstSlot) / slotMs)
  const again = firstSlot - SLOTS_AHEAD_MS / 2
  if (slots <= 0) return { ...NOTHING, again: isScattered ? Math.min(again, now + DOUBLING_MS) : again }
  return { ...NOTHING, most: Math.min(most, slots), isScattered, firstSlot, slotMs }
}

/** A next slot far ahead was written before the clock was set back. */
const slotWithin = ({ nextSlotAt }: GatewayHealth, now: number, slotMs: number): number =>
  nextSlotAt === null || nextSlotAt > now + 2 * Math.max(SLOTS_AHEAD_MS, slotMs) ? now : nextSlotAt

/** After `count` messages were taken by this allowance. */
export const taken = (health: GatewayHealth, by: Allowance, count: number, probeUntil: number): GatewayHealth => {
  if (count === 0) return health
  if (by.isProbe) return { ...health, probeUntil }
  return by.slotMs === 0 ? health : { ...health, nextSlotAt: by.firstSlot + count * by.slotMs }
}

/** When one that is loaded slowly has all of its speed again; null: it has. */
export const fullSpeedAt = ({ rampFrom, rampMs }: GatewayHealth, concurrency: number): number | null =>
  rampFrom === null ? null : rampFrom + Math.max(rampMs ?? 0, DOUBLING_MS * Math.ceil(Math.log2(concurrency)))
