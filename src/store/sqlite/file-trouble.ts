// Why a database file cannot be opened or written, in words: SQLite itself says no more than "unable to open database file".
import { accessSync, constants, lstatSync, readlinkSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { Fixable } from '../../domain/errors.ts'

const OF_THE_FILE = /^SQLITE_(CANTOPEN|READONLY|PERM|AUTH|IOERR_ACCESS)/

/** Words for an error that lies in the file or its folder; null: it lies elsewhere. */
export const fileTrouble = (file: string, error: unknown): Fixable | null => {
  if (!(error instanceof Database.SqliteError) || !OF_THE_FILE.test(error.code)) return null
  return reasonOf(file) ?? new Fixable('failed', `the database ${file} cannot be used (${error.code})`)
}

const reasonOf = (file: string): Fixable | null => {
  const user = process.getuid === undefined ? 'this user' : `this user (uid ${process.getuid()})`
  const folder = dirname(file)
  if (isDanglingLink(file)) {
    return new Fixable('failed', `${file} is a link to ${readlinkSync(file)}, which does not exist`, NAME_ANOTHER)
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    return new Fixable('failed', `${file} is a folder, not a database`, NAME_ANOTHER)
  }
  if (!may(folder, constants.W_OK | constants.X_OK)) {
    return new Fixable(
      'failed',
      `${user} may not write in ${folder}, where the database is`,
      'SQLite keeps two more files beside it: give this user the folder, or run notify as its owner.',
    )
  }
  if (!may(file, constants.R_OK | constants.W_OK)) {
    const what = may(file, constants.R_OK) ? 'write' : 'read'
    return new Fixable(
      'failed',
      `${user} may not ${what} the database ${file}`,
      'Give it to this user, or run notify as its owner.',
    )
  }
  return null
}

const NAME_ANOTHER = 'Name another file in `database` or NOTIFY_DATABASE_URL.'

const isDanglingLink = (file: string): boolean =>
  lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true &&
  statSync(file, { throwIfNoEntry: false }) === undefined

const may = (path: string, mode: number): boolean => {
  try {
    accessSync(path, mode)
    return true
  } catch {
    return false
  }
}
