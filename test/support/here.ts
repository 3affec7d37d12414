// Runs the program in this process, with the real application on a real folder: most of a short command's time is its start.
// What is told of signals, of output that nobody reads, of start and end, is told of the binary (test/support/binary.ts).
import { PassThrough } from 'node:stream'
import { openApp } from '../../src/app.ts'
import type { Cli } from '../../src/cli/cli.ts'
import { tellError } from '../../src/cli/exit.ts'
import { runProgram } from '../../src/cli/program.ts'
import { type Clock, systemClock } from '../../src/clock.ts'
import { cleanEnvironment, type Finished, type RunOptions } from './binary.ts'

/** The time goes on from `start` (ISO 8601); so does the time since boot, as in clock-shim.cjs. */
export const clockFrom = (start: string): Clock => {
  const ahead = Date.parse(start) - systemClock.now()
  const now = (): number => systemClock.now() + ahead
  return { ...systemClock, now, sinceBoot: () => now() - BOOT }
}

const BOOT = Date.UTC(2000, 0)

export type HereOptions = Pick<RunOptions, 'cwd' | 'env'> & { readonly clock: Clock }

/** One command to its end, as `runNotify` tells it; into no terminal. */
export const runHere = async (args: readonly string[], { cwd, env = {}, clock }: HereOptions): Promise<Finished> => {
  const said = { stdout: '', stderr: '' }
  let code = 0
  const screen = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      said[name] += text
    },
    isTTY: false,
  })
  const cli: Cli = {
    out: screen('stdout'),
    err: screen('stderr'),
    input: Object.assign(new PassThrough().end(), { isTTY: false }),
    env: cleanEnvironment({ cwd, env }),
    cwd,
    clock,
    signal: new AbortController().signal,
    unread: new AbortController().signal,
    onHangup: () => undefined,
    openApp,
    exit: (wanted) => {
      code = wanted
    },
  }
  try {
    await runProgram(cli, args)
  } catch (error) {
    code = tellError(cli, error, { json: args.some((word) => word.startsWith('--json')), debug: false })
  }
  return { code, ...said }
}
