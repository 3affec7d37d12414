// The messages that a worker has in hand for one gateway: started as slots come free, counted until they are settled.
import pLimit from 'p-limit'

export interface Hand<T extends object> {
  /** How many more may be claimed now. 0 until a good part of the hand is gone, so that claims stay worth their commit. */
  room(): number
  /** The same at once: places that are free, however few. */
  free(): number
  isEmpty(): boolean
  /** All that is in hand, at work or waiting. */
  held(): readonly T[]
  /** Takes out of the hand those that wait and are not wanted any more. */
  shed(isUnwanted: (message: T) => boolean): readonly T[]
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
  const queue = openQueue<T>()
  const atWork = new Set<T>()
  let lanes = 0
  let failure: { readonly error: unknown } | undefined

  /** Works off the queue: p-limit is asked once a lane, not once a message, which saves 2 µs a message. */
  const lane = async (): Promise<void> => {
    for (let message = queue.next(); message !== undefined; message = queue.next()) {
      atWork.add(message)
      try {
        await work(message)
      } catch (error) {
        failure ??= { error }
      }
      atWork.delete(message)
      held.fall()
    }
    lanes -= 1 // at once: p-limit counts it down some turns later, and a message taken in between would wait for ever
  }

  return {
    ...placesOf(held, most, low),
    held: () => [...atWork, ...queue.all()],
    shed: (isUnwanted) => queue.shed(isUnwanted, held.fall),
    take: (message) => {
      held.rise()
      queue.push(message)
      if (lanes === concurrency) return
      lanes += 1
      void limit(lane)
    },
    failure: () => failure,
  }
}

type Places = Omit<Hand<object>, 'held' | 'shed' | 'take' | 'failure'>

const placesOf = (held: ReturnType<typeof openLevel>, most: number, low: number): Places => ({
  room: () => (held.now() <= low ? most - held.now() : 0),
  free: () => most - held.now(),
  isEmpty: () => held.now() === 0,
  hasRoom: () => held.atMost(low),
  hasPlace: () => held.atMost(most - 1),
  fallenTo: (part) => held.atMost(Math.max(0, Math.min(held.now() - 1, Math.floor(held.now() * part)))),
  emptied: () => held.atMost(0),
})

const openQueue = <T>() => {
  let queue: T[] = []
  return {
    all: (): readonly T[] => queue,
    push: (message: T): void => void queue.push(message),
    next: (): T | undefined => queue.shift(),
    shed: (isUnwanted: (message: T) => boolean, onEach: () => void): readonly T[] => {
      const unwanted = queue.filter(isUnwanted)
      if (unwanted.length > 0) queue = queue.filter((message) => !isUnwanted(message))
      for (const _ of unwanted) onEach()
      return unwanted
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
