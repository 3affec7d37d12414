// An operator holds everything, or lets it go.
import { Fixable } from '../domain/errors.ts'
import { type Home, isSameHome } from '../domain/hold.ts'
import { isoUtc } from '../domain/local-time.ts'
import type { Hold } from '../store/gateway-store.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import type { Store } from '../store/store.ts'
import { type GuardPowers, trustClock } from './clock-guard.ts'

interface Powers {
  readonly store: Pick<Store, 'hold' | 'readHold'>
}

export interface Held {
  readonly hold: Hold
  /** False: it was held already. */
  readonly changed: boolean
}

/** Within a second nothing more leaves, from any process; what is in flight finishes. */
export const holdEverything = async ({ store }: Powers, by: OperatorAct): Promise<Held> => {
  const before = await store.readHold()
  return { hold: await store.hold(by), changed: before === null }
}

export interface Released {
  /** What held until now; null: nothing did. */
  readonly held: Hold | null
  /** The file that sent before; null: this one, or none. */
  readonly before: Home | null
}

/**
 * Everything goes on, from this file, by the clock as it is. Fixable('state') while messages are in doubt since a restore: they
 * are decided first; and where the clock jumped and nobody was told.
 */
export const releaseEverything = async (powers: GuardPowers, by: OperatorAct): Promise<Released> => {
  const { store } = powers
  const restoredTo = await store.readRestoredTo()
  if (restoredTo !== null) {
    const inDoubt = (await store.mailingsInDoubt()).reduce((sum, { count }) => sum + count, 0)
    if (inDoubt > 0) throw undecided(restoredTo, inDoubt)
    await store.endRestore()
  }
  await trustClock(powers)
  const held = await store.readHold()
  const { remembered, here } = await store.readHome()
  await store.release(by)
  const isMoved = remembered !== null && here !== null && !isSameHome(remembered, here)
  return { held, before: isMoved ? remembered : null }
}

const undecided = (restoredTo: number, count: number): Fixable =>
  new Fixable(
    'state',
    `this database was restored from the backup of ${isoUtc(restoredTo)}: ${count} messages may have been sent since`,
    'Decide about them first: notify reconcile.',
  )
