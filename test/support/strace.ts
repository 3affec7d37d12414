// The program under strace: system calls fail, or kill it, at the n-th time; and what it wrote and synced is known.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { onTestFinished } from 'vitest'

/** Why it cannot be used here; undefined: it can. */
export const straceObstacle: string | undefined = spawnSync('strace', ['-V']).error && 'strace is not installed'

export interface StraceOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** As strace's --inject wants it: "fsync:signal=SIGKILL:when=7", "pwrite64:error=ENOSPC:when=40+". */
  readonly inject?: string
  /** Where the trace goes. */
  readonly trace: string
}

export interface Traced {
  /** 128 + n when signal n ended it. */
  readonly code: number
  readonly output: string
}

/** Counts and injections are a thread's own: SQLite's are those of the main thread. */
const CALLS = 'trace=pwrite64,fsync'
/** Node under strace needs 0.4 s for 200 messages. */
const PATIENCE_MS = 60_000

/** Runs node with these arguments to its end; killed when it takes too long. */
export const straced = async (args: readonly string[], { cwd, env, inject, trace }: StraceOptions): Promise<Traced> => {
  const injection = inject === undefined ? [] : ['-e', `inject=${inject}`]
  const filter = inject?.includes('signal=') === true ? [] : ['--seccomp-bpf'] // twice as fast, but signals get lost
  const command = ['-f', ...filter, '-y', '-s', '0', '-e', CALLS, ...injection, '-o', trace, process.execPath, ...args]
  const child = spawn('strace', command, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  return { code: code ?? 128 + constants.signals[signal ?? 'SIGKILL'], output }
}

export interface Call {
  readonly name: 'pwrite64' | 'fsync'
  readonly path: string
  /** Of a write: where it ends. */
  readonly end: number
  /** False: it was begun and never came back. */
  readonly done: boolean
}

const CALL = /^(pwrite64|fsync)\(\d+<([^>]*)>(?:.*, (\d+), (\d+))?\)\s+= (.*)$/

/** The calls of a trace, in the order in which they came back. */
export const callsIn = (trace: string): readonly Call[] => {
  const begun = new Map<string, string>()
  return readFileSync(trace, 'utf8')
    .split('\n')
    .flatMap((line): Call[] => {
      const [pid = '', ...words] = line.trimStart().split(/ +/)
      let said = words.join(' ')
      if (said.endsWith('<unfinished ...>')) {
        begun.set(pid, said.replace(/ ?<unfinished \.\.\.>$/, ''))
        return []
      }
      if (said.startsWith('<... ')) said = (begun.get(pid) ?? '') + said.replace(/^<\.\.\. \w+ resumed>/, '')
      const call = CALL.exec(said)
      if (call === null) return []
      const [, name, path = '', length = '0', offset = '0', result = ''] = call
      return [
        {
          name: name === 'fsync' ? name : 'pwrite64',
          path,
          end: Number(length) + Number(offset),
          done: /^\d/.test(result),
        },
      ]
    })
}
