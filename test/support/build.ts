// Before the first test: dist/ is as new as the sources, so that tests run the same program that is shipped; and dist-faults/,
// the program with fail points, for the tests that kill it at one.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SEEDS } from './seeds.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const SOURCES = ['bin', 'src', 'scripts', 'package-lock.json']
const BUILDS = [
  { folder: 'dist', env: {}, sources: SOURCES },
  { folder: 'dist-faults', env: { NOTIFY_BUILD: 'faults' }, sources: [...SOURCES, 'test/support/armed-fail-point.ts'] },
]

/** vitest's globalSetup; what it returns is done after the last test. */
export const setup = (): (() => void) => {
  for (const { folder, env, sources } of BUILDS) {
    if (isFresh(folder, sources)) continue
    execFileSync(process.execPath, ['scripts/build.mjs'], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
  }
  const seeds = mkdtempSync(join(tmpdir(), 'notify-seeds-'))
  process.env[SEEDS] = seeds
  return () => rmSync(seeds, { recursive: true, force: true })
}

const isFresh = (folder: string, sources: readonly string[]): boolean => {
  const built = join(root, folder, 'bin/notify.js')
  if (!existsSync(built)) return false
  const builtAt = statSync(built).mtimeMs
  return sources.every((source) => newestChange(join(root, source)) < builtAt)
}

/** The latest modification in a file or a folder; a removed file changes its folder. */
const newestChange = (path: string): number => {
  const own = statSync(path)
  if (!own.isDirectory()) return own.mtimeMs
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))))
}
