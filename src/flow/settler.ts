// Outcomes are written down in groups, at the latest 20 ms after the first (design.md 6): with the next claim, or by themselves.
import type { Settlement } from '../domain/message.ts'
import type { Log } from '../log.ts'
import type { MessageStore } from '../store/message-store.ts'

const GROUP_MS = 20

interface SettlerPowers {
  readonly store: MessageStore
  readonly log: Log
}

export interface Settler {
  add(settlement: Settlement): void
  /** The outcomes gathered so far; the caller writes them, or puts them back. */
  take(): readonly Settlement[]
  putBack(settlements: readonly Settlement[]): void
  /** True after a write that failed; its outcomes are kept for the next one. */
  hasFailed(): boolean
  /** Writes everything added so far; rejects when that cannot be done. */
  flush(): Promise<void>
}

const settle = async (
  { store, log }: SettlerPowers,
  workerId: number,
  settlements: readonly Settlement[],
): Promise<void> => {
  const { stale } = await store.settle(workerId, settlements)
  if (stale > 0) log({ event: 'stale-settle', count: stale })
}

/** Collects settlements of one worker. Settling is fenced, so that a group whose commit is in doubt may be written again. */
export const openSettler = (powers: SettlerPowers, workerId: number): Settler => {
  let group: Settlement[] = []
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  let failed = false

  const take = (): readonly Settlement[] => {
    clearTimeout(timer)
    timer = undefined
    const taken = group
    group = []
    return taken
  }
  const putBack = (settlements: readonly Settlement[]): void => {
    group = [...settlements, ...group]
    failed = true
  }
  const write = async (): Promise<void> => {
    const settlements = take()
    if (settlements.length === 0) return
    await settle(powers, workerId, settlements).catch((error: unknown) => {
      putBack(settlements)
      throw error
    })
  }

  return {
    add: (settlement) => {
      group.push(settlement)
      timer ??= setTimeout(() => {
        writing = writing.then(write).catch(() => undefined) // `hasFailed` tells; `flush` tries again and throws
      }, GROUP_MS)
    },
    take,
    putBack,
    hasFailed: () => failed,
    flush: async () => {
      await writing
      await write()
    },
  }
}
