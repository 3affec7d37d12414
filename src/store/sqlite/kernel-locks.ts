// Locks that processes have on files, as the kernel tells them in /proc/locks.
import { readFileSync } from 'node:fs'
import type { Sight } from './file-parts.ts'

export interface KernelLock {
  readonly pid: number
  readonly kind: 'READ' | 'WRITE'
  /** '254:0', major and minor in decimal; of some file systems not the one that stat tells. */
  readonly device: string
  readonly inode: bigint
  readonly first: number
  readonly last: number
}

/** Empty where it cannot be known: no /proc. Those of other containers, and those that wait, are not among them. */
export const kernelLocks = (): readonly KernelLock[] => {
  try {
    return readFileSync('/proc/locks', 'utf8').split('\n').flatMap(parse)
  } catch {
    return []
  }
}

/** '1: POSIX  ADVISORY  WRITE 4242 fe:00:1315 120 120' */
const LINE = /^\d+: (?:POSIX|OFDLCK) +\w+ +(READ|WRITE) (-?\d+) (\w+):(\w+):(\d+) (\d+) (\d+|EOF)$/

const parse = (line: string): readonly KernelLock[] => {
  const [, kind = '', pid = '', major = '', minor = '', inode = '', first = '', last = ''] = LINE.exec(line) ?? []
  if (Number(pid) <= 0) return []
  return [
    {
      pid: Number(pid),
      kind: kind === 'WRITE' ? 'WRITE' : 'READ',
      device: `${Number.parseInt(major, 16)}:${Number.parseInt(minor, 16)}`,
      inode: BigInt(inode),
      first: Number(first),
      last: last === 'EOF' ? Number.MAX_VALUE : Number(last),
    },
  ]
}

/** As /proc/locks names it: what Linux packs into one number. */
export const deviceOf = ({ device }: Sight): string => {
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xfffff000n)
  const minor = (device & 0xffn) | ((device >> 12n) & 0xffffff00n)
  return `${major}:${minor}`
}
