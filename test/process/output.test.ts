// Output that cannot be written: a full disk, a reader that has gone. What works is not cut short by it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { BINARY, clockShim, type Finished } from '../support/binary.ts'
import { openShop, type Shop, TEN_IN_MOSCOW } from '../support/shop.ts'
import { until } from '../support/until.ts'

const hasFullDevice = existsSync('/dev/full')

interface Started {
  /** The reader of this stream goes away. */
  leave(stream: 'stdout' | 'stderr'): void
  heard(): string
  kill(): void
  readonly exit: Promise<Pick<Finished, 'code' | 'stderr'>>
}

/** Starts the program as a shell does, with these redirections. */
const start = ({ folder }: Shop, args: string, redirections = ''): Started => {
  const line = `exec "$0" "$1" ${args} ${redirections}`
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, TZ: 'UTC', ...clockShim(TEN_IN_MOSCOW) }
  const child = spawn('/bin/sh', ['-c', line, process.execPath, BINARY], { cwd: folder, env })
  onTestFinished(() => void child.kill('SIGKILL'))
  const heard = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      heard[name] += chunk
    })
  return {
    leave: (stream) => child[stream].destroy(),
    heard: () => heard.stdout + heard.stderr,
    kill: () => child.kill('SIGTERM'),
    exit: new Promise((resolve) => {
      child.on('exit', (code) => setImmediate(() => resolve({ code: code ?? -1, stderr: heard.stderr })))
    }),
  }
}

test.skipIf(!hasFullDevice)(
  'the log of a daemon on a full disk: it sends',
  async () => {
    const shop = await openShop()
    await shop.scheduleMany(50)
    const daemon = start(shop, 'daemon', '2>/dev/full')
    await until(() => shop.sandbox.counts().taken === 50)
    daemon.kill()
    expect((await daemon.exit).code).toBe(143)
    expect(shop.states()).toEqual({ sent: 50 })
  },
  30_000,
)

test('the reader of a daemon’s log goes away: it sends', async () => {
  const shop = await openShop({ latencyMs: 20, concurrency: 4 })
  await shop.scheduleMany(50)
  const daemon = start(shop, 'daemon')
  await until(() => daemon.heard().includes('daemon-started'))
  daemon.leave('stderr')
  daemon.leave('stdout')
  await until(() => shop.sandbox.counts().taken === 50)
  daemon.kill()
  expect((await daemon.exit).code).toBe(143)
  expect(shop.states()).toEqual({ sent: 50 })
}, 30_000)

test('nobody reads what a pass prints: it tells its trouble, and ends as if somebody did', async () => {
  const shop = await openShop()
  await shop.scheduleMany(5)
  await shop.sandbox.close()
  const pass = start(shop, 'run-due --json')
  pass.leave('stdout')
  expect(await pass.exit).toEqual({ code: 7, stderr: expect.stringContaining('does not take messages') })
}, 30_000)

test('nobody hears what an import says meanwhile: everything is imported', async () => {
  const shop = await openShop()
  await shop.scheduleMany(50)
  const words = ['import', 'suppliers', 'suppliers.csv', '--map', 'rank=name']
  const importing = start(shop, words.join(' '))
  importing.leave('stderr')
  expect((await importing.exit).code).toBe(0)
  expect((await shop.run(words)).stdout).toContain('50 unchanged')
}, 30_000)

test.skipIf(!hasFullDevice)(
  'a full disk behind stdout: said once, 1 at the end, and the work is done',
  async () => {
    const shop = await openShop()
    await shop.scheduleMany(50)
    const told = { code: 1, stderr: 'notify: the output cannot be written (ENOSPC)\n' }
    expect(await start(shop, 'run-due --json', '>/dev/full').exit).toEqual(told)
    expect(shop.states()).toEqual({ sent: 50 })
    expect(await start(shop, 'messages list 1 --json=lines', '>/dev/full').exit).toEqual(told)
    expect(await start(shop, 'stats', '>/dev/full 2>/dev/full').exit).toEqual({ code: 1, stderr: '' })
  },
  30_000,
)

test('a list whose reader leaves after the first line ends at once, without a word', async () => {
  const shop = await openShop()
  await shop.scheduleMany(20_000)
  const list = start(shop, 'messages list 1 --json=lines')
  await until(() => list.heard() !== '')
  list.leave('stdout')
  expect(await list.exit).toEqual({ code: 0, stderr: '' })
}, 30_000)
