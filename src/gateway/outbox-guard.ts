// What an outbox may be: a file, and none that this program lives by.
import { lstatSync, type Stats, statSync } from 'node:fs'
import { type OwnFile, ownerOf } from '../files/own-files.ts'

export interface OutboxGuard {
  /** Why nothing may be written there, as a sentence goes on; null: it may. Looked at in earnest when the file is another one. */
  whyNot(): string | null
  /** This is the file that was opened. */
  remember(file: Stats): void
}

/** Several gateways may share an outbox. */
export const openGuard = (path: string, own: readonly OwnFile[]): OutboxGuard => {
  const others = own.filter(({ kind }) => kind !== 'outbox')
  let known: Stats | null = null
  return {
    whyNot: () => {
      const found = statSync(path, { throwIfNoEntry: false })
      if (found !== undefined && known?.ino === found.ino && known.dev === found.dev) return null
      if (found === undefined && lstatSync(path, { throwIfNoEntry: false }) !== undefined)
        return 'it is a link that leads nowhere'
      const what = found === undefined ? null : whatElse(found)
      if (what !== null) return what
      const owner = ownerOf(path, others)
      return owner === undefined ? null : `it is ${owner.what}`
    },
    remember: (file) => {
      known = file
    },
  }
}

/** A pipe keeps nothing; a device, such as /dev/full, says for itself what it does. */
const whatElse = (found: Stats): string | null => {
  if (found.isDirectory()) return 'it is a folder'
  if (found.isFIFO()) return 'it is a pipe, not a file'
  return found.isFile() || found.isCharacterDevice() ? null : 'it is not a file'
}
