// Takes back a mailing whose rows are not all there: stopped, failed, or left behind by a process that died.
import type { Mailing } from '../domain/mailing.ts'
import type { Store } from '../store/store.ts'

export const rollBack = async (store: Pick<Store, 'rollBackMailing'>, mailing: Mailing): Promise<void> => {
  let isGone = false
  while (!isGone) isGone = await store.rollBackMailing(mailing)
}
