// The command line over a real store that holds the sentences of seeing and steering.

import type { App } from '../../src/app.ts'
import { addressBookStore } from '../../src/store/sqlite/address-book.ts'
import { answerStore } from '../../src/store/sqlite/answers.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import { gatewayCounts } from '../../src/store/sqlite/gateway-counts.ts'
import { gatewayStore } from '../../src/store/sqlite/gateways.ts'
import { listingStore } from '../../src/store/sqlite/listing.ts'
import { troubleStore } from '../../src/store/sqlite/mailing-troubles.ts'
import { mailingStore } from '../../src/store/sqlite/mailings.ts'
import { messageActs } from '../../src/store/sqlite/message-acts.ts'
import { readingStore } from '../../src/store/sqlite/reading.ts'
import { storyStore } from '../../src/store/sqlite/stories.ts'
import { workerStore } from '../../src/store/sqlite/workers.ts'
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
    ...listingStore(connection),
    ...answerStore(connection),
    ...storyStore(connection),
    ...troubleStore(connection),
    ...gatewayStore(connection),
    ...gatewayCounts(connection),
    ...workerStore(connection),
    ...messageActs(connection),
    ...addressBookStore(connection),
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no gateway is configured
  const config = { gateways: {}, country: 'RU' } as App['config']
  return { connection, ...fakeCli({ store, clock, ...options, app: { config, ...options.app } }) }
}
