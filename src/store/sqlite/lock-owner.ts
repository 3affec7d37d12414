// Which process keeps everybody else from writing: the kernel tells it.
import { readFileSync, realpathSync } from 'node:fs'
import { sightOf } from './file-parts.ts'
import { kernelLocks } from './kernel-locks.ts'

export interface LockOwner {
  readonly pid: number
  /** Its command line; null: it may not be read. */
  readonly command: string | null
}

/** WAL: who writes holds byte 120 of the shared index. Otherwise (VACUUM, an exclusive mode) these bytes of the file itself. */
const WRITE_BYTE = 120
export const FILE_BYTES = [1_073_741_824, 1_073_742_335] as const

/** null where nobody holds it, or it cannot be known: no /proc, or a process of another container. */
export const lockOwner = (file: string): LockOwner | null => {
  const pid = holderOf(file)
  return pid === null ? null : { pid, command: commandOf(pid) }
}

const holderOf = (file: string): number | null => {
  try {
    const real = realpathSync(file)
    const locks = kernelLocks().filter(({ kind }) => kind === 'WRITE')
    const [index, main] = [sightOf(`${real}-shm`)?.inode, sightOf(real)?.inode]
    const holder =
      locks.find((lock) => lock.inode === index && lock.first <= WRITE_BYTE && lock.last >= WRITE_BYTE) ??
      locks.find((lock) => lock.inode === main && lock.first <= FILE_BYTES[1] && lock.last >= FILE_BYTES[0])
    return holder?.pid ?? null
  } catch {
    return null
  }
}

const commandOf = (pid: number): string | null => {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll(/\p{Cc}+/gu, ' ')
    return words.trim().slice(0, 200) || null
  } catch {
    return null
  }
}
