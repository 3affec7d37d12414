// Runs the real program, dist/bin/notify.js, in a process of its own with a clean environment.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** Absolute path of the built program. */
export const BINARY = fileURLToPath(new URL('../../dist/bin/notify.js', import.meta.url))

/** The same with fail points (test/support/armed-fail-point.ts). */
export const FAULTS_BINARY = fileURLToPath(new URL('../../dist-faults/bin/notify.js', import.meta.url))

export interface RunOptions {
  readonly cwd: string
  /** Default: BINARY. */
  readonly binary?: string
  /** Added to the clean environment. */
  readonly env?: Readonly<Record<string, string>>
  /** What the program reads on stdin; without it stdin is empty. */
  readonly input?: string
  /** Words of a command that runs the program, there. */
  readonly through?: (cwd: string) => readonly string[]
  /** After this long the process is killed; default 20 s. */
  readonly timeoutMs?: number
}

export interface Finished {
  /** 128 + n when signal n ended the process, as a shell says it. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly pid: number
  /** All output so far, both streams in the order in which they came. */
  output(): string
  /** The first whole line of output, earlier or later, that matches. Rejects when the process ends without it. */
  waitForLine(pattern: RegExp | string): Promise<string>
  kill(signal?: NodeJS.Signals): void
  readonly exit: Promise<Finished>
}

/** Runs one command to its end. */
export const runNotify = (args: readonly string[], options: RunOptions): Promise<Finished> =>
  startNotify(args, options).exit

/** Starts a command that stays: a daemon, a sandbox. Killed when the test ends, whatever happened. */
export const startNotify = (args: readonly string[], options: RunOptions): Running => {
  const program = [process.execPath, options.binary ?? BINARY, ...args]
  const [command = '', ...words] = [...(options.through?.(options.cwd) ?? []), ...program]
  const child = spawn(command, words, { cwd: options.cwd, env: cleanEnvironment(options) })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const limit = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? 20_000)
  child.on('close', () => clearTimeout(limit))
  child.stdin.on('error', () => undefined) // the program may end without reading all of its input
  child.stdin.end(options.input ?? '')
  const heard = listen(child)
  const exit = finished(child, heard)
  return {
    pid: child.pid ?? 0,
    output: () => heard.both,
    waitForLine: (pattern) => lineOf(child, heard, exit, pattern),
    kill: (signal = 'SIGTERM') => child.kill(signal),
    exit,
  }
}

/** Environment under which the program's clock starts at `start` (ISO 8601) and goes on from there. */
export const clockShim = (start: string): Record<string, string> => ({
  NODE_OPTIONS: `--require="${fileURLToPath(new URL('clock-shim.cjs', import.meta.url))}"`,
  NOTIFY_TEST_CLOCK: start,
})

/** Nothing of the caller's own: no NOTIFY_*, no configuration of the user, UTC, the C locale. */
export const cleanEnvironment = ({ cwd, env }: Pick<RunOptions, 'cwd' | 'env'>): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  HOME: join(cwd, '.home'),
  XDG_CONFIG_HOME: join(cwd, '.home/config'),
  XDG_DATA_HOME: join(cwd, '.home/data'),
  XDG_STATE_HOME: join(cwd, '.home/state'),
  XDG_RUNTIME_DIR: join(cwd, '.home/run'),
  TZ: 'UTC',
  LANG: 'C',
  ...env,
})

interface Heard {
  stdout: string
  stderr: string
  /** Both, in the order in which they came. */
  both: string
}

const listen = (child: ChildProcessWithoutNullStreams): Heard => {
  const heard: Heard = { stdout: '', stderr: '', both: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      heard[name] += chunk
      heard.both += chunk
    })
  }
  return heard
}

const finished = (child: ChildProcessWithoutNullStreams, heard: Heard): Promise<Finished> =>
  new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      resolve({
        code: code ?? 128 + constants.signals[signal ?? 'SIGKILL'],
        stdout: heard.stdout,
        stderr: heard.stderr,
      })
    })
  })

const lineOf = async (
  child: ChildProcessWithoutNullStreams,
  heard: Heard,
  exit: Promise<Finished>,
  pattern: RegExp | string,
): Promise<string> => {
  const found = (): string | undefined =>
    heard.both
      .split('\n')
      .slice(0, -1) // the last piece is not a whole line yet
      .find((line) => (typeof pattern === 'string' ? line.includes(pattern) : pattern.test(line)))
  const arrived = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) stream.on('data', () => found() !== undefined && resolve())
  })
  if (found() === undefined) await Promise.race([arrived, exit])
  const line = found()
  if (line === undefined)
    throw new Error(`notify ended without a line like ${String(pattern)}; it said:\n${heard.both}`)
  return line
}
