// After a restore: messages that may have been sent since the backup are repeated, with the same keys, or left to the operator.
import { Fixable } from '../domain/errors.ts'
import type { Mailing } from '../domain/mailing.ts'
import type { MailingInDoubt } from '../store/installation-store.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import type { Store } from '../store/store.ts'

interface Powers {
  readonly store: Pick<Store, 'readRestoredTo' | 'mailingsInDoubt' | 'decideDoubt' | 'endRestore'>
}

export type Choice = 'repeat' | 'leave'

export interface Doubts {
  /** When the backup was made; null: nothing waits for a decision. */
  readonly restoredTo: number | null
  readonly mailings: readonly MailingInDoubt[]
}

/** What nobody has decided about yet, of all mailings or of one. */
export const readDoubts = async ({ store }: Powers, mailing: Mailing | null): Promise<Doubts> => {
  const restoredTo = await store.readRestoredTo()
  if (restoredTo === null) return { restoredTo, mailings: [] }
  const all = await store.mailingsInDoubt()
  return { restoredTo, mailings: mailing === null ? all : all.filter(({ id }) => id === mailing.id) }
}

export interface Decided {
  readonly repeated: number
  readonly left: number
  /** Undecided still, in other mailings. */
  readonly rest: number
}

/** Decides about these. Nothing of a cancelled mailing is repeated. When nothing is left in doubt, the restore is over. */
export const decide = async ({ store }: Powers, doubts: Doubts, choice: Choice, by: OperatorAct): Promise<Decided> => {
  const counts = { repeat: 0, leave: 0 }
  for (const { id, state } of doubts.mailings) {
    const own = state === 'cancelled' ? 'leave' : choice
    counts[own] += await store.decideDoubt(id, own, by)
  }
  const rest = (await store.mailingsInDoubt()).reduce((sum, { count }) => sum + count, 0)
  if (rest === 0) await store.endRestore()
  return { repeated: counts.repeat, left: counts.leave, rest }
}

/** Fixable('usage') for both answers at once; undefined: none was given. */
export const choiceOf = (options: { readonly repeat?: boolean; readonly leave?: boolean }): Choice | undefined => {
  if (options.repeat === true && options.leave === true) {
    throw new Fixable('usage', '--repeat and --leave exclude each other', 'Say one of them.')
  }
  if (options.repeat === true) return 'repeat'
  return options.leave === true ? 'leave' : undefined
}
