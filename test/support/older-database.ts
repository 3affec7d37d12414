// A database as the notify before this one left it: all migrations but the last.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { knownMigrations } from '../../src/store/migrate.ts'
import { APPLICATION_ID } from '../../src/store/sqlite/connection.ts'
import type { WorkerIdentity } from '../../src/store/worker-store.ts'
import { temporaryFolder } from './database.ts'
import { readDatabase } from './fail-at.ts'

const MIGRATIONS = 'db/sqlite/migrations'

/** Its migrations, put into `folder` where the program looks for them. Returns that place. */
export const olderMigrations = (folder: string): string => {
  const target = join(folder, MIGRATIONS)
  mkdirSync(join(target, 'meta'), { recursive: true })
  const source = join(import.meta.dirname, '../..', MIGRATIONS)
  const journal = JSON.parse(readFileSync(join(source, 'meta/_journal.json'), 'utf8'))
  const entries: readonly { readonly tag: string }[] = journal.entries.slice(0, -1)
  for (const { tag } of entries) cpSync(join(source, `${tag}.sql`), join(target, `${tag}.sql`))
  writeFileSync(join(target, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }))
  return target
}

export interface OlderDatabase {
  readonly folder: string
  readonly file: string
  /** As a program that does not tell its schema. */
  addWorker(worker: WorkerIdentity): void
}

/** With 3 recipients in it. */
export const olderDatabase = (): OlderDatabase => {
  const folder = temporaryFolder()
  const file = join(folder, 'notify.db')
  readDatabase(file, (db) => {
    db.pragma('journal_mode = wal')
    db.pragma(`application_id = ${APPLICATION_ID}`)
    migrate(drizzle(db), { migrationsFolder: olderMigrations(folder) })
    db.exec(`insert into installation (id, created_at) values ('older', 1);
      insert into recipients (phone, zone, created_at, updated_at) values
        ('+79160000001', 'Europe/Moscow', 1, 1), ('+79160000002', 'Europe/Moscow', 1, 1), ('+79160000003', 'Europe/Moscow', 1, 1)`)
    db.pragma(`user_version = ${knownMigrations() - 1}`)
  })
  return {
    folder,
    file,
    addWorker: (worker) =>
      readDatabase(file, (db) =>
        db
          .prepare(
            `insert into workers (kind, host, boot_id, pid, pid_start, started_at, seen_at)
             values (@kind, @host, @bootId, @pid, @pidStart, 1634844600000, 1634844600000)`,
          )
          .run(worker),
      ),
  }
}

export const schemaOf = (file: string): number =>
  readDatabase(file, (db) => Number(db.pragma('user_version', { simple: true })))
