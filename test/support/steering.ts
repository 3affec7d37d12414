// The command line over a real store that holds the sentences of seeing and steering.

import { answerStore } from '../../src/store/sqlite/answers.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import { mailingStore } from '../../src/store/sqlite/mailings.ts'
import { readingStore } from '../../src/store/sqlite/reading.ts'
import { type FakeCli, type FakeCliOptions, fakeCli } from './cli.ts'
import { handClock } from './clock.ts'
import { temporaryConnection } from './database.ts'

/** Opens it; the clock stands at 2021-10-22T05:00:00Z, the middle of the worked example's day. */
export const openSteering = async (
  options: Omit<FakeCliOptions, 'store' | 'clock'> = {},
): Promise<FakeCli & { readonly connection: Connection }> => {
  const clock = handClock('2021-10-22T05:00:00Z')
  const connection = await temporaryConnection(clock)
  const store = {
    installationId: 'test-installation',
    ...mailingStore(connection),
    ...readingStore(connection),
    ...answerStore(connection),
  }
  return { connection, ...fakeCli({ store, clock, ...options }) }
}
