// Waiting for what another process does. A test that looks at every turn of the event loop takes one of two processors from the
// process that it waits for.
import { setTimeout as rest } from 'node:timers/promises'
import type { Shop } from './shop.ts'

/** Resolves once it is so. The test's own time-out bounds it; `everyMs` less where what is waited for is soon over. */
export const until = async (isSo: () => boolean, everyMs = 5): Promise<void> => {
  while (!isSo()) await rest(everyMs)
}

/** Resolves once the sandbox has taken so many. */
export const untilTaken = (shop: Shop, count: number): Promise<void> =>
  until(() => shop.sandbox.counts().taken >= count)
