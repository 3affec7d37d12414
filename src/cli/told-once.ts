// What ends every pass of cron until a person mends it, such as a database of root's: told when it begins, at most every so often, and
// once when it ends. The database cannot keep that it was told: a small file of this user does.
import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { EXIT, Fixable } from '../domain/errors.ts'
import { visible } from '../domain/visible.ts'
import { type Cli, print } from './cli.ts'

/** Runs the pass. On a terminal everything is told; `every` in ms; `pass` tells one crontab line from another. */
export const toldOnce = async (
  cli: Cli,
  pass: string,
  every: () => number,
  body: () => Promise<void>,
): Promise<void> => {
  const name = `told-${pass.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(-60)}`
  const files = noteFolders(cli).map((folder) => join(folder, name))
  try {
    await body()
  } catch (error) {
    if (!(error instanceof Fixable) || !error.lasts || cli.err.isTTY === true) throw error
    const now = cli.clock.now()
    const last = files.map(readNote).find((note) => note?.message === error.message)
    if (last != null && Math.abs(now - last.at) < every()) return cli.exit(EXIT[error.exit])
    writeNote(cli, files, { at: now, message: error.message })
    throw error
  }
  const told = files.map(readNote).find((note) => note !== null)
  if (told == null) return
  for (const file of files) rmSync(file, { force: true })
  print(cli.err, `notify: it works again; it was: ${visible(told.message)}`)
}

interface Note {
  readonly at: number
  readonly message: string
}

/** The user's own, and where an account has no home, one in the folder of temporary files. */
const noteFolders = ({ env }: Cli): readonly string[] => {
  const state = env['XDG_STATE_HOME'] ?? ''
  const own = isAbsolute(state) ? state : join(homedir(), '.local/state')
  return [join(own, 'notify'), join(tmpdir(), `notify-${process.getuid?.() ?? 'state'}`)]
}

const readNote = (file: string): Note | null => {
  try {
    const note: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isNote(note) ? note : null
  } catch {
    return null // not told yet
  }
}

const isNote = (value: unknown): value is Note =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  typeof value.at === 'number' &&
  'message' in value &&
  typeof value.message === 'string'

/** Where it can be kept nowhere it is told every time. */
const writeNote = (cli: Cli, files: readonly string[], note: Note): void => {
  for (const [i, folder] of noteFolders(cli).entries()) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      if (isOthers(folder)) continue
      rmSync(files[i] ?? '', { force: true })
      return writeFileSync(files[i] ?? '', JSON.stringify(note), { mode: 0o600, flag: 'wx' })
    } catch {
      // the next one
    }
  }
}

/** Others may have made it first, to have us write where they like. */
const isOthers = (folder: string): boolean => {
  const { uid, mode } = lstatSync(folder)
  return (
    (process.getuid !== undefined && uid !== process.getuid()) ||
    (mode & 0o022) !== 0 ||
    !lstatSync(folder).isDirectory()
  )
}
