// Whose a new file becomes. Made by root (`sudo notify run-due`) it would be kept from the program's own user for ever; SQLite
// gives -wal and -shm to the owner of the database, and what we make beside it goes the same way.
import { closeSync, fchmodSync, fchownSync, fstatSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * The open file becomes its whose `like` is: for root its owner and group, for others its group where they belong to it. By its
 * descriptor: by its name it could be another file meanwhile.
 */
export const ownAs = (descriptor: number, like: string): void => {
  const [model, made] = [statSync(like, { throwIfNoEntry: false }), fstatSync(descriptor)]
  if (model === undefined || process.getuid === undefined) return
  const owner = process.getuid() === 0 ? model.uid : made.uid
  if (owner === made.uid && model.gid === made.gid) return
  try {
    fchownSync(descriptor, owner, model.gid)
  } catch {
    // not a member of that group: it stays ours
  }
}

/** The same for a file beside a database, which its group may use as it uses that. */
export const ownBeside = (descriptor: number, database: string): void => {
  ownAs(descriptor, database)
  const mode = statSync(database, { throwIfNoEntry: false })?.mode ?? 0
  fchmodSync(descriptor, 0o600 | (mode & 0o060))
}

/** Makes the folder, and those above it, for their owner alone: whoever has the one that was there. */
export const makeFolder = (folder: string): void => {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) {
    const descriptor = openSync(made, 'r')
    ownAs(descriptor, dirname(first))
    closeSync(descriptor)
  }
}
