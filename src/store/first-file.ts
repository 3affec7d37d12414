// A database that is not there yet; and one that should be there, but is not.
import { existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Clock } from '../clock.ts'
import { Fixable } from '../domain/errors.ts'
import { refusalOf } from '../file-access.ts'
import { makeFolder } from '../file-owner.ts'
import { clearPartsBeside, partOf } from '../files/part-names.ts'
import { migrate } from './migrate.ts'
import { openConnection } from './sqlite/connection.ts'
import { refused } from './sqlite/file-trouble.ts'
import { makePrivate } from './whole-file.ts'

/** Makes the database where there is none. Fails with Fixable where one has been: never is a new one made in its place. */
export const makeWhereMissing = async (file: string, clock: Clock): Promise<void> => {
  const size = sizeOf(file)
  if (size === 0) {
    throw new Fixable(
      'failed',
      `the database ${file} is empty: 0 bytes`,
      'If it held something, put a backup in its place: notify restore FILE. If not, delete it: it is made anew.',
    )
  }
  if (size !== null) return
  if (existsSync(`${file}-wal`) && sizeOf(file) === null) throw lostDatabase(file)
  await makeDatabase(file, clock)
}

/** A -wal beside it, which belongs to a file that is gone, would be emptied by a new one. */
const lostDatabase = (file: string): Fixable =>
  new Fixable(
    'failed',
    `the database ${file} is gone, but ${basename(file)}-wal, which belongs to it, is there`,
    `Stop what still uses it. Then move ${basename(file)}-wal and ${basename(file)}-shm away and put a backup in its place: notify restore FILE.`,
  )

/**
 * Made under another name and put in place whole: whatever ends the process, a file of ours is never empty. It holds personal
 * data: it and its folder are made for the owner alone.
 */
const makeDatabase = async (file: string, clock: Clock): Promise<void> => {
  const fresh = partOf(file, 'new')
  try {
    makeFolder(dirname(file))
    clearPartsBeside(file)
    makePrivate(fresh, dirname(file))
  } catch (error) {
    throw unreachable(file, 'made', codeOf(error))
  }
  try {
    const connection = openConnection(fresh, clock)
    try {
      await migrate(connection, file, clock, () => crypto.randomUUID())
    } finally {
      connection.db.close()
    }
    putInPlace(fresh, file)
  } finally {
    rmSync(fresh, { force: true })
  }
}

/** Another process may have made one meanwhile: that one it is, then. */
const putInPlace = (fresh: string, file: string): void => {
  try {
    linkSync(fresh, file)
  } catch (error) {
    const hasNoLinks = codeOf(error) !== 'EEXIST' && sizeOf(file) === null // as on a USB stick
    if (hasNoLinks) renameSync(fresh, file)
  }
}

/** null: no such file. */
const sizeOf = (file: string): number | null => {
  try {
    return statSync(file, { throwIfNoEntry: false })?.size ?? null
  } catch (error) {
    throw unreachable(file, 'opened', codeOf(error))
  }
}

const unreachable = (file: string, done: string, code: string): Fixable => {
  const refusal = refusalOf(file, 'write')
  if (refusal !== null) return refused(refusal)
  return new Fixable(
    'failed',
    `the database ${file} cannot be ${done} (${code})`,
    'Check that its folder exists and can be written.',
  )
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')
