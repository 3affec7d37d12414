// Databases that many tests begin with: each is made once, by the program itself, and copied from then on: two processes
// less a test.
import { copyFileSync, existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** Where they are kept while the tests run; test/support/build.ts makes the folder and removes it. */
export const SEEDS = 'NOTIFY_TEST_SEEDS'

/** Puts the database called `name` into a folder without one; `make` makes it there, when nobody has done so yet. */
export const fromSeed = async (name: string, folder: string, make: () => Promise<void>): Promise<void> => {
  const seed = join(process.env[SEEDS] ?? '', `${name}.db`)
  const database = join(folder, 'notify.db')
  if (existsSync(seed)) return copyFileSync(seed, database)
  await make()
  if (existsSync(`${database}-wal`)) throw new Error(`${database} is still open`)
  const part = `${seed}.${process.pid}`
  copyFileSync(database, part)
  forgetHome(part)
  renameSync(part, seed) // whole, or not at all: others look for it meanwhile
  return undefined
}

/** Or whatever sends from a copy would hold everything, and rightly (src/flow/home.ts). */
const forgetHome = (file: string): void => {
  const db = new Database(file)
  db.exec('update installation set home = null')
  db.pragma('wal_checkpoint(truncate)')
  db.close()
}
