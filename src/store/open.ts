// The one place that names how rows are kept.
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Clock } from '../clock.ts'
import { Fixable } from '../domain/errors.ts'
import { knownMigrations, migrate } from './migrate.ts'
import { claimStore } from './sqlite/claims.ts'
import { openConnection, sqliteVersion } from './sqlite/connection.ts'
import { districtStore } from './sqlite/districts.ts'
import { mailingStore } from './sqlite/mailings.ts'
import { planningStore } from './sqlite/planning.ts'
import { readingStore } from './sqlite/reading.ts'
import { recipientStore } from './sqlite/recipients.ts'
import { settlingStore } from './sqlite/settling.ts'
import { workerStore } from './sqlite/workers.ts'
import type { Store } from './store.ts'

/** What the store rests on: the engine, and the schema that this program writes. Opens no file. */
export const storeVersions = (): { readonly sqlite: string; readonly schema: number } => ({
  sqlite: sqliteVersion(),
  schema: knownMigrations(),
})

/** Opens the store in this file, made and migrated when needed. Fails with Fixable when it cannot be used. */
export const openStore = async (file: string, clock: Clock): Promise<Store> => {
  makeFile(file)
  const connection = openConnection(file, clock)
  try {
    await migrate(connection, file, clock, () => crypto.randomUUID())
    const installationId = String(connection.db.prepare('select id from installation').pluck().get())
    return {
      location: file,
      installationId,
      changeMark: async () => Number(connection.db.pragma('data_version', { simple: true })),
      close: async () => {
        connection.db.close()
      },
      ...recipientStore(connection, clock),
      ...districtStore(connection),
      ...planningStore(connection),
      ...mailingStore(connection),
      ...claimStore(connection),
      ...settlingStore(connection),
      ...readingStore(connection),
      ...workerStore(connection),
    }
  } catch (error) {
    connection.db.close()
    throw error
  }
}

/** The file holds personal data: it and its folder are made for the owner alone. */
const makeFile = (file: string): void => {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    closeSync(openSync(file, 'ax', 0o600))
    chmodSync(file, 0o600)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EEXIST') return
    throw new Fixable(
      'failed',
      `the database ${file} cannot be made (${code})`,
      'Check that its folder exists and can be written.',
    )
  }
}
