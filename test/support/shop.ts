// A folder as an operator has it: a configuration, a sandbox for a gateway, suppliers to import; for tests that run the program.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { type Sandbox, type SandboxMessage, startSandbox } from '../../src/gateway/sandbox.ts'
import { clockShim, type Finished, type Running, type RunOptions, runNotify, startNotify } from './binary.ts'
import { temporaryFolder } from './database.ts'
import { fromSeed } from './seeds.ts'

/** The worked example's evening: 21:50 in Moscow, 03:50 the next day in Yakutsk. */
export const EVENING = '2021-10-21T18:50:00Z'
/** Ten o'clock in Moscow the next day. */
export const TEN_IN_MOSCOW = '2021-10-22T07:00:00Z'

export interface Shop {
  readonly folder: string
  readonly sandbox: Sandbox
  /** What the sandbox took, in order. */
  readonly got: SandboxMessage[]
  /** Runs the program with its clock starting at `at`. */
  run(args: readonly string[], at?: string, input?: string): Promise<Finished>
  start(args: readonly string[], at?: string): Running
  /** Writes suppliers.csv with so many suppliers, imports and schedules them for ten o'clock in Moscow. */
  scheduleMany(count: number): Promise<void>
  states(): Record<string, number>
  /** Looks at rows, or changes them, behind the program's back. */
  sql<T>(body: (db: Database.Database) => T): T
}

const NO_RUNS = {}

export interface ShopOptions {
  readonly latencyMs?: number
  readonly failRate?: number
  readonly concurrency?: number
  readonly more?: string
  /** How the program is run there. */
  readonly runs?: Pick<RunOptions, 'through' | 'env' | 'timeoutMs'>
}

export const openShop = async ({
  latencyMs = 0,
  failRate = 0,
  concurrency = 64,
  more = '',
  runs = NO_RUNS,
}: ShopOptions = {}): Promise<Shop> => {
  const folder = temporaryFolder()
  const got: SandboxMessage[] = []
  const sandbox = await startSandbox({ port: 0, latencyMs, failRate, onMessage: (message) => void got.push(message) })
  onTestFinished(() => sandbox.close())
  writeFileSync(join(folder, 'token.txt'), 'a-token\n', { mode: 0o600 })
  writeFileSync(
    join(folder, 'notify.toml'),
    `database = "notify.db"
zone = "Europe/Moscow"
[defaults]
gateway = "sms"
text = "Good morning, {{ name }}"
[gateways.sms]
type = "http"
preset = "probe"
url = "${sandbox.url}"
token_file = "token.txt"
concurrency = ${concurrency}
${more}`,
  )
  const run: Shop['run'] = (args, at = EVENING, input) =>
    runNotify(args, {
      cwd: folder,
      timeoutMs: 60_000,
      ...withClock(runs, at),
      ...(input === undefined ? {} : { input }),
    })
  return {
    folder,
    sandbox,
    got,
    run,
    start: (args, at = EVENING) => startNotify(args, { cwd: folder, timeoutMs: 60_000, ...withClock(runs, at) }),
    scheduleMany: async (count) => {
      const lines = Array.from(
        { length: count },
        (_, i) => `S${i},+7916${String(i).padStart(7, '0')},Supplier ${i},Europe/Moscow`,
      )
      writeFileSync(join(folder, 'suppliers.csv'), `id,phone,name,zone\n${lines.join('\n')}\n`)
      const make = async (): Promise<void> => {
        const imported = await run(['import', 'suppliers', 'suppliers.csv', '--quiet'])
        if (imported.code !== 0) throw new Error(imported.stderr)
        const scheduled = await run(['schedule', '--at', '10:00', '--quiet'])
        if (scheduled.code !== 0) throw new Error(scheduled.stderr)
      }
      const isUsual = runs === NO_RUNS && !existsSync(join(folder, 'notify.db'))
      await (isUsual ? fromSeed(`shop-of-${count}`, folder, make) : make())
    },
    sql: (body) => {
      const db = new Database(join(folder, 'notify.db'), { timeout: 5_000 })
      try {
        return body(db)
      } finally {
        db.close()
      }
    },
    states: () => {
      const db = new Database(join(folder, 'notify.db'), { readonly: true })
      const rows = db.prepare('select state, count(*) as count from messages group by state').all()
      db.close()
      return Object.fromEntries((rows as { state: string; count: number }[]).map(({ state, count }) => [state, count]))
    },
  }
}

const withClock = ({ env, ...others }: Pick<RunOptions, 'through' | 'env' | 'timeoutMs'>, at: string) => ({
  ...others,
  env: { ...clockShim(at), ...env },
})
