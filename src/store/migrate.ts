// Brings a SQLite file to this version's schema, under a lock; refuses a newer one.
import { closeSync, existsSync, openSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { Clock } from '../clock.ts'
import { Fixable } from '../domain/errors.ts'
import { failPoint } from '../fail-point.ts'
import { refusalOf } from '../file-access.ts'
import { ownAs, ownBeside } from '../file-owner.ts'
import { packagePath } from '../package-path.ts'
import { APPLICATION_ID, type Connection, whenFree } from './sqlite/connection.ts'
import { fileTrouble, refused } from './sqlite/file-trouble.ts'
import { untilOlderGone } from './sqlite/older-workers.ts'
import type { Worker } from './worker-store.ts'

const FOLDER = 'db/sqlite/migrations'

/** How many migrations this program knows; user_version of an up-to-date file. */
export const knownMigrations = (): number =>
  readdirSync(packagePath(FOLDER)).filter((name) => name.endsWith('.sql')).length

/** Fails with Fixable when a newer program has migrated the file: this one would count wrongly in it, and know half of its rules. */
export const refuseNewer = (db: Database.Database, file: string, known: number): void => {
  const version = schemaVersion(db)
  if (version <= known) return
  throw new Fixable(
    'config',
    `${file} was written by a newer notify (schema ${version}, this one knows ${known})`,
    'Install the newer notify.',
  )
}

/** Migrates when needed. The usual case (nothing to do) costs one pragma and does not load drizzle. */
export const migrate = async (
  connection: Connection,
  file: string,
  clock: Clock,
  installationId: () => string,
  mayLive: (worker: Worker) => boolean = () => false,
): Promise<void> => {
  const known = knownMigrations()
  refuseNewer(connection.db, file, known)
  if (schemaVersion(connection.db) === known) return
  await untilOlderGone(connection.db, { file, known, clock }, mayLive)
  await underLock(file, clock, async () => {
    if (schemaVersion(connection.db) === known) return
    const { drizzle } = await import('drizzle-orm/better-sqlite3')
    const { migrate: run } = await import('drizzle-orm/better-sqlite3/migrator')
    await whenFree(file, clock, () => {
      connection.db.pragma(`application_id = ${APPLICATION_ID}`) // before the first table: whoever opens meanwhile knows it as ours
      failPoint('mid-migrate')
      run(drizzle(connection.db), { migrationsFolder: packagePath(FOLDER) })
      failPoint('mid-migrate')
      connection.db
        .prepare(
          `insert into installation (id, created_at, clean_since) select @id, @now, @now
           where not exists (select 1 from installation)`,
        )
        .run({ id: installationId(), now: clock.now() })
      failPoint('mid-migrate')
      connection.db.pragma(`user_version = ${known}`)
    })
  })
}

const schemaVersion = (db: Database.Database): number => Number(db.pragma('user_version', { simple: true }))

/** drizzle's migrator has no lock of its own. BEGIN EXCLUSIVE on a small file is one that the kernel frees even after kill -9. */
const underLock = async (file: string, clock: Clock, body: () => Promise<void>): Promise<void> => {
  const lockFile = `${file}.lock`
  const lock = openLock(lockFile, file)
  try {
    await takeLock(lock, lockFile, clock)
    await body()
  } finally {
    lock.close()
  }
}

/** The system refuses it, not SQLite. */
const ruledOut = (file: string): Fixable | null => {
  const refusal = refusalOf(file, 'write')
  return refusal === null ? null : refused(refusal)
}

/** SQLite would make it root's, where root migrates. */
const makeLock = (lockFile: string, file: string): void => {
  try {
    const made = openSync(lockFile, 'wx', 0o600)
    if (existsSync(file)) ownBeside(made, file)
    else ownAs(made, dirname(file))
    closeSync(made)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error // another one was quicker
  }
}

const openLock = (lockFile: string, file: string): Database.Database => {
  try {
    if (!existsSync(lockFile)) makeLock(lockFile, file)
    return new Database(lockFile, { timeout: 50 })
  } catch (error) {
    throw fileTrouble(lockFile, error) ?? ruledOut(lockFile) ?? error
  }
}

const takeLock = async (lock: Database.Database, lockFile: string, clock: Clock): Promise<void> => {
  const patience = clock.now() + 60_000
  for (;;) {
    try {
      lock.exec('begin exclusive')
      return
    } catch (error) {
      if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY'))
        throw fileTrouble(lockFile, error) ?? error
      if (clock.now() > patience)
        throw new Fixable('failed', `another process has been migrating for a minute (${lockFile})`)
      await clock.sleep(20 + clock.random() * 30)
    }
  }
}
