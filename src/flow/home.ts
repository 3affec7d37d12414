// Only one file sends: a copy of it, or one that was moved or replaced, is noticed before anything leaves.
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
  await store.confirmStanding()
  const { remembered, here } = await store.readHome()
  if (remembered === null) await store.rememberHome()
  else if (here !== null && !isSameHome(remembered, here)) {
    return store.hold({ at: clock.now(), who: ITSELF, why: movedFrom(remembered, here) })
  }
  return store.readHold()
}
