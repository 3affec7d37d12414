// Files that are put in place whole: made under another name for their owner alone, on the disk before they are renamed.
import { createHash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ownAs } from '../file-owner.ts'

/** What SQLite, and our migrations, put beside a database while it is open. */
const COMPANIONS = ['-wal', '-shm', '-journal', '.lock']

/** Makes the file, empty, for its owner alone, who is that of `like`; one that an earlier process left there goes. */
export const makePrivate = (file: string, like: string): void => {
  rmSync(file, { force: true })
  const descriptor = openSync(file, 'wx', 0o600)
  ownAs(descriptor, like)
  closeSync(descriptor)
  chmodSync(file, 0o600)
}

export const writePrivate = (file: string, text: string, like: string): void => {
  makePrivate(file, like)
  writeFileSync(file, text)
  syncFile(file)
}

/** On the disk, not only on its way there. Not for a file that SQLite has open in this process: closing it drops its locks. */
export const syncFile = (file: string): void => {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A rename is on the disk when its folder is. */
export const syncFolderOf = (file: string): void => {
  const handle = openSync(dirname(file), 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

export const sha256Of = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Copies a file that nobody has open, for the owner of `like`, and returns the SHA-256 of what was copied. */
export const copyWhole = async (from: string, to: string, like: string): Promise<string> => {
  const hash = createHash('sha256')
  makePrivate(to, like)
  const read = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(createReadStream(from), read, createWriteStream(to))
  return hash.digest('hex')
}

/** A database that is not in use by anybody, and what was beside it. */
export const removeDatabase = (file: string): void => {
  for (const name of [file, ...COMPANIONS.map((suffix) => `${file}${suffix}`)]) rmSync(name, { force: true })
}

/** What tells that a database is open, or was left so: the name of the file beside it; undefined: nothing does. */
export const openSign = (file: string): string | undefined =>
  ['-wal', '-shm'].map((suffix) => `${file}${suffix}`).find((name) => existsSync(name))

/** Where the file itself is, behind symbolic links; where there is none, the name as it is. */
export const realFile = (file: string): string => (existsSync(file) ? realpathSync(file) : file)

/** Whether the two names stand for the same file, or one of them for something that belongs to the other as a database. */
export const belongsTo = (name: string, database: string): boolean => {
  const [place, own] = [inRealFolder(name), realFile(database)]
  if ([own, ...COMPANIONS.map((suffix) => `${own}${suffix}`)].includes(place)) return true
  const [a, b] = [statSync(name, { throwIfNoEntry: false }), statSync(database, { throwIfNoEntry: false })]
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev
}

const inRealFolder = (file: string): string =>
  existsSync(dirname(file)) ? join(realpathSync(dirname(file)), basename(file)) : file
