// An error -> the words and the exit code that a person gets.
import { CommanderError } from 'commander'
import { EXIT, type ExitName, Fixable } from '../domain/errors.ts'
import { visible } from '../domain/visible.ts'
import { type Refusal, refusalOf } from '../file-access.ts'
import { type Cli, jsonText, print } from './cli.ts'

export interface ErrorStyle {
  readonly json: boolean
  readonly debug: boolean
}

/** Tells the error on stderr and returns the exit code. A stack only with --debug or NOTIFY_DEBUG=1 (cli.md 16). */
export const tellError = (cli: Cli, error: unknown, style: ErrorStyle): number => {
  // help and the version end so, and have printed what they are
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done
  const known = describe(error)
  if (style.json) {
    print(cli.err, jsonText({ error: { code: known.exit, message: onOneScreen(known.message), hint: known.hint } }))
  } else {
    print(
      cli.err,
      [`notify: ${toldOf(known)}`, ...(known.hint === undefined ? [] : [onOneScreen(visible(known.hint))])].join('\n'),
    )
  }
  if (style.debug && error instanceof Error) print(cli.err, (error.stack ?? '').split('\n').map(visible).join('\n'))
  return EXIT[known.exit]
}

/** An error of commander is a Fixable by now (usage-errors.ts), unless an action threw one of its own: that is told too. */
const describe = (error: unknown): Fixable => {
  if (error instanceof Fixable) return error
  return error instanceof CommanderError ? new Fixable('usage', error.message) : describeUnexpected(error)
}

/** Words of people, files and gateways stand in errors; lines are ours. */
const toldOf = ({ lines }: Fixable): string => lines.map((line) => onOneScreen(visible(line))).join('\n')

/** Whatever they are made of: a line of ours is shorter. */
const LONGEST_LINE = 1_500
const LONGEST_END = 300

const onOneScreen = (line: string): string =>
  line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - LONGEST_END)} … ${line.slice(-LONGEST_END)}`

const DISK_FULL = [
  'failed',
  'the disk is full; what was written before is whole',
  'Free some space, also where temporary files are, and run the command again: it goes on where it was.',
] as const

const DISK_FAILS = [
  'failed',
  'the disk fails; what was written before is whole',
  'Look at the disk (dmesg), then run the command again.',
] as const

/** By the first of these words that the code begins with: SQLite's, or the system's. Where the file itself is the trouble, the store has named it. */
const TROUBLES: Readonly<Record<string, readonly [exit: ExitName, message: string, hint: string]>> = {
  SQLITE_FULL: DISK_FULL,
  SQLITE_IOERR: DISK_FAILS,
  SQLITE_BUSY: [
    'busy',
    'the database stayed locked by another process',
    'See who holds it (fuser, lsof), then run the command again.',
  ],
  SQLITE_READONLY: [
    'failed',
    'the database cannot be written',
    'Check the owner and the permissions of the file and of its folder.',
  ],
  SQLITE_CANTOPEN: ['failed', 'the database cannot be opened', 'Check that its folder exists and can be written.'],
  ENOSPC: DISK_FULL,
  EIO: DISK_FAILS,
  EMFILE: ['failed', 'this process may open no more files', 'Raise its limit (ulimit -n), then run the command again.'],
}

/** The system names the file that it refuses. */
const refusalIn = (error: unknown): Refusal | null =>
  error instanceof Error && 'path' in error && typeof error.path === 'string' ? refusalOf(error.path, 'write') : null

const describeUnexpected = (error: unknown): Fixable => {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = Object.keys(TROUBLES).find((word) => code.startsWith(word))
  const trouble = known === undefined ? undefined : TROUBLES[known]
  if (trouble) return new Fixable(...trouble)
  const refusal = /^(EACCES|EPERM|EROFS)$/.test(code) ? refusalIn(error) : null
  if (refusal !== null) return new Fixable('failed', refusal.says, refusal.hint)
  const message = error instanceof Error ? error.message : String(error)
  return new Fixable('failed', `unexpected: ${message}`, 'Run it again with --debug and report what it prints.')
}
