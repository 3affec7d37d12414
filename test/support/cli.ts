// The command line without a process: a fake terminal or pipe, a real store, what was printed and the exit code.
import { PassThrough } from 'node:stream'
import type { App, OpenApp } from '../../src/app.ts'
import type { Cli } from '../../src/cli/cli.ts'
import { tellError } from '../../src/cli/exit.ts'
import { runProgram } from '../../src/cli/program.ts'
import type { Clock } from '../../src/clock.ts'
import type { Store } from '../../src/store/store.ts'
import { systemWitness } from '../../src/worker-identity.ts'

export interface FakeCliOptions {
  /** The sentences that the command asks; any other is a TypeError. */
  readonly store: Partial<Store>
  readonly clock: Clock
  /** Whether stdin, stdout and stderr are a terminal; default: no. */
  readonly tty?: boolean
  /** Width of the terminal; default 100. */
  readonly columns?: number
  /** What somebody types; stdin ends after it. null: nobody types, and stdin stays open. */
  readonly typed?: string | null
  /** What Ctrl-C aborts. */
  readonly signal?: AbortSignal
  /** Aborts when the reader goes away. */
  readonly unread?: AbortSignal
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Other parts of the application; default: none, and an operator in Europe/Moscow. */
  readonly app?: Partial<App>
}

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface FakeCli {
  readonly cli: Cli
  /** Runs `notify …args` as the process does (src/cli/process.ts). */
  run(...args: readonly string[]): Promise<Ran>
}

export const fakeCli = (options: FakeCliOptions): FakeCli => {
  const { clock, tty = false, columns = 100, env = { LANG: 'C.UTF-8' }, cwd = '/nowhere' } = options
  const said = { out: '', err: '' }
  const screen = (name: 'out' | 'err') => ({
    write: (text: string) => {
      said[name] += text
    },
    isTTY: tty,
    ...(tty ? { columns } : {}),
  })
  let code = 0
  const input = Object.assign(new PassThrough(), { isTTY: tty })
  if (options.typed !== null) input.end(options.typed ?? '')
  const cli: Cli = {
    out: screen('out'),
    err: screen('err'),
    input,
    env,
    cwd,
    clock,
    signal: options.signal ?? new AbortController().signal,
    unread: options.unread ?? new AbortController().signal,
    onHangup: () => undefined,
    openApp: fakeApp(options),
    exit: (wanted) => {
      code = wanted
    },
  }
  return {
    cli,
    run: async (...args) => {
      Object.assign(said, { out: '', err: '' })
      code = 0
      try {
        await runProgram(cli, args)
      } catch (error) {
        code = tellError(cli, error, { json: args.some((word) => word.startsWith('--json')), debug: false })
      }
      return { code, ...said }
    },
  }
}

const fakeApp =
  ({ store, clock, app }: FakeCliOptions): OpenApp =>
  async ({ operatorZone }) =>
    ({
      store: {
        freeBytes: async () => 2 ** 40,
        readHold: async () => null,
        rememberHome: async () => undefined,
        lastClock: async () => null,
        newestAct: async () => null,
        ...store,
      },
      clock,
      log: () => undefined,
      ownFiles: [],
      close: async () => undefined,
      witness: systemWitness(),
      ...app,
      operatorZone: operatorZone ?? app?.operatorZone ?? 'Europe/Moscow',
    }) as App
