// Databases that nobody has open, as files: copied, removed, known by what lies beside them.
import { createHash } from 'node:crypto'
import { closeSync, createReadStream, createWriteStream, existsSync, openSync, rmSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { ownAs } from '../file-owner.ts'
import { COMPANIONS } from '../files/own-files.ts'

/** Makes the file, empty, for its owner alone, who is that of `like`. It is not there yet. */
export const makePrivate = (file: string, like: string): void => {
  const descriptor = openSync(file, 'wx', 0o600)
  ownAs(descriptor, like)
  closeSync(descriptor)
}

export const sha256Of = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Copies a file that nobody has open into one that is not there, for the owner of `like`, and returns the SHA-256 of what was copied. */
export const copyWhole = async (from: string, to: string, like: string): Promise<string> => {
  const hash = createHash('sha256')
  makePrivate(to, like)
  const read = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(createReadStream(from), read, createWriteStream(to, { flags: 'r+' }))
  return hash.digest('hex')
}

/** A database that is not in use by anybody, and what was beside it. */
export const removeDatabase = (file: string): void => {
  for (const name of [file, ...COMPANIONS.map((suffix) => `${file}${suffix}`)]) rmSync(name, { force: true })
}

/** What tells that a database is open, or was left so: the name of the file beside it; undefined: nothing does. */
export const openSign = (file: string): string | undefined =>
  ['-wal', '-shm'].map((suffix) => `${file}${suffix}`).find((name) => existsSync(name))
