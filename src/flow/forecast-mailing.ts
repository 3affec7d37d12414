// When a mailing will be through: what waits of it, at the rate of its gateway.
import { forecast, type Waiting } from '../domain/forecast.ts'
import type { Mailing } from '../domain/mailing.ts'
import type { AnswerStore, MailingDetail } from '../store/answer-store.ts'

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
  readonly store: Pick<AnswerStore, 'measuredRate'>
}

type Hours = Pick<Mailing, 'at' | 'until' | 'expiresAt'>

/** What waits of a mailing, zone by zone. */
export const waitingOf = ({ mailing, zones }: MailingDetail): readonly Waiting[] =>
  linesOf(
    mailing,
    zones.map(({ zone, sendAt, states }) => ({ zone, sendAt, count: states.scheduled + states.sending })),
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

/**
 * As if this mailing were alone at its gateway. null: nothing waits, or no rate is known: none is configured, and the gateway has
 * not sent a hundred messages yet.
 */
export const forecastMailing = async (
  { store }: Powers,
  waiting: readonly Waiting[],
  gateway: { readonly name: string; readonly ratePerSecond: number | null },
  now: number,
): Promise<MailingForecast | null> => {
  if (waiting.length === 0) return null
  const ratePerSecond = gateway.ratePerSecond ?? (await store.measuredRate(gateway.name))
  if (ratePerSecond === null) return null
  const leaving = forecast(waiting, ratePerSecond, now)
  const instants = leaving.flatMap(({ lastAt }) => lastAt ?? [])
  return {
    ratePerSecond,
    basis: gateway.ratePerSecond === null ? 'measured' : 'configured',
    lastAt: instants.length === 0 ? null : Math.max(...instants),
    expires: leaving.reduce((sum, { expires }) => sum + expires, 0),
    zones: leaving.map(({ zone, lastAt }) => ({ zone, lastAt })),
  }
}
