// The beginning of the main file as it lies on the disk, read past SQLite: by it a file that somebody overwrote is told from one
// that was only touched.
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { type Sight, sightOf } from './file-parts.ts'

/** The roots of all tables are there, since they were made first: whoever works leaves a mark in one of them. Read in 0.1 ms. */
const HEAD_BYTES = 512 * 1024

export interface FileHead {
  /** null: it is not what was seen, since somebody writes it at this moment. */
  read(seen: Sight): Buffer | null
  /** Not before SQLite has closed the file. */
  close(): void
}

/** To close any descriptor of a file drops all locks that the process has on it: they share one, which the last of them closes. */
const shared = new Map<string, { readonly handle: number; users: number }>()

export const openHead = (real: string): FileHead => {
  const { dev, ino } = statSync(real, { bigint: true })
  const key = `${dev}:${ino}`
  const file = shared.get(key) ?? { handle: openSync(real, 'r'), users: 0 }
  file.users += 1
  shared.set(key, file)
  return {
    read: (seen) => {
      const head = Buffer.alloc(HEAD_BYTES)
      const length = readSync(file.handle, head, 0, HEAD_BYTES, 0)
      return sightOf(real)?.writtenAt === seen.writtenAt ? head.subarray(0, length) : null
    },
    close: () => {
      file.users -= 1
      if (file.users > 0) return
      shared.delete(key)
      closeSync(file.handle)
    },
  }
}
