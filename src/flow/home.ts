// Only one file sends: a copy of it, or one that was moved or replaced, is noticed before anything leaves.
import { Fixable } from '../domain/errors.ts'
import { ITSELF, isSameHome, movedFrom } from '../domain/hold.ts'
import type { Hold } from '../store/gateway-store.ts'
import type { SendingPowers } from './powers.ts'

/**
 * At the start of every process that sends: the first one makes this file the one that sends; a file that is not that one holds
 * everything until an operator says `notify release`. Returns what holds. Costs two reads and two looks at the file's name.
 */
export const refuseMoved = async (powers: Pick<SendingPowers, 'store' | 'clock' | 'log'>): Promise<Hold | null> => {
  const hold = await holdMoved(powers)
  if (hold !== null) powers.log({ event: 'held', by: hold.by, reason: hold.why })
  return hold
}

const holdMoved = async ({ store, clock }: Pick<SendingPowers, 'store' | 'clock'>): Promise<Hold | null> => {
  await refuseLost({ store })
  const { remembered, here } = await store.readHome()
  if (remembered === null) await store.rememberHome()
  else if (here !== null && !isSameHome(remembered, here)) {
    return store.hold({ at: clock.now(), who: ITSELF, why: movedFrom(remembered, here) })
  }
  return store.readHold()
}

/** Fails with Fixable when the file was deleted or replaced under this process: outcomes written now would reach nobody. */
export const refuseLost = async ({ store }: Pick<SendingPowers, 'store'>): Promise<void> => {
  if (await store.isInPlace()) return
  throw new Fixable(
    'failed',
    `the database ${store.location} was deleted or replaced while it was in use: nothing more is sent from it`,
    'If that was not meant, put a backup in its place: notify restore FILE. Then start again.',
  )
}
