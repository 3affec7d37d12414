// One process of notify: signals become an AbortSignal, errors become words and an exit code.
import { systemClock } from '../clock.ts'
import { EXIT } from '../domain/errors.ts'
import type { Cli } from './cli.ts'
import { tellError } from './exit.ts'
import { spoken } from './language.ts'
import { openOutput } from './output.ts'
import { runProgram } from './program.ts'

/** Runs the command of `proc.argv`; resolves with the exit code. The second signal ends the process at once. */
export const runProcess = async (proc: NodeJS.Process): Promise<number> => {
  proc.umask(0o077) // phones and texts: whatever is made, SQLite's own files included, is its owner's alone
  let code: number = EXIT.done
  const stop = new AbortController()
  const onSignal = (signal: NodeJS.Signals): void => {
    const signalCode = signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated
    if (stop.signal.aborted) proc.exit(signalCode) // claims and leases make this safe
    code = signalCode
    stop.abort()
  }
  proc.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  const output = openOutput(proc)
  const words = proc.argv.slice(2)
  const cli: Cli = {
    ...(await spoken({ out: output.out, err: proc.stderr }, words, proc.env)),
    get input() {
      return proc.stdin // opened only for those who read it
    },
    env: proc.env,
    cwd: proc.cwd(),
    clock: systemClock,
    signal: stop.signal,
    unread: output.unread,
    onHangup: (listener) => void proc.on('SIGHUP', listener),
    openApp: async (options) => (await import('../app.ts')).openApp(options),
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
