// An operator's desk with a real store, for commands that import: files are written, `notify import …` is typed.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { type FakeCliOptions, fakeCli, type Ran } from './cli.ts'
import { type HandClock, handClock } from './clock.ts'
import { temporaryFolder } from './database.ts'

export interface ImportDesk {
  readonly folder: string
  readonly store: Store
  readonly clock: HandClock
  /** Rows behind the store's back. */
  readonly sql: Database.Database
  write(name: string, content: string | Buffer): void
  /** Runs `notify import …args`. */
  run(args: readonly string[], change?: Partial<FakeCliOptions>): Promise<Ran>
  /** Everybody, by id. */
  people(columns?: string): unknown[]
}

export const openImportDesk = async (): Promise<ImportDesk> => {
  const folder = temporaryFolder()
  const clock = handClock('2021-10-21T18:50:00Z')
  const file = join(folder, 'notify.db')
  const store = await openStore(file, clock)
  const sql = new Database(file, { timeout: 5_000 })
  onTestFinished(async () => {
    sql.close()
    await store.close()
  })
  const config = { country: 'RU' } as never // all that an import asks of the configuration
  return {
    folder,
    store,
    clock,
    sql,
    write: (name, content) => writeFileSync(join(folder, name), content),
    run: (args, change = {}) =>
      fakeCli({ store, clock, cwd: folder, app: { config }, ...change }).run('import', ...args),
    people: (columns = 'phone, name') => sql.prepare(`select ${columns} from recipients order by id`).all(),
  }
}
