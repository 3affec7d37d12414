// Gateways at rest, as trouble that an operator should hear of.
import type { SendingPowers } from './powers.ts'

/** Of these gateways, those that rest now, each with the reason. */
export const restingTroubles = async (
  { store, clock }: Pick<SendingPowers, 'store' | 'clock'>,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const resting = await store.restingGateways(clock.now())
  return new Map(
    resting.filter(({ name }) => names.includes(name)).map(({ name, reason }) => [name, reason ?? 'it rests']),
  )
}
