// What stands where a file is to be written: nothing, a file that may be replaced or not, or something that is no file.
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type ExitName, Fixable } from '../domain/errors.ts'
import { visible } from '../domain/visible.ts'
import { companionOf, type OwnFile, refuseOwn } from './own-files.ts'

export interface OutputRules {
  /** As people know it: as they wrote it. */
  readonly name: string
  /** Never written over, by whatever name. */
  readonly own: readonly OwnFile[]
  /** Whoever has this has the new file, where root makes it; default: who has the database, in a folder of theirs. */
  readonly like?: string
  readonly mayReplace: boolean
  /** The exit code where there is a file, and it may not be replaced. */
  readonly thereIs: ExitName
  /** A device, or a pipe, gets what would be in the file; else it is refused. */
  readonly mayStream: boolean
  /** It is a database itself, and may replace one that nobody has open: a backup. A list never does. */
  readonly isDatabase: boolean
  /** It is a configuration itself, and may replace one. */
  readonly isConfiguration: boolean
}

/** `file`: nothing is there, or a file that may be replaced. */
export type OutputPlace =
  | { readonly kind: 'file'; readonly path: string; readonly isThere: boolean }
  | { readonly kind: 'pipe' | 'device'; readonly path: string }

/** Fails with Fixable where nothing may be written. No file is opened that SQLite may have open in this process. */
export const placeOf = (file: string, rules: OutputRules): OutputPlace => {
  const path = inRealFolder(file, rules.name)
  refuseOwn(rules.name, path, rules.own)
  refuseBesideDatabase(path, rules)
  if (rules.isDatabase) refuseInUse(path, rules.name)
  const found = look(() => lstatSync(path, { throwIfNoEntry: false }), rules.name)
  if (found === undefined) return { kind: 'file', path, isThere: false }
  const behind = found.isSymbolicLink() ? look(() => statSync(path, { throwIfNoEntry: false }), rules.name) : found
  const stream = streamKind(behind)
  if (stream !== null && rules.mayStream) return { kind: stream, path }
  refuseWhatIs(found, behind, rules.name)
  if (!rules.mayReplace) throw isThere(rules.name, rules.thereIs)
  refuseForeign(path, rules)
  return { kind: 'file', path, isThere: true }
}

export const isThere = (name: string, exit: ExitName): Fixable =>
  new Fixable(exit, `"${visible(name)}" is there already: nothing is changed`, 'Say --force to replace it.')

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)

export const cannotWrite = (name: string, error: unknown, exit: ExitName = 'usage'): Fixable => {
  const code = codeOf(error)
  const isFull = code === 'ENOSPC' || code === 'EDQUOT'
  return new Fixable(
    isFull ? 'failed' : exit,
    `cannot write "${visible(name)}" (${visible(code)})`,
    isFull ? 'Free some space, then run the command again.' : 'Check its folder and its permissions.',
  )
}

const inRealFolder = (file: string, name: string): string => {
  try {
    return join(realpathSync(dirname(file)), basename(file))
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw cannotWrite(name, error)
    throw new Fixable('usage', `the folder of "${visible(name)}" is not there`, 'Make it first.')
  }
}

const look = (at: () => Stats | undefined, name: string): Stats | undefined => {
  try {
    return at()
  } catch (error) {
    throw cannotWrite(name, error)
  }
}

const streamKind = (found: Stats | undefined): 'pipe' | 'device' | null => {
  if (found?.isFIFO() === true) return 'pipe'
  return found?.isCharacterDevice() === true ? 'device' : null
}

/** A link is neither followed nor replaced: whoever laid it may have meant another file to be lost. */
const refuseWhatIs = (found: Stats, behind: Stats | undefined, name: string): void => {
  if (behind?.isDirectory() === true)
    throw new Fixable('usage', `"${visible(name)}" is a directory, not a file`, 'Name the file in it.')
  if (found.isSymbolicLink()) throw new Fixable('usage', `"${visible(name)}" is a link`, 'Name the file itself.')
  if (!found.isFile()) throw refused(name, 'not a file')
}

/** Where SQLite finds a log beside the new file, it would take that for its own. A database that is worked with has a lock there. */
const refuseInUse = (path: string, name: string): void => {
  if (['-wal', '-journal', '.lock'].some((end) => existsSync(`${path}${end}`)))
    throw refused(name, 'a database that is in use')
}

/** What lies beside a database belongs to it, also where it is another's: SQLite finds it by its name. */
const refuseBesideDatabase = (path: string, { name, own }: OutputRules): void => {
  const database = companionOf(path)
  if (database === null || lstatSync(database, { throwIfNoEntry: false })?.isFile() !== true) return
  refuseOwn(name, database, own)
  if (holdsDatabase(database, name)) throw refused(name, 'a part of the database beside it')
}

/** What another configuration says, and what other people keep in a database, is lost for good: --force is not enough for it. */
const refuseForeign = (path: string, rules: OutputRules): void => {
  if (/\.toml$/i.test(path) && !rules.isConfiguration) throw refused(rules.name, 'a configuration')
  if (!rules.isDatabase && holdsDatabase(path, rules.name)) throw refused(rules.name, 'a database')
}

const refused = (name: string, what: string): Fixable =>
  new Fixable('usage', `"${visible(name)}" is ${what}`, 'Name another file.')

const HEADER = Buffer.from('SQLite format 3\0')

const holdsDatabase = (path: string, name: string): boolean => {
  const start = Buffer.alloc(HEADER.length)
  try {
    const handle = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      return readSync(handle, start, 0, start.length, 0) === start.length && start.equals(HEADER)
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    throw cannotWrite(name, error)
  }
}
