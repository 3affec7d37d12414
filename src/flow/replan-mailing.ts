// Zones, districts or the rules of zones have changed since a mailing was scheduled: what waits is moved.
import type { Mailing } from '../domain/mailing.ts'
import { allowEdit, type EditPowers, type PreparedEdit, prepareRows } from './edit-mailing.ts'

/** Looks at what would move; writes nothing. applyEdit moves it. Fails with Fixable('state') where nothing waits. */
export const prepareReplan = async (
  { store, clock }: Pick<EditPowers, 'store' | 'clock'>,
  mailing: Mailing,
): Promise<PreparedEdit> => {
  await allowEdit(store, mailing, 'replanned')
  const prepared = await prepareRows({ store }, mailing, mailing, {
    now: clock.now(),
    state: mailing.state,
    members: 'keep',
    moves: false,
    hours: false,
    shifts: true,
    ifPast: 'now',
  })
  const lost = mailing.terms.ifNoZone === 'fail' ? await store.countWithoutZone(mailing.id) : 0
  if (lost === 0) return prepared
  const whose = lost === 1 ? 'its recipient has none' : 'their recipients have none'
  return {
    ...prepared,
    notes: [`${lost} ${lost === 1 ? 'message keeps its' : 'messages keep their'} zone: ${whose} any more`],
  }
}
