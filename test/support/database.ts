// A real database in a folder of its own, removed after the test.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Clock, systemClock } from '../../src/clock.ts'
import { migrate } from '../../src/store/migrate.ts'
import { type Connection, openConnection } from '../../src/store/sqlite/connection.ts'

export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'notify-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const temporaryConnection = async (clock: Clock = systemClock): Promise<Connection> => {
  const file = join(temporaryFolder(), 'notify.db')
  const connection = openConnection(file, clock)
  onTestFinished(() => {
    connection.db.close()
  })
  await migrate(connection, file, clock, () => 'test-installation')
  return connection
}
