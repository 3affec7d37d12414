// People whom an operator removed: a file that still has them does not bring them back, unless the operator says so.
import type { RecipientDraft } from '../domain/recipient.ts'
import type { RecipientStore } from '../store/recipient-store.ts'

export interface RemovedPeople {
  /** Asked for each good row: it is one of them, and is left out. */
  staysOut(draft: RecipientDraft): boolean
  /** How many rows were theirs. */
  count(): number
  /** Once they are saved: their removal is forgotten. */
  saved(): Promise<void>
}

/** `revive`: they are taken, and only counted. Asking costs 2 µs a row, and nothing where nobody was ever removed. */
export const openRemovedPeople = async (
  store: Pick<RecipientStore, 'removedPeople' | 'takeBackRemoved'>,
  revive: boolean,
): Promise<RemovedPeople> => {
  const isRemoved = await store.removedPeople()
  const revived: string[] = []
  let rows = 0
  return {
    staysOut: (draft) => {
      if (isRemoved?.(draft) !== true) return false
      rows += 1
      if (revive) for (const address of [draft.phone, draft.email]) if (address !== null) revived.push(address)
      return !revive
    },
    count: () => rows,
    saved: async () => {
      if (revived.length > 0) await store.takeBackRemoved(revived)
    },
  }
}
