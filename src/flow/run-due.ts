// One pass: claim -> deliver -> settle on every gateway at once, until nothing is due.
import { Fixable } from '../domain/errors.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { guardClock } from './clock-guard.ts'
import { drain } from './drain.ts'
import type { SendingPowers, StopSignals } from './powers.ts'
import { restingTroubles } from './resting.ts'
import { openTally, type PassCounts, type Tally } from './tally.ts'

export interface PassReport extends PassCounts {
  /** Gateways at fault, and why: one sentence each. */
  readonly troubles: ReadonlyMap<string, string>
  /** Gateways that took something. */
  readonly working: ReadonlySet<string>
}

/** Sends everything that is due. A message that failed is data, not a failed pass; a gateway at fault is a trouble. */
export const runDue = async (powers: SendingPowers, workerId: number, signals: StopSignals): Promise<PassReport> => {
  const { store, clock, log } = powers
  const tally = openTally()
  await guardClock(powers)
  const names = await store.gatewaysInUse()
  const passes = await Promise.allSettled(names.map((name) => drainByName(powers, name, workerId, tally, signals)))
  await guardClock(powers)
  await store.closeFinished(clock.now())
  for (const [name, reason] of await restingTroubles(powers, names)) tally.trouble(name, reason)
  const failed = passes.find((pass) => pass.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  const counts = tally.counts()
  log({ event: 'pass', ...counts })
  return { ...counts, troubles: tally.troubles(), working: tally.working() }
}

/**
 * Drains the named gateway, if anything is due for it, or will be within `aheadMs`: then all is ready at that instant. One that is
 * not configured (any more) is a trouble of its own mailings, not of the others': false.
 */
export const drainByName = async (
  powers: SendingPowers,
  name: string,
  workerId: number,
  tally: Tally,
  signals: StopSignals,
  aheadMs = 0,
): Promise<boolean> => {
  const now = powers.clock.now()
  const next = await powers.store.nextDueAt(name, now)
  if (next === null || next > now + aheadMs) return true
  const gateway = await openGateway(powers, name, tally)
  if (gateway === null) return false
  await drain(powers, { gateway, workerId, tally }, signals)
  return true
}

const openGateway = async (powers: SendingPowers, name: string, tally: Tally): Promise<Gateway | null> => {
  try {
    return await powers.gateway(name)
  } catch (error) {
    if (!(error instanceof Fixable) || error.exit !== 'config') throw error
    tally.trouble(name, error.hint === undefined ? error.message : `${error.message}. ${error.hint}`)
    return null
  }
}
