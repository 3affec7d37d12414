// A real shell in a terminal into which is typed. Its `notify` asks this process, so that a TAB costs no start of a program.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export type TypedShellName = 'bash' | 'zsh' | 'fish'

export interface TypedShell {
  /** Types a line as far as TAB; resolves with what the shell was told to offer. */
  tab(line: string): Promise<string>
  /** Types this, and Enter; resolves with the words that arrive at `notify` when the shell asks for the next line. null: it was not run. */
  enter(rest?: string): Promise<readonly string[] | null>
  /** Types without waiting. */
  type(keys: string): void
  /** All that the terminal showed. */
  screen(): string
}

export const isThere = (shell: string): boolean => spawnSync(shell, ['--version']).error === undefined

const TERMINAL = fileURLToPath(new URL('terminal.py', import.meta.url))

const COMMANDS: Readonly<Record<TypedShellName, readonly string[]>> = {
  bash: ['bash', '--norc', '--noprofile', '-i'],
  zsh: ['zsh', '-f', '-i'],
  fish: ['fish', '--no-config', '-i'],
}

/** One line. It tells that it is ready for a line by running `notify __ready`. */
const BEGINS: Readonly<Record<TypedShellName, string>> = {
  bash: "source <(notify completion bash); PS1='> '; PROMPT_COMMAND='notify __ready'",
  zsh: 'autoload -Uz compinit; compinit -u -d $HOME/.dump; source <(notify completion zsh); unsetopt PROMPT_SP; precmd() { notify __ready }',
  fish: 'notify completion fish | source; function fish_prompt; echo "> "; end; function __ready --on-event fish_prompt; notify __ready; end',
}

/** Bash has sockets of its own; nothing else is started. */
const script = (port: number): string => `#!/bin/bash
exec 3<>/dev/tcp/127.0.0.1/${port}
printf '%s\\0' "$#" "$@" >&3
cat <&3
`

/** `answer` is what `notify __complete …` and `notify completion …` print. */
export const openTypedShell = async (
  shell: TypedShellName,
  folder: string,
  answer: (words: readonly string[]) => Promise<string>,
): Promise<TypedShell> => {
  const answered = waiter<string>()
  const ready = waiter<readonly string[] | null>()
  let arrived: readonly string[] | null = null
  const onWords = async (words: readonly string[]): Promise<string> => {
    if (words[0] === '__ready') {
      ready.tell(arrived)
      arrived = null
      return ''
    }
    if (words[0] !== '__complete' && words[0] !== 'completion') {
      arrived = words
      return ''
    }
    const said = await answer(words)
    if (words[0] === '__complete') answered.tell(said)
    return said
  }
  const port = await listen(onWords)
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(folder, 'bin/notify'), script(port))
  chmodSync(join(folder, 'bin/notify'), 0o700)
  const env = { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, HOME: folder, TERM: 'dumb', LANG: 'C.UTF-8' }
  const child = spawn('python3', [TERMINAL, ...COMMANDS[shell]], { cwd: folder, env })
  onTestFinished(() => void child.stdin.end())
  let shown = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text
  })
  const type = (keys: string): void => void child.stdin.write(keys)
  const enter = (rest = ''): Promise<readonly string[] | null> => {
    const next = ready.next()
    type(`${rest}\r`)
    return next
  }
  await enter(BEGINS[shell])
  return {
    tab: (line) => {
      const next = answered.next()
      type(`${line}\t`)
      return next
    },
    enter,
    type,
    screen: () => shown,
  }
}

const waiter = <T>() => {
  let told: (value: T) => void = () => undefined
  return {
    next: () =>
      new Promise<T>((resolve) => {
        told = resolve
      }),
    tell: (value: T) => told(value),
  }
}

const listen = async (onWords: (words: readonly string[]) => Promise<string>): Promise<number> => {
  const server = createServer((socket) => hear(socket, onWords))
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const hear = (socket: Socket, onWords: (words: readonly string[]) => Promise<string>): void => {
  let heard = ''
  socket.on('error', () => undefined)
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text
    const [count = '', ...words] = heard.split('\0')
    if (words.length <= Number(count)) return // the last one is what follows the last NUL
    void onWords(words.slice(0, -1)).then((said) => socket.end(said))
  })
}
