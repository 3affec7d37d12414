// Outcomes that the database does not take: put on disk beside it, each once, and forgotten there when it takes them after all.
import type { Settlement } from '../domain/message.ts'
import type { Log } from '../log.ts'
import type { OutcomeStore } from '../store/outcome-store.ts'

export interface OutcomeKeeper {
  /** Keeps what is not written yet; on disk when it resolves. What happens is logged, a failure too. */
  keep(reason: string): Promise<void>
  /** These are written. */
  forget(settlements: readonly Settlement[]): void
}

interface KeeperPowers {
  readonly store: Pick<OutcomeStore, 'keepOutcomes' | 'forgetOutcomes'>
  readonly log: Log
}

export const openOutcomeKeeper = (
  { store, log }: KeeperPowers,
  worker: number,
  unwritten: () => readonly Settlement[],
): OutcomeKeeper => {
  const kept = new WeakSet<Settlement>()
  let last: Promise<void> = Promise.resolve()
  let hasKept = false

  const keepNow = async (reason: string): Promise<void> => {
    const settlements = unwritten().filter((each) => !kept.has(each))
    if (settlements.length === 0) return
    hasKept = true
    try {
      await store.keepOutcomes(worker, settlements)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      log({ event: 'outcomes-kept', worker, count: 0, reason: `${settlements.length} could not be kept: ${why}` })
      throw error
    }
    for (const each of settlements) kept.add(each)
    log({ event: 'outcomes-kept', worker, count: settlements.length, reason })
  }

  return {
    keep: (reason) => {
      last = last.catch(() => undefined).then(() => keepNow(reason))
      return last
    },
    forget: (settlements) => {
      if (hasKept) store.forgetOutcomes(worker, settlements)
    },
  }
}
