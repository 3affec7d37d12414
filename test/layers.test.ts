// The house stands: every source file keeps to its room, and the rules themselves bite.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { breaches, type SourceFile } from './support/layers.ts'

const root = join(import.meta.dirname, '..')

const sources = (): SourceFile[] =>
  ['bin', 'src', 'db']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

test('every source file keeps the rules of the house', () => {
  const files = sources()
  expect(files.length).toBeGreaterThan(20)
  expect(files.flatMap(breaches)).toEqual([])
})

test.each([
  ['bin/notify.ts', "import { openApp } from '../src/app.ts'", 'bin/ may name only'],
  ['src/domain/zone.ts', "import type { Store } from '../store/store.ts'", 'src/domain/ may name only'],
  ['src/domain/zone.ts', "import { readFileSync } from 'node:fs'", 'src/domain/ may use only'],
  ['src/domain/zone.ts', "import { DateTime } from 'luxon'", 'only src/domain/send-time.ts may know luxon'],
  ['src/domain/backoff.ts', 'export const rest = () => Math.random()', 'chance enters by src/clock.ts'],
  ['src/domain/backoff.ts', 'export const rest = async () => 1', 'the domain is pure'],
  ['src/flow/run-due.ts', "import { openStore } from '../store/open.ts'", 'src/flow/ may name only'],
  ['src/flow/run-due.ts', "const { claim } = await import('../store/sqlite/claims.ts')", 'src/store/sqlite/claims.ts'],
  ['src/flow/run-due.ts', "import {\n  print,\n} from '../cli/cli.ts'", 'src/cli/cli.ts'],
  ['src/flow/run-due.ts', "import 'node:fs'", 'src/flow/ may use only'],
  ['src/store/sqlite/claims.ts', "import { runDue } from '../../flow/run-due.ts'", 'src/flow/run-due.ts'],
  [
    'src/store/store.ts',
    "import type { Connection } from './sqlite/connection.ts'",
    'src/store/store.ts may name only',
  ],
  ['src/gateway/http.ts', "import type { Store } from '../store/store.ts'", 'src/gateway/ may name only'],
  ['src/cli/commands/stats.ts', "import { openStore } from '../../store/open.ts'", 'src/cli/ may name only'],
  [
    'src/cli/commands/stats.ts',
    "export type Sandbox = import('../../gateway/sandbox.ts').Sandbox",
    'src/gateway/sandbox.ts',
  ],
  ['src/cli/commands/stats.ts', "const Table = (await import('cli-table3')).default", 'only src/cli/table.ts may know'],
  ['src/cli/commands/stats.ts', 'const load = (name: string) => import(name)', 'imports a computed name'],
  ['src/config.ts', "import { openApp } from './app.ts'", 'src/config.ts may name only'],
  ['src/log.ts', "import type { Config } from './config.ts'", 'src/ may name only'],
  ['src/config/toml.ts', "import { openStore } from '../store/open.ts'", 'src/config/ may name only'],
  ['src/flow/daemon.ts', "import cron from 'node-cron'", 'only src/ticker.ts may know node-cron'],
  ['src/cli/table.ts', "import { sql } from 'drizzle-orm/sqlite-core'", 'only db/, src/store/ may know drizzle-orm'],
  ['src/store/backup.ts', 'copyFileSync(database, file)', 'drops its locks'],
  ['src/log.ts', 'export const stamp = () => Date.now()', 'time enters by src/clock.ts'],
  ['src/log.ts', 'export const stamp = () => new Date( )', 'time enters by src/clock.ts'],
  ['src/log.ts', 'export const stamp = new Date', 'time enters by src/clock.ts'],
  ['src/store/all.ts', "// all\nexport { a } from './a.ts'\nexport type {\n  B,\n} from './b.ts'\n", 'no barrels'],
  ['src/store/all.ts', "export const one = 1\nexport * from './a.ts'", 'each name is exported where it is made'],
  ['src/cli/utils.ts', 'export const one = 1', 'has a name that says nothing'],
  ['lib/stats.ts', "import { a } from './a.ts'", 'no room of the house'],
])('%s with %j is refused', (path, text, sentence) => {
  expect(breaches({ path, text }).join('\n')).toContain(sentence)
})

test.each([
  ['bin/notify.ts', "import { runProcess } from '../src/cli/process.ts'"],
  ['src/domain/send-time.ts', "import { DateTime } from 'luxon'"],
  ['src/domain/recipient.ts', "// import x from 'node:fs'\nimport parse from 'libphonenumber-js/max'"],
  ['src/flow/run-due.ts', "import type { Store } from '../store/store.ts'\nimport type { Clock } from '../clock.ts'"],
  ['src/store/open.ts', "import { claimDue } from './sqlite/claims.ts'\nimport { readFileSync } from 'node:fs'"],
  ['src/gateway/open.ts', "const { httpGateway } = await import('./http.ts')"],
  ['src/app.ts', "import { openStore } from './store/open.ts'\nimport { openGateway } from './gateway/open.ts'"],
  ['src/cli/commands/sandbox.ts', "const { startSandbox } = await import('../../gateway/sandbox.ts')"],
  ['src/clock.ts', 'export const now = () => Date.now()'],
  ['src/log.ts', "/** Date.now is forbidden. */\nexport const text = (at: number) => new Date(at) + 'Math.random'"],
  ['src/store/store.ts', "import type { A } from '../domain/a.ts'\nexport type B = A\nexport type { A }"],
])('%s with %j is allowed', (path, text) => {
  expect(breaches({ path, text })).toEqual([])
})

test('a file of 200 lines is allowed, one of 201 is refused', () => {
  const fileOf = (lines: number): SourceFile => ({ path: 'src/flow/stats.ts', text: 'const a = 1\n'.repeat(lines) })
  expect(breaches(fileOf(200))).toEqual([])
  expect(breaches(fileOf(201))).toEqual(['src/flow/stats.ts has 201 lines: 200 at most; it wants another room'])
})
