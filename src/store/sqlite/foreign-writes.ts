// Whether somebody else than SQLite has written into the main file, as `cp old.db notify.db` does: its inode and, often, its size
// are the same then. SQLite writes it only when it copies the log, and that leaves traces.
import { closeSync, openSync, readSync } from 'node:fs'
import type Database from 'better-sqlite3'
import type { Parts } from './file-parts.ts'
import { kernelLocks } from './kernel-locks.ts'

/** Who copies the log into the file holds this byte of the index. */
const COPY_BYTE = 121

/** Salts of a log that is empty: it may have been copied and emptied, as after a VACUUM. */
const NO_LOG = '0000000000000000'

/** Looks since another process has committed: by then its copying has ended, one way or another. */
const STILL = 2

export interface LogState {
  /** Pages in the log. */
  readonly log: number
  /** Of these, pages that are in the main file already. */
  readonly checkpointed: number
}

export type ForeignWatch = (seen: Parts, state: () => LogState) => boolean

/**
 * Asked again and again. True: the file was written between two looks, although no more of the log was copied, the log was not
 * begun anew, and nobody is at it. Says nothing soon after another process has committed: it may have been killed while it
 * copied, which leaves no trace. Nor where the kernel does not tell of locks.
 */
export const openForeignWatch = (db: Database.Database, log: string): ForeignWatch => {
  const others = db.prepare<[], number>('pragma data_version').pluck()
  let writtenAt: bigint | undefined
  let before = ''
  let version = others.get()
  let stillFor = STILL
  return (seen, state) => {
    const isWritten = seen.main !== null && writtenAt !== undefined && seen.main.writtenAt !== writtenAt
    const mayBeCopied = isWritten && isCopied(seen) // before the log is looked at: who has ended by then has noted what it did
    const traces = `${state().checkpointed} ${saltsOf(log)}`
    const isTraceless = traces === before && !traces.endsWith(NO_LOG)
    stillFor = others.get() === version ? stillFor + 1 : 0
    version = others.get()
    before = traces
    writtenAt = mayBeCopied ? undefined : seen.main?.writtenAt
    return isWritten && isTraceless && !mayBeCopied && stillFor >= STILL
  }
}

/** True too where it cannot be known: then not even our own locks are told. */
const isCopied = ({ index }: Parts): boolean => {
  const locks = kernelLocks().filter(({ inode }) => inode === index?.inode)
  return (
    !locks.some(({ pid }) => pid === process.pid) ||
    locks.some(({ kind, first, last }) => kind === 'WRITE' && first <= COPY_BYTE && last >= COPY_BYTE)
  )
}

/** Two numbers in the head of the log, which change each time it is begun anew. SQLite has no locks on this file to be dropped. */
const saltsOf = (log: string): string => {
  const salts = Buffer.alloc(8)
  const file = openSync(log, 'r')
  try {
    readSync(file, salts, 0, salts.length, 16)
  } finally {
    closeSync(file)
  }
  return salts.toString('hex')
}
