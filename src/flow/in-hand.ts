// The messages that a worker has in hand for one gateway: started as slots come free, counted until they are settled.
import pLimit from 'p-limit'

export interface Hand<T extends object> {
  /** How many more may be claimed now. 0 until a good part of the hand is gone, so that claims stay worth their commit. */
  room(): number
  /** The same at once: places that are free, however few. */
  free(): number
  isEmpty(): boolean
  take(message: T): void
  /** Resolves when there is room. */
  hasRoom(): Promise<void>
  /** Resolves when a place is free. */
  hasPlace(): Promise<void>
  /** Resolves when no more than this part of what is held now is left; one at least is gone by then. */
  fallenTo(part: number): Promise<void>
  /** Resolves when the hand is empty. */
  emptied(): Promise<void>
  /** The first error of `work`, which is a bug or a store that cannot be written. */
  failure(): { readonly error: unknown } | undefined
}

/** `most` messages are held, `concurrency` of them at work at once; more are claimed when no more than `low` are left. */
export interface HandSize {
  readonly concurrency: number
  readonly most: number
  readonly low: number
}

export const openHand = <T extends object>(
  { concurrency, most, low }: HandSize,
  work: (message: T) => Promise<void>,
): Hand<T> => {
  const limit = pLimit(concurrency)
  const held = openLevel()
  const queue: T[] = []
  let lanes = 0
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
    lanes -= 1 // at once: p-limit counts it down some turns later, and a message taken in between would wait for ever
  }

  return {
    room: () => (held.now() <= low ? most - held.now() : 0),
    free: () => most - held.now(),
    isEmpty: () => held.now() === 0,
    take: (message) => {
      held.rise()
      queue.push(message)
      if (lanes === concurrency) return
      lanes += 1
      void limit(lane)
    },
    hasRoom: () => held.atMost(low),
    hasPlace: () => held.atMost(most - 1),
    fallenTo: (part) => held.atMost(Math.max(0, Math.min(held.now() - 1, Math.floor(held.now() * part)))),
    emptied: () => held.atMost(0),
    failure: () => failure,
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
