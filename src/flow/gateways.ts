// How the gateways are, as data: those that are configured, and those that only the rows know of.
import {
  fullSpeedAt,
  type GatewayHealth,
  type GatewayState,
  healthy,
  loadOf,
  stateOf,
} from '../domain/gateway-health.ts'
import type { GatewayCounts } from '../store/gateway-store.ts'
import type { Store } from '../store/store.ts'

/** What is needed of its configuration. */
export interface GatewayPlan {
  readonly type: string
  readonly concurrency: number
  readonly ratePerSecond: number | null
}

export interface GatewayReport extends Pick<GatewayCounts, 'due' | 'waiting' | 'inHand'> {
  readonly name: string
  /** null: it is not configured (any more). */
  readonly plan: GatewayPlan | null
  readonly health: GatewayHealth
  readonly state: GatewayState | 'not configured'
  /** The part of full speed that it may have now. */
  readonly load: number
  /** null: it has it, or waits for something else than time. */
  readonly fullSpeedAt: number | null
  /** Due messages do not move although nothing hinders them; the watchdog says so. */
  readonly isStalled: boolean
}

interface Powers {
  readonly store: Pick<Store, 'listGateways' | 'countByGateway' | 'listTroubles'>
}

/** By name. Every one that is configured, has a row, or is what an active mailing waits for. */
export const reportGateways = async (
  { store }: Powers,
  plans: Readonly<Record<string, GatewayPlan>>,
  now: number,
): Promise<readonly GatewayReport[]> => {
  const healths = new Map((await store.listGateways()).map((health) => [health.name, health]))
  const counts = new Map((await store.countByGateway(now)).map((count) => [count.name, count]))
  const troubles = new Set(await store.listTroubles())
  const names = new Set([...Object.keys(plans), ...healths.keys(), ...counts.keys()])
  const report = (name: string): GatewayReport => {
    const plan = Object.hasOwn(plans, name) ? (plans[name] ?? null) : null
    const { due, waiting, inHand } = counts.get(name) ?? { due: 0, waiting: 0, inHand: 0 }
    const speed = speedOf(healths.get(name) ?? healthy(name), plan, now)
    return { name, plan, ...speed, due, waiting, inHand, isStalled: troubles.has(`stalled:${name}`) }
  }
  return [...names].toSorted().map(report)
}

const speedOf = (
  health: GatewayHealth,
  plan: GatewayPlan | null,
  now: number,
): Pick<GatewayReport, 'health' | 'state' | 'load' | 'fullSpeedAt'> => {
  if (plan === null) return { health, state: 'not configured', load: 0, fullSpeedAt: null }
  const { concurrency } = plan
  const state = stateOf(health, now, concurrency)
  if (state === 'ramping') {
    return { health, state, load: loadOf(health, now, concurrency), fullSpeedAt: fullSpeedAt(health, concurrency) }
  }
  return { health, state, load: { up: 1, probing: 1 / concurrency, resting: 0, paused: 0 }[state], fullSpeedAt: null }
}
