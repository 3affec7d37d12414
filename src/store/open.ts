// The one place that names how rows are kept.
import type { Clock } from '../clock.ts'
import { damagedDatabase } from '../domain/errors.ts'
import type { Examine } from './examination-store.ts'
import { makeWhereMissing } from './first-file.ts'
import type { Restore } from './installation-store.ts'
import { outcomeJournals } from './keep-outcomes.ts'
import { knownMigrations, migrate } from './migrate.ts'
import { addressBookStore } from './sqlite/address-book.ts'
import { answerStore } from './sqlite/answers.ts'
import { blockStore } from './sqlite/blocked.ts'
import { claimStore } from './sqlite/claims.ts'
import { clockStore } from './sqlite/clock-note.ts'
import { openConnection, type PatientConnection, sqliteVersion, whenFree } from './sqlite/connection.ts'
import { districtStore } from './sqlite/districts.ts'
import { doubtStore } from './sqlite/doubts.ts'
import { editStore } from './sqlite/editing.ts'
import { eraseStore } from './sqlite/erasing.ts'
import { examiningStore } from './sqlite/examining.ts'
import { followingStore } from './sqlite/following.ts'
import { gatewayCounts } from './sqlite/gateway-counts.ts'
import { gatewayStore } from './sqlite/gateways.ts'
import { importStore } from './sqlite/imports.ts'
import { installationStore } from './sqlite/installation.ts'
import { listingStore } from './sqlite/listing.ts'
import { mailingStore } from './sqlite/mailings.ts'
import { messageActs } from './sqlite/message-acts.ts'
import { planningStore } from './sqlite/planning.ts'
import { pruningStore } from './sqlite/pruning.ts'
import { readingStore } from './sqlite/reading.ts'
import { recipientStore } from './sqlite/recipients.ts'
import { recounting } from './sqlite/recounting.ts'
import { replayer } from './sqlite/replaying.ts'
import { retryStore } from './sqlite/retrying.ts'
import { sampleStore } from './sqlite/samples.ts'
import { settlingStore } from './sqlite/settling.ts'
import { storyStore } from './sqlite/stories.ts'
import { watchStore } from './sqlite/watching.ts'
import { workerStore } from './sqlite/workers.ts'
import type { LockWatch } from './sqlite/writer.ts'
import type { Store } from './store.ts'

/** What the store rests on: the engine, and the schema that this program writes. Opens no file. */
export const storeVersions = (): { readonly sqlite: string; readonly schema: number } => ({
  sqlite: sqliteVersion(),
  schema: knownMigrations(),
})

/**
 * Opens the store in this file, made and migrated when needed. Fails with Fixable when it cannot be used. `watch` hears of a
 * database that stays locked.
 */
export const openStore = async (file: string, clock: Clock, watch?: LockWatch): Promise<Store> => {
  await makeWhereMissing(file, clock)
  const connection = await whenFree(file, clock, () => openConnection(file, clock, watch))
  try {
    await migrate(connection, file, clock, () => crypto.randomUUID())
    const installationId = connection.db.prepare<[], string>('select id from installation').pluck().get()
    if (installationId === undefined) throw damagedDatabase(file, 'it does not say which installation it is')
    return sentences(connection, file, clock, installationId)
  } catch (error) {
    connection.db.close()
    throw error
  }
}

const sentences = (connection: PatientConnection, file: string, clock: Clock, installationId: string): Store => ({
  location: file,
  installationId,
  changeMark: async () => Number(connection.db.pragma('data_version', { simple: true })),
  close: async () => {
    connection.db.close()
  },
  setPatience: connection.setPatience,
  writableSince: connection.writableSince,
  ...outcomeJournals(file, installationId, replayer(connection)),
  ...recipientStore(connection, clock),
  ...importStore(connection),
  ...addressBookStore(connection),
  ...blockStore(connection),
  ...districtStore(connection),
  ...planningStore(connection),
  ...mailingStore(connection),
  ...editStore(connection),
  ...followingStore(connection),
  ...claimStore(connection),
  ...settlingStore(connection),
  ...watchStore(connection),
  ...gatewayStore(connection),
  ...gatewayCounts(connection),
  ...doubtStore(connection),
  backUp: async (copy, options) => (await import('./backup.ts')).backUp(file, copy, options),
  ...clockStore(connection),
  ...aboutTheFile(connection, file),
  ...readingStore(connection),
  ...listingStore(connection),
  ...answerStore(connection),
  ...recounting(connection),
  ...retryStore(connection),
  ...messageActs(connection),
  ...sampleStore(connection),
  ...storyStore(connection),
  ...workerStore(connection),
})

const aboutTheFile = (connection: PatientConnection, file: string) => ({
  ...installationStore(connection, file),
  ...pruningStore(connection),
  ...eraseStore(connection),
  ...examiningStore(connection),
})

/** The way of a backup into the place of this database. Opens nothing yet; loaded when it is asked for. */
export const openRestore = async (file: string, clock: Clock): Promise<Restore> =>
  (await import('./restore.ts')).restoreInto(file, clock)

/** A look at this file that changes nothing; loaded when it is asked for. */
export const openExamination = async (file: string): Promise<Examine> =>
  (await import('./examine.ts')).examineFile(file)
