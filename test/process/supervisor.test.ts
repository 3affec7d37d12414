// What systemd hears of the daemon: by a systemd-notify of our own that writes down what it is told, and by the real one.
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { LogEvent } from '../../src/log.ts'
import { openSupervisor } from '../../src/supervisor.ts'
import { startNotify } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'
import { openShop } from '../support/shop.ts'
import { until } from '../support/until.ts'

const PID = 4_711

const openDesk = (env: Record<string, string>, script = 'echo "$NOTIFY_SOCKET $*" >> told') => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'systemd-notify'), `#!/bin/sh\ncd ${folder}\n${script}\n`)
  chmodSync(join(folder, 'systemd-notify'), 0o755)
  const events: LogEvent[] = []
  const supervisor = openSupervisor(
    { PATH: `${folder}:/usr/bin:/bin`, ...env },
    (event) => void events.push(event),
    PID,
  )
  const told = (): string[] => {
    const file = join(folder, 'told')
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []
  }
  return { supervisor, events, told }
}

describe('the words', () => {
  test('come in the order in which they were said, each with the pid that is meant', async () => {
    const { supervisor, told, events } = openDesk({ NOTIFY_SOCKET: '/run/so' })
    const said = ['ready', 'reloading', 'ready', 'stalled', 'well', 'stopping'] as const
    await Promise.all(said.map((state) => supervisor.tell(state)))
    expect(told()).toEqual([
      '/run/so --pid=4711 READY=1 STATUS=sends what becomes due',
      '/run/so --pid=4711 RELOADING=1 STATUS=reads its settings anew',
      '/run/so --pid=4711 READY=1 STATUS=sends what becomes due',
      '/run/so --pid=4711 STATUS=due messages do not move: see the log and notify gateways list',
      '/run/so --pid=4711 WATCHDOG=1 STATUS=sends what becomes due',
      '/run/so --pid=4711 STOPPING=1 STATUS=finishes what is in flight',
    ])
    expect(events.at(-1)).toEqual({ event: 'supervisor-told', state: 'STOPPING=1 STATUS=finishes what is in flight' })
  })

  test('a stop is the last of them', async () => {
    const { supervisor, told } = openDesk({ NOTIFY_SOCKET: '/run/so' })
    await Promise.all([supervisor.tell('stopping'), supervisor.tell('ready')])
    expect(told()).toHaveLength(1)
  })

  test('systemd-notify gets nothing else of the environment', async () => {
    const { supervisor, told } = openDesk({ NOTIFY_SOCKET: '/run/so', SMS_TOKEN: 'secret' }, 'env > told')
    await supervisor.tell('ready')
    const names = told().map((line) => line.split('=')[0] ?? '')
    expect(names.filter((name) => !['PWD', 'OLDPWD', '_', 'SHLVL'].includes(name)).toSorted()).toEqual([
      'NOTIFY_SOCKET',
      'PATH',
    ])
  })

  test('nobody asked: nothing is started', async () => {
    const { supervisor, told, events } = openDesk({ WATCHDOG_USEC: '2000000' })
    await supervisor.tell('ready')
    expect({ told: told(), events, everyMs: supervisor.everyMs }).toEqual({ told: [], events: [], everyMs: 10_000 })
  })

  test.each([
    ['there is no such program', { PATH: '/nowhere' }, '', 'ENOENT'],
    ['it fails', {}, 'exit 3', '3'],
  ])('%s: told once, and the daemon goes on', async (_, env, script, code) => {
    const { supervisor, events } = openDesk({ NOTIFY_SOCKET: '/run/so', ...env }, script)
    await supervisor.tell('ready')
    await supervisor.tell('stalled')
    expect(events).toEqual([{ event: 'supervisor-unheard', reason: `systemd-notify: ${code}` }])
  })
})

describe('the watchdog of systemd', () => {
  test.each([
    ['60 s: every ten, as all is looked at', { WATCHDOG_USEC: '60000000' }, 10_000],
    ['4 s: every two', { WATCHDOG_USEC: '4000000' }, 2_000],
    ['of another process', { WATCHDOG_USEC: '4000000', WATCHDOG_PID: '1' }, 10_000],
    ['of this one', { WATCHDOG_USEC: '4000000', WATCHDOG_PID: String(PID) }, 2_000],
    ['none', {}, 10_000],
    ['nonsense', { WATCHDOG_USEC: 'so' }, 10_000],
  ])('%s', (_, env, everyMs) => {
    expect(openDesk({ NOTIFY_SOCKET: '/run/so', ...env }).supervisor.everyMs).toBe(everyMs)
  })

  test('is fed while all is well, and not while messages are stalled', async () => {
    const { supervisor, told } = openDesk({ NOTIFY_SOCKET: '/run/so', WATCHDOG_USEC: '4000000' }, 'echo "$2" >> told')
    for (const state of ['ready', 'well', 'well', 'stalled', 'stalled', 'stalled', 'well'] as const) {
      await supervisor.tell(state)
    }
    const stalled = 'STATUS=due messages do not move: see the log and notify gateways list'
    expect(told()).toEqual(['READY=1', 'WATCHDOG=1', 'WATCHDOG=1', stalled, 'WATCHDOG=1'])
  })

  test('that is none is not fed', async () => {
    const { supervisor, told } = openDesk({ NOTIFY_SOCKET: '/run/so' }, 'echo "$2" >> told')
    for (const state of ['ready', 'well', 'well'] as const) await supervisor.tell(state)
    expect(told()).toEqual(['READY=1'])
  })
})

/** Prints each datagram as a line. What comes along (a file descriptor, by which systemd-notify waits) is closed. */
const RECEIVER = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print('bound', flush=True)
while True:
    print(s.recvmsg(4096)[0].decode().strip().replace('\\n', ' | '), flush=True)
`

const startReceiver = (socket: string): { waitFor(line: string): Promise<void>; heard(): string } => {
  const child: ChildProcessWithoutNullStreams = spawn('python3', ['-c', RECEIVER, socket])
  onTestFinished(() => void child.kill('SIGKILL'))
  let heard = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    heard += chunk
  })
  return {
    heard: () => heard,
    waitFor: async (line) => {
      while (!heard.includes(line)) await new Promise((resolve) => setTimeout(resolve, 5))
    },
  }
}

const missing = ['systemd-notify', 'python3'].find((tool) => spawnSync(tool, ['--version']).error !== undefined)

test('a real daemon tells a real socket when it works, that all is well, that it reloads, that it stops', async ({
  skip,
}) => {
  skip(missing !== undefined, `${missing} is not installed`)
  const shop = await openShop()
  const socket = join(shop.folder, 'socket')
  const receiver = startReceiver(socket)
  await receiver.waitFor('bound')
  const daemon = startNotify(['daemon'], {
    cwd: shop.folder,
    env: { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '400000' },
    timeoutMs: 60_000,
  })
  await receiver.waitFor(`MAINPID=${daemon.pid} | READY=1 | STATUS=sends what becomes due`)
  await receiver.waitFor('WATCHDOG=1')
  daemon.kill('SIGHUP')
  await receiver.waitFor('RELOADING=1')
  await until(() => receiver.heard().split('READY=1').length === 3)
  daemon.kill('SIGTERM')
  expect((await daemon.exit).code).toBe(143)
  await receiver.waitFor('STOPPING=1')
  const order = receiver.heard().match(/READY=1|RELOADING=1|STOPPING=1/g)
  expect(order).toEqual(['READY=1', 'RELOADING=1', 'READY=1', 'STOPPING=1'])
}, 60_000)
