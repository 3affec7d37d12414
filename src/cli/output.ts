// stdout and stderr of the process, and what becomes of it when they cannot be written: nothing that works is cut short.
import { EXIT } from '../domain/errors.ts'
import type { Cli, Screen } from './cli.ts'

export interface Output extends Pick<Cli, 'unread'> {
  readonly out: Screen
  /** The exit code, once all output has been written or has failed: 1 where it would be 0 and the output is not whole. */
  codeAfter(code: number): Promise<number>
}

/** `notify … | head -1`: the reader has gone, which is no error of ours. Other trouble of stdout is told once, on stderr. */
export const openOutput = (proc: NodeJS.Process): Output => {
  const { stdout, stderr } = proc
  const screen: Screen = stdout // on a pipe it has neither width nor TTY, whatever its type says
  const unread = new AbortController()
  let isSpoilt = false
  stderr.on('error', () => undefined) // nobody is left to tell; a disk that was full may have room for the next line
  stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (unread.signal.aborted) return
    unread.abort()
    if (code === 'EPIPE') return
    isSpoilt = true
    stderr.write(`notify: the output cannot be written (${code ?? message})\n`)
  })
  return {
    out: {
      write: (text) => unread.signal.aborted || stdout.write(text),
      isTTY: screen.isTTY === true,
      get columns() {
        return screen.columns ?? 80
      },
    },
    unread: unread.signal,
    codeAfter: async (code) => {
      await new Promise(setImmediate) // the error of the last line comes a moment after it
      return isSpoilt && code === EXIT.done ? EXIT.failed : code
    },
  }
}
