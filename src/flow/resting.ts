// Gateways that do not take messages, as trouble that an operator should hear of.
import { stateOf } from '../domain/gateway-health.ts'
import type { SendingPowers } from './powers.ts'

/** Of these gateways, those that are down, each with the reason. One that an operator paused is no trouble. */
export const restingTroubles = async (
  { store, clock }: Pick<SendingPowers, 'store' | 'clock'>,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const now = clock.now()
  const isDown = (state: string): boolean => state === 'resting' || state === 'probing'
  const down = (await store.listGateways()).filter(
    (health) => names.includes(health.name) && isDown(stateOf(health, now, 1)),
  )
  return new Map(down.map(({ name, reason }) => [name, reason ?? 'it rests']))
}
