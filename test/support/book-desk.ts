// The command line over a real address book, in a folder of its own.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { openStore } from '../../src/store/open.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import type { Store } from '../../src/store/store.ts'
import { type FakeCliOptions, fakeCli, type Ran } from './cli.ts'
import { type HandClock, handClock } from './clock.ts'
import { temporaryFolder } from './database.ts'

export interface BookDesk {
  readonly folder: string
  readonly clock: HandClock
  readonly store: Store
  /** A second connection, for looking at rows and for changing them behind the store's back. */
  readonly sql: Connection['db']
  /** Runs `notify …args` as anna. */
  run(...args: readonly string[]): Promise<Ran>
  /** The same with other surroundings. */
  runWith(change: Partial<FakeCliOptions>, ...args: readonly string[]): Promise<Ran>
  write(name: string, content: string | Buffer): void
  /** Imports this CSV; fails where a row is not taken. */
  importCsv(content: string): Promise<void>
  /** What operators did, oldest first. */
  acts(): readonly Act[]
}

export interface Act {
  readonly who: string
  readonly what: string
  readonly recipient: number | null
  readonly why: string | null
  readonly detail: unknown
}

export const openBookDesk = async (options: Partial<FakeCliOptions> = {}): Promise<BookDesk> => {
  const folder = temporaryFolder()
  const clock = handClock('2021-10-22T05:00:00Z')
  const file = join(folder, 'notify.db')
  const store = await openStore(file, clock)
  const sql = new Database(file, { timeout: 5_000 })
  onTestFinished(async () => {
    sql.close()
    await store.close()
  })
  const { close: _, ...sentences } = store
  const app = { config: { country: 'RU' } as never } // all that the address book asks of the configuration
  const runWith: BookDesk['runWith'] = (change, ...args) =>
    fakeCli({
      store: sentences,
      clock,
      cwd: folder,
      env: { LANG: 'C.UTF-8', USER: 'anna' },
      app,
      ...options,
      ...change,
    }).run(...args)
  const write: BookDesk['write'] = (name, content) => writeFileSync(join(folder, name), content)
  return {
    folder,
    clock,
    store,
    sql,
    run: (...args) => runWith({}, ...args),
    runWith,
    write,
    importCsv: async (content) => {
      write('list-to-import.csv', content)
      const { code, err } = await runWith({}, 'import', 'suppliers', 'list-to-import.csv', '--quiet')
      if (code !== 0) throw new Error(err)
    },
    acts: () =>
      sql
        .prepare<[], Omit<Act, 'detail'> & { readonly detail: string | null }>(
          "select who, what, recipient_id as recipient, why, detail from audit where what <> 'recipients imported' order by id",
        )
        .all()
        .map(({ who, what, recipient, why, detail }) => ({
          who,
          what,
          recipient,
          why,
          detail: detail === null ? null : JSON.parse(detail),
        })),
  }
}
