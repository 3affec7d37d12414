// Files that never end or never begin, and a program that is busy: the first signal stops it, the second ends it at once.
import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, existsSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { BINARY, cleanEnvironment, runNotify, startNotify } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'
import { until } from '../support/until.ts'

const busyAt = (text: string): Record<string, string> => ({
  NODE_OPTIONS: `--require="${fileURLToPath(new URL('../support/spin-shim.cjs', import.meta.url))}"`,
  NOTIFY_TEST_SPIN: text,
})

test('a command that only reads ends at the first signal, whatever it is busy with', async () => {
  const busy = startNotify(['mailings'], { cwd: temporaryFolder(), env: busyAt('No mailings') })
  await busy.waitForLine('spinning')
  busy.kill('SIGTERM')
  expect((await busy.exit).code).toBe(143)
}, 30_000)

test('one that works stops at the first signal, and ends at the second, whatever it is busy with', async () => {
  const cwd = temporaryFolder()
  execFileSync('mkfifo', [join(cwd, 'pipe')])
  const busy = startNotify(['import', 'suppliers', 'pipe'], { cwd, env: busyAt('stopped') })
  const writer = await open(join(cwd, 'pipe'), 'w')
  busy.kill('SIGINT')
  await busy.waitForLine('spinning')
  busy.kill('SIGINT')
  expect((await busy.exit).code).toBe(130)
  await writer.close()
}, 30_000)

test.skipIf(process.platform !== 'linux')(
  'a pipe that nobody writes into is waited for, until the first signal',
  async () => {
    const cwd = temporaryFolder()
    execFileSync('mkfifo', [join(cwd, 'pipe')])
    const reading = startNotify(['import', 'suppliers', 'pipe'], { cwd })
    const files = `/proc/${reading.pid}/fd`
    const linkOf = (fd: string): string => (existsSync(join(files, fd)) ? readlinkSync(join(files, fd)) : '')
    await until(() => readdirSync(files).some((fd) => linkOf(fd).endsWith('/pipe')))
    reading.kill('SIGINT')
    expect(await reading.exit).toMatchObject({
      code: 130,
      stderr: expect.stringContaining('stopped: nothing was imported'),
    })
  },
  30_000,
)

test.each(['import suppliers', 'import timezones', 'block'])(
  '%s takes neither a device nor a file that grows',
  async (words) => {
    const cwd = temporaryFolder()
    const command = words.split(' ')
    expect(await runNotify([...command, '/dev/zero'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"/dev/zero" is a device, not a file'),
    })
  },
  30_000,
)

test('what a shell makes of <(command) is read as a stream, also when the command has ended long ago', async () => {
  const cwd = temporaryFolder()
  const lines = `phone,name\n${Array.from({ length: 5_000 }, (_, i) => `+7916${String(i).padStart(7, '0')},S${i}`).join('\n')}\n`
  writeFileSync(join(cwd, 'list.csv'), lines)
  for (const command of ['cat list.csv', 'head -n 2 list.csv']) {
    const child = spawn(
      'bash',
      ['-c', `exec "$0" "$1" import suppliers --json <(${command})`, process.execPath, BINARY],
      {
        cwd,
        env: cleanEnvironment({ cwd }),
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    await new Promise((resolve) => child.on('close', resolve))
    expect(JSON.parse(out)).toMatchObject({ rows: command.startsWith('cat') ? 5_000 : 1 })
  }
}, 60_000)

test('of a file that grows while it is read, no more is read than it had', async () => {
  const cwd = temporaryFolder()
  const rows = '+79161234567,A\n'.repeat(200_000)
  writeFileSync(join(cwd, 'list.csv'), `phone,name\n${rows}`)
  const reading = startNotify(['import', 'suppliers', 'list.csv'], { cwd })
  await reading.waitForLine('2 columns')
  appendFileSync(join(cwd, 'list.csv'), rows)
  const { code, stderr } = await reading.exit
  expect({ code, stderr }).toMatchObject({ code: 4, stderr: expect.stringContaining('changed while it was read') })
  expect(stderr).not.toMatch(/[2-9]\d{5} rows read/)
}, 30_000)
