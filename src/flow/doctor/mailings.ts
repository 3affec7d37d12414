// What stands in mailings: messages that did not arrive, mailings that paused themselves.
import { type Check, doubtful, well } from '../../domain/check.ts'
import type { Store } from '../../store/store.ts'
import { tellTroubles } from '../mailing-troubles.ts'

const MOST = 20

/** A message that failed is data, no error of this installation; but somebody has to hear of it. */
export const checkMailings = async (
  store: Pick<Store, 'mailingTroubles' | 'commonestReason'>,
  now: number,
): Promise<readonly Check[]> => {
  const troubles = await tellTroubles(store, now, MOST)
  if (troubles.length === 0) return [well('mailings', 'no message of the last days failed, expired or is unknown')]
  return troubles.map(({ says, help }) => doubtful('mailings', says, help))
}
