// Before a database is opened: whether somebody has it open together with files that are not at their names any more. Whoever
// opened it then would get files of his own, and each of the two would write over what the other has written.
import { existsSync, realpathSync } from 'node:fs'
import { basename } from 'node:path'
import type { Clock } from '../../clock.ts'
import { Fixable } from '../../domain/errors.ts'
import { lookAtParts, type Parts, type Sight } from './file-parts.ts'
import { deviceOf, type KernelLock, kernelLocks } from './kernel-locks.ts'
import { FILE_BYTES } from './lock-owner.ts'

/** Whoever has the log open holds this byte of its index. */
const OPEN_BYTE = 128

/** Who opens it, or closes it, has one of its files for a moment without the others; a daemon whose files are gone ends by itself. */
const PATIENCE_MS = 5_000
const LOOK_AGAIN_MS = 10

interface Division {
  /** null: nobody works with it any more. */
  readonly pid: number | null
  /** What is not at its name. */
  readonly part: keyof Parts
}

/**
 * Resolves when it can be opened. True: its log was taken away after its last process was killed. Fails with Fixable where a
 * process goes on working on files that are gone. Where the kernel does not tell who holds locks, nothing is found. One look at
 * three names and, where one of them stands, one at the locks: 0.1 ms.
 */
export const untilUndivided = async (file: string, clock: Clock): Promise<boolean> => {
  if (!existsSync(file)) return false
  const real = realpathSync(file)
  const began = clock.monotonic()
  for (let looks = 1; ; looks += 1) {
    const division = divisionOf(real)
    if (division === null) return false
    if (division.pid === null && looks > 10) return true
    if (clock.monotonic() - began > PATIENCE_MS) throw dividedError(file, real, division)
    await clock.sleep(LOOK_AGAIN_MS)
  }
}

const divisionOf = (real: string): Division | null => {
  const parts = lookAtParts(real, real)
  const locks = kernelLocks().filter(({ pid }) => pid !== process.pid)
  const main = holders(locks, parts.main, FILE_BYTES[0] + 2, FILE_BYTES[1])
  const index = holders(locks, parts.index, OPEN_BYTE, OPEN_BYTE)
  const strange = index.find(({ pid }) => !main.some((other) => other.pid === pid))
  if (strange !== undefined) return { pid: strange.pid, part: 'main' }
  // who has it for himself, as a restore, needs no log
  const apart = main.find(({ kind, pid }) => kind === 'READ' && !index.some((other) => other.pid === pid))
  if (apart !== undefined) return { pid: apart.pid, part: parts.log === null ? 'log' : 'index' }
  if (parts.log === null && parts.index !== null) return { pid: index[0]?.pid ?? null, part: 'log' }
  return null
}

const holders = (locks: readonly KernelLock[], sight: Sight | null, first: number, last: number) =>
  sight === null
    ? []
    : locks.filter(
        (lock) =>
          lock.inode === sight.inode && lock.first <= last && lock.last >= first && lock.device === deviceOf(sight),
      )

const ENDS = { main: '', log: '-wal', index: '-shm' } as const

const dividedError = (file: string, real: string, { pid, part }: Division): Fixable =>
  new Fixable(
    'failed',
    `process ${pid} works on the database ${file}, but ${basename(real)}${ENDS[part]} was deleted or replaced under it`,
    'Stop that process; then run the command again.',
  )
