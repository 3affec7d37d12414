// Outcomes are written down in groups, at the latest 20 ms after the first (design.md 6): with the next claim, or by themselves.
import type { Settlement } from '../domain/message.ts'
import type { Log } from '../log.ts'
import type { MessageStore } from '../store/message-store.ts'

const GROUP_MS = 20

export interface Settler {
  add(settlement: Settlement): void
  /** The outcomes gathered so far; the caller writes them. */
  take(): readonly Settlement[]
  /** Resolves when everything added so far is written; rejects when a write failed. */
  flush(): Promise<void>
}

/** Collects settlements of one worker. A failed write is remembered and thrown by `flush`; its rows come back when their lease ends. */
export const openSettler = (powers: { store: MessageStore; log: Log }, workerId: number): Settler => {
  let group: Settlement[] = []
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  let failure: { readonly error: unknown } | undefined

  const take = (): readonly Settlement[] => {
    clearTimeout(timer)
    timer = undefined
    const taken = group
    group = []
    return taken
  }
  const write = async (): Promise<void> => {
    const settlements = take()
    if (settlements.length === 0) return
    const { stale } = await powers.store.settle(workerId, settlements)
    if (stale > 0) powers.log({ event: 'stale-settle', count: stale })
  }
  const writeNext = (): void => {
    writing = writing.then(write).catch((error: unknown) => {
      failure ??= { error }
    })
  }

  return {
    add: (settlement) => {
      group.push(settlement)
      timer ??= setTimeout(writeNext, GROUP_MS)
    },
    take,
    flush: async () => {
      writeNext()
      await writing
      if (failure !== undefined) throw failure.error
    },
  }
}
