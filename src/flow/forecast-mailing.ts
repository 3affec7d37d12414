// When a mailing will be through: what waits of it, at the rate of its gateway.
import { forecast, type Waiting } from '../domain/forecast.ts'
import type { Mailing } from '../domain/mailing.ts'
import type { CountByState } from '../domain/message.ts'
import type { MailingDetail } from '../store/answer-store.ts'
import type { Store } from '../store/store.ts'

export interface MailingForecast {
  readonly ratePerSecond: number
  /** configured: the rate that the gateway may not exceed; measured: what it did lately. */
  readonly basis: 'configured' | 'measured'
  /** When the last message leaves; null: none does. */
  readonly lastAt: number | null
  /** Messages whose time is over before their turn comes. */
  readonly expires: number
  /** In the order of the plan; zones of which nothing waits are not in it. */
  readonly zones: readonly { readonly zone: string; readonly lastAt: number | null }[]
}

interface Powers {
  readonly store: Pick<Store, 'measuredRate' | 'listMailings' | 'mailingCounts'>
}

type Hours = Pick<Mailing, 'at' | 'until' | 'expiresAt'>

/** What waits of a mailing, zone by zone. */
export const waitingOf = ({ mailing, zones }: MailingDetail): readonly Waiting[] =>
  linesOf(
    mailing,
    zones.map(({ zone, sendAt, states }) => ({ zone, sendAt, count: leftOf(states) })),
  )

/** The same before a single row is written. */
export const waitingOfPlan = (mailing: Hours & Pick<Mailing, 'plan'>): readonly Waiting[] =>
  linesOf(mailing, mailing.plan.zones)

const linesOf = (
  { at, until, expiresAt }: Hours,
  zones: readonly { readonly zone: string; readonly sendAt: number; readonly count: number }[],
): readonly Waiting[] =>
  zones
    .filter(({ zone, count }) => zone !== '' && count > 0)
    .map(({ zone, sendAt, count }) => ({ zone, sendAt, count, at, until, expiresAt }))

const leftOf = (states: CountByState): number => states.scheduled + states.sending

/**
 * What waits of the other active mailings at this gateway, by their plans and the counts that are kept: no row is read. Of zones
 * whose hour has come it is known only together, and is taken for what is left of the last of them.
 */
const waitingElsewhere = async (
  { store }: Powers,
  gateway: string,
  mailingId: number | null,
  now: number,
): Promise<readonly Waiting[]> => {
  const active = await store.listMailings({ states: ['active'] })
  const waiting: Waiting[] = []
  for (const mailing of active) {
    if (mailing.gateway !== gateway || mailing.id === mailingId) continue
    const { states } = await store.mailingCounts(mailing)
    waiting.push(...leftOfPlan(mailing, leftOf(states), now))
  }
  return together(waiting)
}

/** The zones that are to leave last wait whole, as many as the count allows. */
const leftOfPlan = (mailing: Mailing, count: number, now: number): readonly Waiting[] => {
  let left = count
  const zones: { zone: string; sendAt: number; count: number }[] = []
  for (const { zone, sendAt, count: planned } of mailing.plan.zones.toReversed()) {
    if (sendAt <= now) {
      zones.push({ zone, sendAt, count: left })
      break
    }
    const here = Math.min(planned, left)
    left -= here
    zones.push({ zone, sendAt, count: here })
  }
  return linesOf(mailing, zones)
}

/** Those alike as one: a hundred mailings of one hour make no longer line than one. */
const together = (waiting: readonly Waiting[]): readonly Waiting[] => {
  const lines = new Map<string, Waiting>()
  for (const each of waiting) {
    const key = `${each.zone} ${each.sendAt} ${each.at} ${each.until}`
    const known = lines.get(key)
    const expiresAt = Math.max(each.expiresAt, known?.expiresAt ?? 0)
    lines.set(key, { ...each, expiresAt, count: each.count + (known?.count ?? 0) })
  }
  return [...lines.values()]
}

/**
 * In one line with what waits of others at its gateway; of zones that are due at one instant those of others go first. null:
 * nothing waits, or no rate is known: none is configured, and the gateway has not sent a hundred messages yet.
 */
export const forecastMailing = async (
  powers: Powers,
  mailingId: number | null,
  waiting: readonly Waiting[],
  gateway: { readonly name: string; readonly ratePerSecond: number | null },
  now: number,
): Promise<MailingForecast | null> => {
  if (waiting.length === 0) return null
  const ratePerSecond = gateway.ratePerSecond ?? (await powers.store.measuredRate(gateway.name))
  if (ratePerSecond === null) return null
  const others = await waitingElsewhere(powers, gateway.name, mailingId, now)
  const leaving = forecast([...others, ...waiting], ratePerSecond, now).slice(others.length)
  const instants = leaving.flatMap(({ lastAt }) => lastAt ?? [])
  return {
    ratePerSecond,
    basis: gateway.ratePerSecond === null ? 'measured' : 'configured',
    lastAt: instants.length === 0 ? null : Math.max(...instants),
    expires: leaving.reduce((sum, { expires }) => sum + expires, 0),
    zones: leaving.map(({ zone, lastAt }) => ({ zone, lastAt })),
  }
}
