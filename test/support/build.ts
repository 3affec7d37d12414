// Before the first test: dist/ is as new as the sources, so that tests run the same program that is shipped.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const SOURCES = ['bin', 'src', 'scripts', 'package-lock.json']

/** vitest's globalSetup. */
export const setup = (): void => {
  if (isFresh()) return
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' })
}

const isFresh = (): boolean => {
  const built = join(root, 'dist/bin/notify.js')
  if (!existsSync(built)) return false
  const builtAt = statSync(built).mtimeMs
  return SOURCES.every((source) => newestChange(join(root, source)) < builtAt)
}

/** The latest modification in a file or a folder; a removed file changes its folder. */
const newestChange = (path: string): number => {
  const own = statSync(path)
  if (!own.isDirectory()) return own.mtimeMs
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))))
}
