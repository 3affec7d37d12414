// Finds files that are shipped beside the code (migrations, examples), from the sources as from dist/.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = ['..', '../..']
  .map((up) => new URL(`${up}/`, import.meta.url))
  .find((url) => existsSync(new URL('package.json', url)))

/** Absolute path of a file or folder of this package. */
export const packagePath = (path: string): string => fileURLToPath(new URL(path, root))
