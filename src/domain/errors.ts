// What a person can fix: what happened, to what, why, and what to do next. Everything else that is thrown is a bug.

/** Exit codes of the command line (cli.md 18). */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  config: 3,
  input: 4,
  notFound: 5,
  state: 6,
  gateway: 7,
  no: 8,
  busy: 75,
  interrupted: 130,
  terminated: 143,
} as const

export type ExitName = keyof typeof EXIT

/** An error whose message is meant for the operator; `exit` names its exit code, `hint` says what to do next. */
export class Fixable extends Error {
  override readonly name = 'Fixable'
  readonly exit: ExitName
  readonly hint: string | undefined
  /** It stays so until a person has mended it, and every pass meets it anew: cron is told of it once in a while. */
  readonly lasts: boolean
  /** The message as it is laid out; a line break within one of them is somebody else's, as of a file that is named so. */
  readonly lines: readonly string[]

  constructor(exit: ExitName, message: string | readonly string[], hint?: string, lasts = false) {
    const lines = typeof message === 'string' ? [message] : message
    super(lines.join('\n'))
    this.lines = lines
    this.exit = exit
    this.hint = hint
    this.lasts = lasts
  }
}

/** What SQLite says of a file whose content cannot be trusted, told with the name of the file; any other error as it is. */
export const nameDamage = (error: unknown, file: string): unknown => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!(error instanceof Error) || !/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return error
  return damagedDatabase(file, error.message)
}

export const damagedDatabase = (file: string, what: string): Fixable =>
  new Fixable(
    'failed',
    `the database ${file} is damaged: ${what}`,
    'Put a backup in its place: notify restore FILE. The damaged file is kept.',
  )
