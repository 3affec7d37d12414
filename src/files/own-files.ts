// Files that this program lives by: nothing that it writes may ever be laid over them, whatever name leads there.
import { fstatSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Fixable } from '../domain/errors.ts'
import { visible } from '../domain/visible.ts'

export interface OwnFile {
  readonly file: string
  readonly kind: 'database' | 'configuration' | 'token' | 'outbox' | 'input'
  /** As a sentence goes on: "x" is … */
  readonly what: string
}

/** A database, as it is refused to whoever would write over it. */
export const asDatabase = (file: string): OwnFile => ({
  file,
  kind: 'database',
  what: 'the database itself, or belongs to it',
})

/** What SQLite, and our migrations, put beside a database while it is open. */
export const COMPANIONS = ['-wal', '-shm', '-journal', '.lock'] as const

/** Outcomes that wait for it, and databases in whose place a backup was put. */
const MORE_OF_IT = /^(?:-outcomes-|-lost$|\.replaced-|\.lost-)/

/** The database that a file of this name would belong to; null: it is no such name. */
export const companionOf = (path: string): string | null => {
  const end = COMPANIONS.find((each) => path.endsWith(each))
  if (end !== undefined) return path.slice(0, -end.length)
  const [more] = /(?:-outcomes-[^/]*|-lost|\.replaced-[^/]*|\.lost-[^/]*)$/.exec(path) ?? []
  return more === undefined ? null : path.slice(0, -more.length)
}

/** Fails with Fixable('usage') where the name, a link behind it, or another name of the same file is one of these. */
export const refuseOwn = (name: string, path: string, own: readonly OwnFile[]): void => {
  const owner = ownerOf(path, own)
  if (owner !== undefined) throw new Fixable('usage', `"${visible(name)}" is ${owner.what}`, 'Name another file.')
}

/** The same for what a shell has opened for us: `notify … >> notify.db`. */
export const refuseOwnStream = (descriptor: number, own: readonly OwnFile[]): void => {
  const found = fstatSync(descriptor)
  const owner = found.isFile() ? own.find((each) => namesOf(each).some((file) => isSame(found, file))) : undefined
  if (owner !== undefined) throw new Fixable('usage', `standard output is ${owner.what}`, 'Name another file.')
}

/** The one of these that the path is, or belongs to; undefined: none. */
export const ownerOf = (path: string, own: readonly OwnFile[]): OwnFile | undefined => {
  const places = [inRealFolder(path), realFile(path)]
  const found = statOf(path)
  return own.find(
    (each) =>
      namesOf(each).some(
        (file) => places.includes(inRealFolder(file)) || places.includes(realFile(file)) || isSame(found, file),
      ) ||
      (each.kind === 'database' && places.some((place) => isMoreOf(place, each.file))),
  )
}

/** Whether the two names stand for the same file, or one of them for something that belongs to the other as a database. */
export const belongsTo = (name: string, database: string): boolean =>
  ownerOf(name, [asDatabase(database)]) !== undefined

const namesOf = ({ file, kind }: OwnFile): readonly string[] =>
  kind === 'database' || kind === 'input'
    ? [file, realFile(file)].flatMap((each) => ['', ...COMPANIONS].map((suffix) => `${each}${suffix}`))
    : [file]

const isMoreOf = (place: string, database: string): boolean =>
  [inRealFolder(database), realFile(database)].some(
    (own) => place.startsWith(own) && MORE_OF_IT.test(place.slice(own.length)),
  )

const isSame = (found: Stats | undefined, file: string): boolean => {
  const other = found === undefined ? undefined : statOf(file)
  return other !== undefined && found !== undefined && other.ino === found.ino && other.dev === found.dev
}

/** Where the file itself is, behind symbolic links; where there is none, the name as it is. */
export const realFile = (file: string): string => real(file) ?? file

const inRealFolder = (file: string): string => join(real(dirname(file)) ?? dirname(file), basename(file))

const real = (path: string): string | null => {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}

/** undefined: nothing can be seen there. */
const statOf = (path: string): Stats | undefined => {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}
