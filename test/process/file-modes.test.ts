// G4: whatever umask the program is started with, what it makes is its owner's alone: the database and what lies beside it,
// backups, outboxes, reject files, configurations, and the folders of all of these.
import { spawn } from 'node:child_process'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { BINARY, clockShim, type Finished } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'
import { TEN_IN_MOSCOW } from '../support/shop.ts'

interface House {
  readonly folder: string
  /** Runs the program under umask 000. */
  run(args: readonly string[], at?: string, env?: Record<string, string>): Promise<Finished>
}

const openHouse = (): House => {
  const folder = temporaryFolder()
  return {
    folder,
    run: (args, at = '2021-10-21T18:50:00Z', more = {}) =>
      new Promise((resolve) => {
        const env = {
          PATH: process.env['PATH'] ?? '',
          HOME: join(folder, 'home'),
          TZ: 'UTC',
          ...clockShim(at),
          ...more,
        }
        const words = ['-c', 'umask 000; exec "$0" "$@"', process.execPath, BINARY, ...args]
        const child = spawn('/bin/sh', words, { cwd: folder, env })
        onTestFinished(() => void child.kill('SIGKILL'))
        let [stdout, stderr] = ['', '']
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          stdout += text
        })
        child.stderr.setEncoding('utf8').on('data', (text: string) => {
          stderr += text
        })
        child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }))
      }),
  }
}

/** Everything in the folder that others may read, write or enter, but what the test has written itself. */
const open = (folder: string, ...own: readonly string[]): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !own.includes(name))
    .flatMap((name) => {
      const mode = statSync(join(folder, name)).mode & 0o777
      return (mode & 0o077) === 0 ? [] : [`${name} ${mode.toString(8)}`]
    })

test('without a configuration: the folders of the home, the database, the outbox', async () => {
  const house = openHouse()
  writeFileSync(join(house.folder, 'list.csv'), 'phone;zone\n89161234567;Europe/Moscow\n8916;x\n')
  const env = { XDG_DATA_HOME: join(house.folder, 'deep/data') }
  for (const [args, at, code] of [
    [['import', 'suppliers', 'list.csv', '--skip-bad', '--reject-file', 'rejected.csv'], undefined, 4],
    [['schedule', '--at', '10:00', '--text', 'x'], undefined, 0],
    [['run-due'], TEN_IN_MOSCOW, 0],
    [['backup', 'copies.db'], undefined, 0],
    [['init'], undefined, 0],
  ] as const) {
    expect(await house.run(args, at, env), args.join(' ')).toMatchObject({ code })
  }
  const made = readdirSync(house.folder, { recursive: true, encoding: 'utf8' })
  for (const name of [
    'deep/data/notify/notify.db',
    'deep/data/notify/outbox.jsonl',
    'rejected.csv',
    'copies.db',
    'notify.toml',
  ])
    expect(made).toContain(name)
  expect(open(house.folder, 'list.csv')).toEqual([])
})

test('the log of the database and its index, while somebody has it open', async () => {
  const house = openHouse()
  writeFileSync(join(house.folder, 'notify.toml'), 'database = "notify.db"\n', { mode: 0o600 })
  expect(await house.run(['stats'])).toMatchObject({ code: 0 })
  const env = { ...clockShim('2021-10-21T18:50:00Z'), PATH: process.env['PATH'] ?? '', HOME: house.folder }
  const daemon = spawn('/bin/sh', ['-c', 'umask 000; exec "$0" "$@"', process.execPath, BINARY, 'daemon'], {
    cwd: house.folder,
    env,
  })
  onTestFinished(() => void daemon.kill('SIGKILL'))
  let said = ''
  await new Promise<void>((resolve) => {
    daemon.stderr.on('data', (text) => {
      said += String(text)
      if (said.includes('daemon-started')) resolve()
    })
  })
  expect(readdirSync(house.folder)).toEqual(expect.arrayContaining(['notify.db-wal', 'notify.db-shm']))
  expect(open(house.folder)).toEqual([])
  daemon.kill('SIGTERM')
  await new Promise((resolve) => {
    daemon.on('close', resolve)
  })
  expect(open(house.folder)).toEqual([])
})
