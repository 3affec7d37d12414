// An operator stops a gateway, or lets it go on: at once, or loaded slowly. One row; every process reads it.
import { paused, resumed } from '../domain/gateway-changes.ts'
import { type GatewayHealth, stateOf } from '../domain/gateway-health.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import type { Store } from '../store/store.ts'

interface Powers {
  readonly store: Pick<Store, 'changeGateway'>
}

/** Nothing more leaves through it; what is in flight finishes. False: it was paused already, and stays so by whoever did it. */
export const pauseGateway = (powers: Powers, name: string, by: OperatorAct): Promise<boolean> =>
  change(powers, name, (health) => paused(health, by.at, by.who, by.why), { ...by, what: `gateway ${name} paused` })

/** How it is to go on. */
export interface Resumption {
  /** Full speed is reached after this, at the earliest; null: at once. */
  readonly rampMs: number | null
  /** Messages at once, as configured: what "full speed" is. */
  readonly concurrency: number
}

/**
 * Also ends a rest and a ramp: whoever resumes knows that the cause is mended. False: nothing held it back, and no ramp was
 * asked for.
 */
export const resumeGateway = (
  powers: Powers,
  name: string,
  { rampMs, concurrency }: Resumption,
  by: OperatorAct,
): Promise<boolean> => {
  const decide = (health: GatewayHealth): GatewayHealth =>
    rampMs === null && stateOf(health, by.at, concurrency) === 'up' ? health : resumed(health, by.at, rampMs)
  return change(powers, name, decide, { ...by, what: `gateway ${name} resumed` })
}

/** True: it is another row than before, with an audit row beside it. */
const change = async (
  { store }: Powers,
  name: string,
  decide: (health: GatewayHealth) => GatewayHealth,
  act: OperatorAct & { readonly what: string },
): Promise<boolean> => {
  let changed = false
  await store.changeGateway(
    name,
    (before) => {
      const after = decide(before)
      changed = after !== before
      return after
    },
    act,
  )
  return changed
}
