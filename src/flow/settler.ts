// Outcomes are written down in groups, at the latest 20 ms after the first (design.md 6): with the next claim, or by themselves.
// They are not let go before they are in the database, or on disk beside it.
import type { Settlement } from '../domain/message.ts'
import { failPoint } from '../fail-point.ts'
import type { Log } from '../log.ts'
import type { MessageStore } from '../store/message-store.ts'
import type { OutcomeStore } from '../store/outcome-store.ts'
import { openOutcomeKeeper } from './outcome-keeper.ts'
import { openWriteWatch } from './write-watch.ts'

const GROUP_MS = 20

interface SettlerPowers {
  readonly store: Pick<MessageStore, 'settle'> & Pick<OutcomeStore, 'keepOutcomes' | 'forgetOutcomes'>
  readonly log: Log
}

export interface Settler {
  add(settlement: Settlement): void
  /** Makes a write that carries the outcomes gathered so far; when it fails they are back for the next one. */
  carry<T>(write: (settlements: readonly Settlement[]) => Promise<T>): Promise<T>
  /** While the database takes nothing: resolves when it does again, or never will. Until then nothing should be sent. */
  hindrance(): Promise<void> | undefined
  /** True after a write that failed; its outcomes are kept for the next one. */
  hasFailed(): boolean
  /** Writes everything added so far; where that cannot be done, keeps it beside the database and rejects. */
  flush(): Promise<void>
}

/** Collects settlements of one worker. Settling is fenced, so that a group whose commit is in doubt may be written again. */
export const openSettler = (powers: SettlerPowers, workerId: number): Settler => {
  const { store, log } = powers
  let writing: Promise<void> = Promise.resolve()
  const group = openGroup(() => {
    writing = writing.then(writeGroup).catch(() => undefined) // `hasFailed` tells; `flush` tries again and throws
  })
  const keeper = openOutcomeKeeper(powers, workerId, group.unwritten)
  const watch = openWriteWatch(() => void keeper.keep('the database takes no writes').catch(() => undefined)) // and again

  const carry: Settler['carry'] = async (write) => {
    const settlements = group.take()
    const done = watch.begin()
    try {
      const result = await write(settlements)
      failPoint('after-settle-commit')
      group.drop(settlements)
      keeper.forget(settlements)
      return result
    } catch (error) {
      group.putBack(settlements)
      throw error
    } finally {
      done()
    }
  }
  const writeGroup = async (): Promise<void> => {
    if (group.isEmpty()) return
    const { stale } = await carry((settlements) => store.settle(workerId, settlements))
    if (stale > 0) log({ event: 'stale-settle', worker: workerId, count: stale })
  }
  const flush = async (): Promise<void> => {
    await writing
    try {
      await writeGroup()
    } catch (error) {
      await keeper.keep(error instanceof Error ? error.message : String(error)).catch(() => undefined) // it is logged
      throw error
    }
  }
  return { add: group.add, carry, hindrance: watch.hindrance, hasFailed: group.hasFailed, flush }
}

/** What is not written yet: gathered, or under way. */
const openGroup = (onOld: () => void) => {
  const underWay = new Set<readonly Settlement[]>()
  let gathered: Settlement[] = []
  let timer: NodeJS.Timeout | undefined
  let failed = false
  return {
    hasFailed: () => failed,
    isEmpty: () => gathered.length === 0,
    unwritten: (): readonly Settlement[] => [...[...underWay].flat(), ...gathered],
    add: (settlement: Settlement): void => {
      gathered.push(settlement)
      timer ??= setTimeout(onOld, GROUP_MS)
    },
    take: (): readonly Settlement[] => {
      clearTimeout(timer)
      timer = undefined
      const taken = gathered
      gathered = []
      underWay.add(taken)
      return taken
    },
    drop: (taken: readonly Settlement[]): void => void underWay.delete(taken),
    putBack: (taken: readonly Settlement[]): void => {
      failed = true
      underWay.delete(taken)
      gathered = [...taken, ...gathered]
    },
  }
}
