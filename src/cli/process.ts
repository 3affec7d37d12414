// One process of notify: signals become an AbortSignal, errors become words and an exit code.
import { systemClock } from '../clock.ts'
import { EXIT } from '../domain/errors.ts'
import type { Cli } from './cli.ts'
import { tellError } from './exit.ts'
import { createProgram } from './program.ts'

/** Runs the command of `proc.argv`; resolves with the exit code. The second signal ends the process at once. */
export const runProcess = async (proc: NodeJS.Process): Promise<number> => {
  let code: number = EXIT.done
  const stop = new AbortController()
  const onSignal = (signal: NodeJS.Signals): void => {
    const signalCode = signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated
    if (stop.signal.aborted) proc.exit(signalCode) // claims and leases make this safe
    code = signalCode
    stop.abort()
  }
  proc.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  watchOutput(proc)
  const cli: Cli = {
    out: proc.stdout,
    err: proc.stderr,
    get input() {
      return proc.stdin // opened only for those who read it
    },
    env: proc.env,
    cwd: proc.cwd(),
    clock: systemClock,
    signal: stop.signal,
    openApp: async (options) => (await import('../app.ts')).openApp(options),
    exit: (wanted) => {
      code = wanted
    },
  }
  try {
    await createProgram(cli).parseAsync(proc.argv)
  } catch (error) {
    const debug = proc.argv.includes('--debug') || proc.env['NOTIFY_DEBUG'] === '1'
    const told = tellError(cli, error, { json: proc.argv.some((word) => word.startsWith('--json')), debug })
    return told === EXIT.interrupted ? code : told // which of the two signals it was
  }
  return code
}

/** `notify … | head -1`: the reader has gone, which is no error of ours. */
const watchOutput = (proc: NodeJS.Process): void => {
  for (const stream of [proc.stdout, proc.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') proc.exit(EXIT.done)
      if (stream === proc.stdout)
        proc.stderr.write(`notify: the output cannot be written (${error.code ?? error.message})\n`)
      proc.exit(EXIT.failed)
    })
  }
}
