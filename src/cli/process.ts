// One process of notify: signals become an AbortSignal, errors become words and an exit code.
import { systemClock } from '../clock.ts'
import { EXIT, Fixable } from '../domain/errors.ts'
import type { Cli } from './cli.ts'
import { tellError } from './exit.ts'
import { READING_WORD } from './input/reading-word.ts'
import { spoken } from './language.ts'
import { flagsBehind } from './leading-flags.ts'
import { openOutput } from './output.ts'
import { runProgram } from './program.ts'

/**
 * Runs the command of `proc.argv`; resolves with the exit code. Who asks for `signal` hears the first SIGINT or SIGTERM; the second
 * one ends the process by itself, and so does the first one where nobody asked: as in any program, and whatever it is busy with.
 */
export const runProcess = async (proc: NodeJS.Process): Promise<number> => {
  proc.umask(0o077) // phones and texts: whatever is made, SQLite's own files included, is its owner's alone
  let code: number = EXIT.done
  const signal = lazily(() =>
    firstSignal(proc, (name) => {
      code = name === 'SIGINT' ? EXIT.interrupted : EXIT.terminated
    }),
  )
  const output = openOutput(proc)
  const words = flagsBehind(proc.argv.slice(2))
  if (words[0] === READING_WORD && proc.connected) return (await import('./input/apart-child.ts')).readForParent(proc)
  const cli: Cli = {
    ...(await spoken({ out: output.out, err: proc.stderr }, words, proc.env)),
    ...surroundings(proc),
    get input() {
      return proc.stdin // opened only for those who read it
    },
    get cwd() {
      return currentFolder(proc)
    },
    get signal() {
      return signal()
    },
    unread: output.unread,
    exit: (wanted) => {
      code = wanted
    },
  }
  try {
    await runProgram(cli, words)
  } catch (error) {
    const debug = proc.argv.includes('--debug') || proc.env['NOTIFY_DEBUG'] === '1'
    const told = tellError(cli, error, { json: proc.argv.some((word) => word.startsWith('--json')), debug })
    return output.codeAfter(told === EXIT.interrupted ? code : told) // which of the two signals it was
  }
  return output.codeAfter(code)
}

const surroundings = (proc: NodeJS.Process): Pick<Cli, 'outDescriptor' | 'env' | 'clock' | 'onHangup' | 'openApp'> => ({
  outDescriptor: 1,
  env: proc.env,
  clock: systemClock,
  onHangup: (listener) => void proc.on('SIGHUP', listener),
  openApp: async (options) => (await import('../app.ts')).openApp(options),
})

const lazily = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Aborts at the first of them. The listeners go with it: the system itself ends the process at the next one; claims and leases make that safe. */
const firstSignal = (proc: NodeJS.Process, onFirst: (name: NodeJS.Signals) => void): AbortSignal => {
  const stop = new AbortController()
  const onSignal = (name: NodeJS.Signals): void => {
    proc.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    onFirst(name)
    stop.abort()
  }
  proc.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  return stop.signal
}

/** Asked for when a command needs it: somebody may have removed the folder that the shell stands in. */
const currentFolder = (proc: NodeJS.Process): string => {
  try {
    return proc.cwd()
  } catch {
    throw new Fixable('failed', 'the current folder is gone, or may not be looked at', 'Change into another: cd')
  }
}
