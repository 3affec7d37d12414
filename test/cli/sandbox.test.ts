// notify sandbox on the command line: what it shows on a terminal and elsewhere.
import { EventEmitter, once } from 'node:events'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import type { Cli } from '../../src/cli/cli.ts'
import { addSandboxCommand } from '../../src/cli/commands/sandbox.ts'
import { tellError } from '../../src/cli/exit.ts'
import { fakeCli } from '../support/cli.ts'
import { type HandClock, handClock } from '../support/clock.ts'

interface Running {
  /** What was printed so far. */
  out(): string
  send(id: number, text: string): Promise<void>
  /** Lets a second pass, and waits until the command sleeps again. */
  second(): Promise<void>
  stop(): Promise<number>
}

const start = async (tty: boolean, ...words: readonly string[]): Promise<Running> => {
  const clock: HandClock = handClock('2021-10-21T18:50:00Z')
  const screen = new EventEmitter()
  const stop = new AbortController()
  let out = ''
  const cli: Cli = {
    ...fakeCli({ store: {}, clock }).cli,
    out: {
      isTTY: tty,
      write: (text: string) => {
        out += text
        screen.emit('written')
      },
    },
    signal: stop.signal,
  }
  const program = new Command().exitOverride().configureOutput({ outputError: () => undefined })
  addSandboxCommand(program, cli)
  const ended = program.parseAsync(['node', 'notify', 'sandbox', '--port', '0', '--latency', '0', ...words]).then(
    () => 0,
    (error: unknown) => tellError(cli, error, { json: false, debug: false }),
  )
  await Promise.race([once(screen, 'written'), ended])
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? ''
  return {
    out: () => out,
    send: async (id, text) => {
      const body = JSON.stringify({ id, phone: 79161234567, text })
      const request = { method: 'POST', body, headers: { authorization: 'Bearer x' } }
      expect(await (await fetch(`${url}/v1/send/${id}`, request)).json()).toEqual({ code: 0, message: 'OK' })
    },
    second: async () => {
      clock.advance(1_000)
      await new Promise(setImmediate)
    },
    stop: () => {
      stop.abort()
      return ended
    },
  }
}

test('on a terminal: a block for notify.toml, then a line a message, its address masked', async () => {
  const sandbox = await start(true)
  expect(sandbox.out()).toMatch(
    /\[gateways\.sandbox\]\ntype = "http"\npreset = "probe"\nurl = "http:\/\/127\.0\.0\.1:\d+"\n/,
  )
  await sandbox.send(1, 'Здравствуйте!\u001b[31m')
  await sandbox.send(1, 'Здравствуйте!\u001b[31m')
  expect(sandbox.out()).toContain(
    '\n+7916•••67  Здравствуйте!\\u001b[31m\n+7916•••67  Здравствуйте!\\u001b[31m  (a repeat: no second effect)\n',
  )
  expect(sandbox.out()).not.toContain('1234567')
  expect(await sandbox.stop()).toBe(0)
})

test('on a terminal: a flood is cut short, and counted', async () => {
  const sandbox = await start(true)
  await Promise.all(Array.from({ length: 50 }, (_, i) => sandbox.send(i + 1, 'x')))
  await sandbox.second()
  expect(sandbox.out().match(/•••67 {2}x/g)).toHaveLength(20)
  expect(sandbox.out()).toContain('\n… 30 more\n')
  await sandbox.send(99, 'again')
  expect(sandbox.out()).toContain('again')
  await sandbox.stop()
})

test('elsewhere: a line of counts a second, when something came', async () => {
  const sandbox = await start(false)
  await sandbox.send(1, 'x')
  await sandbox.second()
  await sandbox.second()
  await sandbox.send(1, 'x')
  await sandbox.stop()
  expect(sandbox.out().split('\n').slice(-3)).toEqual([
    '1 requests: 1 taken, 0 repeated, 0 refused, 0 spoilt',
    '2 requests: 1 taken, 1 repeated, 0 refused, 0 spoilt',
    '',
  ])
})

test('--json: the address, then counts, one object a line', async () => {
  const sandbox = await start(false, '--json')
  await sandbox.send(1, 'x')
  await sandbox.stop()
  const lines = sandbox.out().trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { url: expect.stringContaining('http://127.0.0.1:') },
    { requests: 1, taken: 1, repeated: 0, refused: 0, spoilt: 0 },
  ])
})

test.each([
  ['--port', '70000'],
  ['--fail-rate', '101'],
  ['--latency', 'fast'],
])('%s %s is refused', async (flag, value) => {
  const sandbox = await start(false, flag, value)
  expect(await sandbox.stop()).toBe(2)
})
