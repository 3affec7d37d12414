// Why a database file cannot be opened or written, in words: SQLite itself says no more than "unable to open database file".
import { existsSync, lstatSync, readlinkSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { Fixable } from '../../domain/errors.ts'
import { folderRefusal, type Refusal, refusalOf } from '../../file-access.ts'

const OF_THE_FILE = /^SQLITE_(CANTOPEN|READONLY|PERM|AUTH|IOERR_ACCESS)/

/** Words for an error that lies in the file or its folder; null: it lies elsewhere. */
export const fileTrouble = (file: string, error: unknown): Fixable | null => {
  if (!(error instanceof Database.SqliteError) || !OF_THE_FILE.test(error.code)) return null
  return reasonOf(file) ?? new Fixable('failed', `the database ${file} cannot be used (${error.code})`)
}

const reasonOf = (file: string): Fixable | null => {
  const folder = folderRefusal(dirname(file))
  if (folder !== null) return refused(folder)
  if (isDanglingLink(file)) {
    return new Fixable('failed', `${file} is a link to ${readlinkSync(file)}, which does not exist`, NAME_ANOTHER)
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    return new Fixable('failed', `${file} is a folder, not a database`, NAME_ANOTHER)
  }
  const part = PARTS.map((end) => file + end)
    .filter((name) => existsSync(name))
    .map((name) => refusalOf(name, 'write'))
    .find((each) => each !== null)
  return part == null ? null : refused(part)
}

/** Each of them is written: who reads the database also writes into its shared index. */
const PARTS = ['', '-wal', '-shm', '-journal']

/** It stays so until somebody mends it. */
export const refused = ({ says, hint }: Refusal): Fixable => new Fixable('failed', says, hint, true)

const NAME_ANOTHER = 'Name another file in `database` or NOTIFY_DATABASE_URL.'

const isDanglingLink = (file: string): boolean =>
  lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true &&
  statSync(file, { throwIfNoEntry: false }) === undefined
