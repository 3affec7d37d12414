// The first notify.toml of a folder: examples/notify.toml, for its owner's eyes only.
import { chmodSync, closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fixable } from '../../domain/errors.ts'
import { ownAs } from '../../file-owner.ts'
import { packagePath } from '../../package-path.ts'

/** Writes it and returns its path. Fails with Fixable('no') when there is one, unless it may be replaced. */
export const writeFirstConfig = (folder: string, mayReplace: boolean): string => {
  const file = join(folder, 'notify.toml')
  const text = readFileSync(packagePath('examples/notify.toml'), 'utf8')
  try {
    const descriptor = openSync(file, mayReplace ? 'w' : 'wx', 0o600)
    writeFileSync(descriptor, text)
    ownAs(descriptor, folder)
    closeSync(descriptor)
    chmodSync(file, 0o600) // one that was replaced keeps its old mode otherwise
  } catch (error) {
    throw writeTrouble(file, error instanceof Error && 'code' in error ? String(error.code) : String(error))
  }
  return file
}

const writeTrouble = (file: string, code: string): Fixable =>
  code === 'EEXIST'
    ? new Fixable('no', `${file} is there already: nothing is changed`, 'Say --force to replace it.')
    : new Fixable('failed', `${file} cannot be written (${code})`, 'Check that the folder is there and can be written.')
