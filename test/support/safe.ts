// The command line over a real database in a real folder, where commands that open the file by themselves find it too.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { type FakeCliOptions, fakeCli, type Ran } from './cli.ts'
import { type HandClock, handClock } from './clock.ts'
import { temporaryFolder } from './database.ts'
import { insertMailing, type MailingRows } from './rows.ts'

export interface Safe {
  readonly folder: string
  /** The database's path, in the folder. */
  readonly file: string
  readonly clock: HandClock
  /** Runs `notify …args` as olga; the store is opened for it and closed after it, as in a process of its own. */
  run(...args: readonly string[]): Promise<Ran>
  /** The same on a terminal where somebody types. */
  type(typed: string, ...args: readonly string[]): Promise<Ran>
  open(): Promise<Store>
  sql<T>(body: (db: Database.Database) => T): T
  insert(rows: MailingRows): number
}

/** The clock stands at 2021-10-22T08:00:00Z: eleven in Moscow. */
export const openSafe = async (): Promise<Safe> => {
  const folder = temporaryFolder()
  const file = join(folder, 'notify.db')
  const clock = handClock('2021-10-22T08:00:00Z')
  writeFileSync(join(folder, 'notify.toml'), 'database = "notify.db"\nzone = "Europe/Moscow"\n')
  const runWith = async (options: Partial<FakeCliOptions>, args: readonly string[]): Promise<Ran> => {
    const own = ['restore', '--help'].some((word) => args.includes(word)) // opens the file by itself, or none
    const store = own ? null : await openStore(file, clock)
    try {
      const env = { LANG: 'C.UTF-8', USER: 'olga' }
      return await fakeCli({ store: store ?? {}, clock, cwd: folder, env, ...options }).run(...args)
    } finally {
      await store?.close()
    }
  }
  const sql: Safe['sql'] = (body) => {
    const db = new Database(file)
    try {
      return body(db)
    } finally {
      db.close()
    }
  }
  await (await openStore(file, clock)).close()
  return {
    folder,
    file,
    clock,
    sql,
    run: (...args) => runWith({}, args),
    type: (typed, ...args) => runWith({ tty: true, typed }, args),
    open: async () => {
      const store = await openStore(file, clock)
      onTestFinished(() => store.close())
      return store
    },
    insert: (rows) => sql((db) => insertMailing({ db, clock, write: async (body) => body() }, rows)),
  }
}
