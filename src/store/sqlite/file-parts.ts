// The files that an open database consists of, looked at by their names alone: to open one a second time, and to close it again,
// would drop the locks that SQLite has there.
import { statSync } from 'node:fs'

/** What stands behind a name; device and inode tell it from what stood there before. */
export interface Sight {
  readonly device: bigint
  readonly inode: bigint
  readonly size: number
  /** Nanoseconds since the epoch, by the clock of the file system. */
  readonly writtenAt: bigint
}

export interface Parts {
  readonly main: Sight | null
  /** -wal: what was committed and is not in the main file yet. */
  readonly log: Sight | null
  /** -shm: the index of the log. */
  readonly index: Sight | null
}

/** `real`: the name behind symbolic links, beside which SQLite keeps the other two. */
export const lookAtParts = (file: string, real: string): Parts => ({
  main: sightOf(file),
  log: sightOf(`${real}-wal`),
  index: sightOf(`${real}-shm`),
})

export const sightOf = (path: string): Sight | null => {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false })
    if (found === undefined) return null
    return { device: found.dev, inode: found.ino, size: Number(found.size), writtenAt: found.mtimeNs }
  } catch {
    return null // its folder cannot be entered any more
  }
}

export const isSame = (a: Sight | null, b: Sight | null): boolean =>
  a !== null && b !== null && a.device === b.device && a.inode === b.inode
