// The one place that names how rows are kept.
import { realpathSync } from 'node:fs'
import { basename } from 'node:path'
import type { Clock } from '../clock.ts'
import { damagedDatabase } from '../domain/errors.ts'
import { ITSELF, lostSince } from '../domain/hold.ts'
import type { OwnFile } from '../files/own-files.ts'
import type { Examine } from './examination-store.ts'
import { makeWhereMissing } from './first-file.ts'
import type { Restore } from './installation-store.ts'
import { outcomeJournals } from './keep-outcomes.ts'
import { knownMigrations, migrate, refuseNewer } from './migrate.ts'
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

import { readNote, removeNote } from './sqlite/lost-note.ts'

import { troubleStore } from './sqlite/mailing-troubles.ts'

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
import { untilUndivided } from './sqlite/strangers.ts'
import { watchStore } from './sqlite/watching.ts'
import { workerStore } from './sqlite/workers.ts'
import type { LockWatch } from './sqlite/writer.ts'
import type { Store } from './store.ts'
import type { Worker } from './worker-store.ts'

/** What the store rests on: the engine, and the schema that this program writes. Opens no file. */
export const storeVersions = (): { readonly sqlite: string; readonly schema: number } => ({
  sqlite: sqliteVersion(),
  schema: knownMigrations(),
})

/**
 * Opens the store in this file, made and migrated when needed. Fails with Fixable when it cannot be used. `watch` hears of a
 * database that stays locked; a migration waits for workers of an older program that `mayLive`.
 */
export const openStore = async (
  file: string,
  clock: Clock,
  watch?: LockWatch,
  mayLive: (worker: Worker) => boolean = () => false,
): Promise<Store> => {
  await makeWhereMissing(file, clock)
  const isLogLost = await untilUndivided(file, clock)
  const connection = await whenFree(file, clock, () => openConnection(file, clock, watch))
  try {
    await migrate(connection, file, clock, () => crypto.randomUUID(), mayLive)
    const installationId = connection.db.prepare<[], string>('select id from installation').pluck().get()
    if (installationId === undefined) throw damagedDatabase(file, 'it does not say which installation it is')
    const store = sentences(connection, file, clock, installationId)
    await holdWhatIsLost(store, file, clock, isLogLost)
    return store
  } catch (error) {
    connection.standing.close()
    throw error
  }
}

/** A part of it was taken away, in use or after its last process was killed: nothing is sent before somebody has looked. */
const holdWhatIsLost = async (store: Store, file: string, clock: Clock, isLogLost: boolean): Promise<void> => {
  const real = realpathSync(file)
  const note = readNote(real)
  const why = note?.why ?? (isLogLost ? lostSince(`${basename(real)}-wal`, null) : null)
  if (why === null) return
  await store.hold({ at: clock.now(), who: ITSELF, why })
  removeNote(real)
}

const sentences = (connection: PatientConnection, file: string, clock: Clock, installationId: string): Store => ({
  location: file,
  installationId,
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
  ...troubleStore(connection),
  ...workerStore(connection),
})

const aboutTheFile = (connection: PatientConnection, file: string) => ({
  ...whileOpen(connection, file),
  ...installationStore(connection, file),
  ...pruningStore(connection),
  ...eraseStore(connection),
  ...examiningStore(connection),
})

type WhileOpen = Pick<Store, 'changeMark' | 'close' | 'confirmStanding' | 'setPatience' | 'writableSince'>

const whileOpen = ({ db, standing, setPatience, writableSince }: PatientConnection, file: string): WhileOpen => {
  const known = knownMigrations()
  return {
    changeMark: async () => {
      standing.confirm() // to read an index that was cut short ends the process
      return Number(db.pragma('data_version', { simple: true }))
    },
    close: async () => standing.close(),
    confirmStanding: async () => {
      standing.confirmNow()
      refuseNewer(db, file, known)
    },
    setPatience,
    writableSince,
  }
}

/** The way of a backup into the place of this database. Opens nothing yet; loaded when it is asked for. */
export const openRestore = async (file: string, clock: Clock, own: readonly OwnFile[] = []): Promise<Restore> =>
  (await import('./restore.ts')).restoreInto(file, clock, own)

/** A look at this file that changes nothing; loaded when it is asked for. */
export const openExamination = async (file: string): Promise<Examine> =>
  (await import('./examine.ts')).examineFile(file)
