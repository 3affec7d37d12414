// What is old and done with goes: mailings with their messages, then what nothing refers to any more.
import { Fixable } from '../domain/errors.ts'
import type { Erased } from '../store/erase-store.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import type { Leftovers, PrunableMailing } from '../store/prune-store.ts'
import type { Store } from '../store/store.ts'

interface Powers {
  readonly store: Pick<
    Store,
    | 'prunableMailings'
    | 'pruneMailing'
    | 'countLeftovers'
    | 'pruneLeftovers'
    | 'unusedBytes'
    | 'readRestoredTo'
    | 'emptyLog'
  >
}

export interface PrunePlan {
  /** Nothing that goes is newer. */
  readonly before: number
  readonly mailings: readonly PrunableMailing[]
  readonly messages: number
  /** Of which nothing is held by a mailing now; more, once the mailings are gone. */
  readonly leftovers: Leftovers
}

/** What would go. Fixable('state') after a restore, while it is not decided what was sent. */
export const planPrune = async ({ store }: Powers, before: number): Promise<PrunePlan> => {
  if ((await store.readRestoredTo()) !== null) {
    throw new Fixable(
      'state',
      'some messages are in doubt since a restore: what may be needed to decide is not pruned',
      'Next: notify reconcile.',
    )
  }
  const mailings = await store.prunableMailings(before)
  const messages = mailings.reduce((sum, mailing) => sum + mailing.messages, 0)
  return { before, mailings, messages, leftovers: await store.countLeftovers(before) }
}

export interface Pruned extends Leftovers, Erased {
  readonly mailings: number
  readonly messages: number
  /** Room in the file that is free now and was not before. */
  readonly freedBytes: number
}

/** Stopped, it says what has gone so far; the next one goes on there. `onProgress` hears how many messages have gone. */
export const prune = async (
  { store }: Powers,
  plan: PrunePlan,
  by: OperatorAct,
  onProgress: (messages: number) => void,
  stop: AbortSignal,
): Promise<Pruned> => {
  const unusedBefore = await store.unusedBytes()
  let [mailings, messages] = [0, 0]
  const count = (rows: number): void => {
    messages += rows
    onProgress(messages)
  }
  for (const mailing of plan.mailings) {
    if (stop.aborted) break
    if (await store.pruneMailing(mailing, plan.before, by, count, stop)) mailings += 1
  }
  const leftovers = await store.pruneLeftovers(plan.before, stop)
  const freedBytes = (await store.unusedBytes()) - unusedBefore
  return { ...leftovers, mailings, messages, freedBytes, logEmptied: await store.emptyLog() }
}
