// Whether somebody else than SQLite has written into the main file, as `cp old.db notify.db` does: its inode and, often, its size
// are the same then. SQLite writes it only when it copies the log. A `touch` changes no more than its date.
import { closeSync, openSync, readSync } from 'node:fs'
import type { FileHead } from './file-head.ts'
import type { Parts } from './file-parts.ts'
import { kernelLocks } from './kernel-locks.ts'
import { isFromLog } from './log-pages.ts'

/** Who copies the log into the file holds this byte of the index. */
const COPY_BYTE = 121

/** Salts of a log that is empty: it may have been copied and emptied, as after a VACUUM. */
const NO_LOG = '0000000000000000'

export interface LogState {
  /** Pages in the log. */
  readonly log: number
  /** Of these, pages that are in the main file already. */
  readonly checkpointed: number
}

export type ForeignWatch = (seen: Parts, state: () => LogState) => boolean

/**
 * Asked again and again. True: between two looks the file got pages that are not in the log, although no more of the log was
 * copied, the log was not begun anew, and nobody is at it. Without the pages it would not be known: a process that is killed
 * while it copies leaves no trace. Says nothing where the kernel does not tell of locks.
 */
export const openForeignWatch = (log: string, head: FileHead, pageSize: number): ForeignWatch => {
  let writtenAt: bigint | undefined
  let held: Buffer = Buffer.alloc(0)
  let before = ''
  return (seen, state) => {
    if (seen.main === null) return false
    const isWritten = writtenAt !== undefined && seen.main.writtenAt !== writtenAt
    const mayBeCopied = isWritten && isCopied(seen) // before the log is looked at: who has ended by then has noted what it did
    const holds = seen.main.writtenAt === writtenAt ? held : head.read(seen.main)
    if (holds === null) return false // looked at again when that is over
    const traces = `${state().checkpointed} ${saltsOf(log)}`
    const isTraceless = traces === before && !traces.endsWith(NO_LOG)
    const was = held
    before = traces
    writtenAt = mayBeCopied ? undefined : seen.main.writtenAt
    held = holds
    return isWritten && isTraceless && !mayBeCopied && !isFromLog({ was, is: holds }, log, pageSize)
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
