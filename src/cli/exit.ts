// An error -> the words and the exit code that a person gets.
import { CommanderError } from 'commander'
import { EXIT, Fixable } from '../domain/errors.ts'
import { type Cli, print } from './cli.ts'

export interface ErrorStyle {
  readonly json: boolean
  readonly debug: boolean
}

/** Tells the error on stderr and returns the exit code. A stack only with --debug or NOTIFY_DEBUG=1 (cli.md 16). */
export const tellError = (cli: Cli, error: unknown, style: ErrorStyle): number => {
  // commander has printed its own line already (program.ts, configureOutput)
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  const known = error instanceof Fixable ? error : describeUnexpected(error)
  if (style.json) {
    print(cli.err, JSON.stringify({ error: { code: known.exit, message: known.message, hint: known.hint } }))
  } else {
    print(cli.err, known.hint === undefined ? `notify: ${known.message}` : `notify: ${known.message}\n${known.hint}`)
  }
  if (style.debug && error instanceof Error) print(cli.err, error.stack ?? '')
  return EXIT[known.exit]
}

const SQLITE_TROUBLE: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  SQLITE_FULL: [
    'the disk is full; what was written before is whole',
    'Free some space and run the command again: it goes on where it was.',
  ],
  SQLITE_IOERR_WRITE: [
    'the disk does not take writes; what was written before is whole',
    'Look at the disk, then run the command again.',
  ],
  SQLITE_BUSY: [
    'the database stayed locked by another process',
    'See who holds it (fuser, lsof), then run the command again.',
  ],
  SQLITE_READONLY: [
    'the database cannot be written',
    'Check the owner and the permissions of the file and of its folder.',
  ],
  SQLITE_READONLY_DIRECTORY: ['the folder of the database cannot be written', 'Check its owner and permissions.'],
  SQLITE_CANTOPEN: ['the database cannot be opened', 'Check that its folder exists and can be written.'],
  SQLITE_CORRUPT: ['the database is damaged; nothing was written', 'Restore it from a backup.'],
  SQLITE_NOTADB: ['that file is not a database of notify; nothing was written', 'Name another file in `database`.'],
}

const describeUnexpected = (error: unknown): Fixable => {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const trouble = SQLITE_TROUBLE[code]
  if (trouble) return new Fixable('failed', trouble[0], trouble[1])
  const message = error instanceof Error ? error.message : String(error)
  return new Fixable('failed', `unexpected: ${message}`, 'Run it again with --debug and report what it prints.')
}
