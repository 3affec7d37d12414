// Which process keeps everybody else from writing: the kernel tells it in /proc/locks.
import { readFileSync, realpathSync, statSync } from 'node:fs'

export interface LockOwner {
  readonly pid: number
  /** Its command line; null: it may not be read. */
  readonly command: string | null
}

/** WAL: who writes holds byte 120 of the shared index. Otherwise (VACUUM, an exclusive mode) these bytes of the file itself. */
const WRITE_BYTE = 120
const FILE_BYTES = [1_073_741_824, 1_073_742_335] as const

/** null where nobody holds it, or it cannot be known: no /proc, or a process of another container. */
export const lockOwner = (file: string): LockOwner | null => {
  const pid = holderOf(file)
  return pid === null ? null : { pid, command: commandOf(pid) }
}

const holderOf = (file: string): number | null => {
  try {
    const real = realpathSync(file)
    const locks = readFileSync('/proc/locks', 'utf8').split('\n').flatMap(parseLock)
    const [index, main] = [inodeOf(`${real}-shm`), inodeOf(real)]
    const holder =
      locks.find((lock) => lock.inode === index && lock.first <= WRITE_BYTE && lock.last >= WRITE_BYTE) ??
      locks.find((lock) => lock.inode === main && lock.first <= FILE_BYTES[1] && lock.last >= FILE_BYTES[0])
    return holder?.pid ?? null
  } catch {
    return null
  }
}

/** Only asked for its number: to open it, and close it again, would drop the locks that this process has there. */
const inodeOf = (file: string): string | null => statSync(file, { throwIfNoEntry: false })?.ino.toString() ?? null

/** '1: POSIX  ADVISORY  WRITE 4242 fe:00:1315 120 120'; those that wait have an arrow, those that only read do not hinder. */
const parseLock = (line: string) => {
  const [, pid, inode = '', first, last] =
    /^\d+: (?:POSIX|OFDLCK) +\w+ +WRITE (-?\d+) \w+:\w+:(\d+) (\d+) (\d+|EOF)$/.exec(line) ?? []
  if (pid === undefined || Number(pid) <= 0) return []
  return [{ pid: Number(pid), inode, first: Number(first), last: last === 'EOF' ? Number.MAX_VALUE : Number(last) }]
}

const commandOf = (pid: number): string | null => {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll(/\p{Cc}+/gu, ' ')
    return words.trim().slice(0, 200) || null
  } catch {
    return null
  }
}
