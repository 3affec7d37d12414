// Which notify this is.
import { readFileSync } from 'node:fs'
import { packagePath } from '../package-path.ts'

/** The version in package.json. */
export const packageVersion = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(packagePath('package.json'), 'utf8'))
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return known ? String(manifest.version) : 'unknown'
}
