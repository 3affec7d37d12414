// Takes back a mailing whose rows are not all there: stopped, failed, or left behind by a process that died.
import type { Mailing } from '../domain/mailing.ts'
import type { Store } from '../store/store.ts'

/** Rows a transaction takes back: about 20 ms, so that senders hardly wait. */
const CHUNK_ROWS = 5_000

export const rollBack = async (store: Pick<Store, 'rollBackMailing'>, mailing: Mailing): Promise<void> => {
  let isGone = false
  while (!isGone) isGone = await store.rollBackMailing(mailing, CHUNK_ROWS)
}
