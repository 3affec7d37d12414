// Whatever a command writes: never over what this program lives by, never over what is no file, never unasked over what is there.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { type Finished, runNotify, startNotify } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'
import { clockFrom, runHere } from '../support/here.ts'
import { EVENING, TEN_IN_MOSCOW } from '../support/shop.ts'

interface Desk {
  readonly folder: string
  /** In this process: what is refused is refused before anything is written. */
  run(args: readonly string[], at?: string): Promise<Finished>
  /** The program itself. */
  notify(args: readonly string[]): Promise<Finished>
}

const openDesk = async (more = ''): Promise<Desk> => {
  const folder = temporaryFolder()
  const config = `database = "notify.db"
zone = "Europe/Moscow"
[gateways.sms]
type = "http"
preset = "probe"
url = "http://127.0.0.1:9"
token_file = "token.txt"
${more}`
  writeFileSync(join(folder, 'notify.toml'), config, { mode: 0o600 })
  writeFileSync(join(folder, 'token.txt'), 'a-token\n', { mode: 0o600 })
  writeFileSync(join(folder, 'outbox.jsonl'), '{"key":"1"}\n', { mode: 0o600 })
  writeFileSync(join(folder, 'list.csv'), 'phone;zone\n89161234567;Europe/Moscow\nx;y\n')
  const run: Desk['run'] = (args, at = EVENING) => runHere(args, { cwd: folder, clock: clockFrom(at) })
  const imported = await run(['import', 'suppliers', 'list.csv', '--skip-bad'])
  if (imported.code !== 4) throw new Error(imported.stderr)
  return { folder, run, notify: (args) => runNotify(args, { cwd: folder }) }
}

/** Every file with what is in it; of a device and a pipe, its kind. */
const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder).map((name) => {
      const path = join(folder, name)
      const found = lstatSync(path)
      return [name, found.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : String(found.mode)]
    }),
  )

const WRITERS = [
  ['import', 'suppliers', 'list.csv', '--skip-bad', '--dry-run', '--force', '--reject-file'],
  ['recipients', 'export', '--force'],
  ['backup', '--force'],
] as const

const OURS = [
  ...['notify.db', './sub/../notify.db', 'notify.db-wal', 'notify.db-shm', 'notify.db-journal', 'notify.db.lock'],
  ...['notify.db-outcomes-7', 'notify.db.replaced-20211021T0900Z', 'notify.toml', 'token.txt', 'outbox.jsonl'],
  ...['link.db', 'hard.db', 'link.toml', 'hard.toml', 'hard-token', 'folder/notify.db', 'sub', 'lost', 'elsewhere'],
]

test('another configuration stays too, and another database with whatever lies beside it', async () => {
  const { folder, run } = await openDesk()
  writeFileSync(join(folder, 'second.toml'), 'database = "second.db"\n', { mode: 0o600 })
  expect(await run(['stats', '--config', 'second.toml'])).toMatchObject({ code: 0 })
  const before = contents(folder)
  for (const name of [
    'second.toml',
    'second.db',
    'second.db-wal',
    'second.db-shm',
    'second.db-journal',
    'second.db-lost',
  ])
    for (const command of WRITERS) expect(await run([...command, name]), name).toMatchObject({ code: 2 })
  expect(contents(folder)).toEqual(before)
})

test('what the program lives by, and what a link leads to, is never written over, not even by force', async () => {
  const { folder, run } = await openDesk()
  mkdirSync(join(folder, 'sub'))
  writeFileSync(join(folder, 'another.csv'), 'of somebody')
  for (const [to, from] of [
    ['notify.db', 'link.db'],
    ['notify.toml', 'link.toml'],
    ['.', 'folder'],
    ['nowhere', 'lost'],
    ['another.csv', 'elsewhere'],
  ] as const)
    symlinkSync(to, join(folder, from))
  linkSync(join(folder, 'notify.db'), join(folder, 'hard.db'))
  linkSync(join(folder, 'notify.toml'), join(folder, 'hard.toml'))
  linkSync(join(folder, 'token.txt'), join(folder, 'hard-token'))
  const before = contents(folder)
  for (const name of OURS)
    for (const words of WRITERS) {
      expect(await run([...words, name]), [...words, name].join(' ')).toMatchObject({ code: 2 })
      expect(contents(folder), [...words, name].join(' ')).toEqual(before)
    }
}, 60_000)

test('a file that is imported is never its own reject file, by whatever name, nor is its database', async () => {
  const { folder, run } = await openDesk()
  symlinkSync('list.csv', join(folder, 'link.csv'))
  linkSync(join(folder, 'list.csv'), join(folder, 'hard.csv'))
  const before = contents(folder)
  for (const name of ['list.csv', 'link.csv', 'hard.csv']) {
    const { code, stderr } = await run(['import', 'users', 'list.csv', '--skip-bad', '--force', '--reject-file', name])
    expect([code, stderr]).toEqual([2, expect.stringContaining(`"${name}" is the file that is imported`)])
  }
  expect(contents(folder)).toEqual(before)
})

test('another database, and a backup, are no place for a list; a file beside a backup that is no manifest stays', async () => {
  const { folder, run } = await openDesk()
  await run(['backup', 'copy.db'])
  const other = new Database(join(folder, 'other.db'))
  other.exec('pragma journal_mode = wal; create table t (a)')
  writeFileSync(join(folder, 'list.json'), '{"3": 3}')
  const before = contents(folder)
  for (const words of [
    ['recipients', 'export', 'copy.db', '--force'],
    ['import', 'users', 'list.csv', '--skip-bad', '--force', '--reject-file', 'other.db'],
    ['backup', 'other.db', '--force'], // somebody has it open
    ['backup', 'list', '--force'],
  ])
    expect(await run(words), words.join(' ')).toMatchObject({ code: 2 })
  expect(contents(folder)).toEqual(before)
  other.close()
})

test('a file that is there stays, unless --force; a new one is for its owner alone, whoever laid what beside it', async () => {
  const { folder, notify } = await openDesk()
  const words = ['import', 'users', 'list.csv', '--skip-bad', '--reject-file', 'bad.csv']
  writeFileSync(join(folder, 'bad.csv'), 'of somebody', { mode: 0o666 })
  writeFileSync(join(folder, 'victim'), 'of somebody')
  symlinkSync('victim', join(folder, 'bad.csv.part'))
  expect(await notify(words)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('"bad.csv" is there already: nothing is changed\nSay --force to replace it.'),
  })
  expect(readFileSync(join(folder, 'bad.csv'), 'utf8')).toBe('of somebody')
  expect(await notify([...words, '--force'])).toMatchObject({ code: 4 })
  expect(readFileSync(join(folder, 'bad.csv'), 'utf8')).toContain('phone has no digits')
  expect(statSync(join(folder, 'bad.csv')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('of somebody')
})

const BOOK = 'external_id,phone,'

test('a pipe that nobody reads is said to be one; whoever reads it gets all of it, and it stays a pipe', async () => {
  const { folder, notify } = await openDesk()
  execFileSync('mkfifo', [join(folder, 'pipe')])
  for (const words of [
    ['recipients', 'export', 'pipe'],
    ['import', 'users', 'list.csv', '--skip-bad', '--reject-file', 'pipe'],
  ])
    expect(await notify(words)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nobody reads the pipe "pipe"'),
    })
  const shell = `cat pipe & exec "$0" "$@"`
  const reading = startNotify(['recipients', 'export', 'pipe', '--quiet'], {
    cwd: folder,
    through: () => ['sh', '-c', shell],
  })
  const { code, stdout } = await reading.exit
  expect([code, stdout.startsWith(BOOK), stdout.trimEnd().split('\n').length]).toEqual([0, true, 2])
  expect(lstatSync(join(folder, 'pipe')).isFIFO()).toBe(true)
  for (const words of [
    ['backup', 'pipe', '--force'],
    ['init', '--force'],
  ]) {
    if (words[0] === 'init') execFileSync('sh', ['-c', 'rm notify.toml && mkfifo notify.toml'], { cwd: folder })
    expect(
      await runNotify(words, { cwd: folder, env: { NOTIFY_CONFIG: '/dev/null', NOTIFY_DATABASE_URL: 'notify.db' } }),
    ).toMatchObject({ code: 2, stderr: expect.stringContaining('is not a file') })
  }
}, 30_000)

const canMakeDevices = process.getuid?.() === 0 && process.platform === 'linux'

test.skipIf(!canMakeDevices)(
  'a device is written to, and stays one; a full one is told',
  async () => {
    const { folder, run, notify } = await openDesk()
    for (const [name, minor] of [
      ['null', '3'],
      ['full', '7'],
    ] as const)
      execFileSync('mknod', [join(folder, name), 'c', '1', minor])
    symlinkSync('null', join(folder, 'link'))
    const before = contents(folder)
    for (const name of ['null', 'link']) {
      expect(await run(['recipients', 'export', name, '--force'])).toMatchObject({ code: 0 })
      expect(
        await run(['import', 'users', 'list.csv', '--skip-bad', '--dry-run', '--reject-file', name]),
      ).toMatchObject({ code: 4 })
    }
    for (const format of ['csv', 'excel-csv', 'jsonl', 'xlsx'])
      expect(await notify(['recipients', 'export', 'full', '--format', format])).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('cannot write "full" (ENOSPC)'),
      })
    expect(await run(['backup', 'null', '--force'])).toMatchObject({ code: 2 })
    expect(contents(folder)).toEqual(before)
  },
  30_000,
)

test.each([
  ['the database', 'notify.db', 'it is the database itself'],
  ['its log', 'notify.db-wal', 'it is the database itself'],
  ['another name of it', 'hard.db', 'it is the database itself'],
  ['the token', 'token.txt', 'it is the token of gateway "sms"'],
  ['the configuration', 'notify.toml', 'it is a configuration'],
  ['a pipe', 'pipe', 'it is a pipe, not a file'],
  ['a link to a file that is not there', 'lost', 'a link that leads nowhere'],
])('an outbox is never %s: nothing is sent, and it is said', async (_, name, says) => {
  const desk = await openDesk(`[gateways.file]\ntype = "outbox"\nfile = "${name}"\n`)
  const { folder } = desk
  linkSync(join(folder, 'notify.db'), join(folder, 'hard.db'))
  execFileSync('mkfifo', [join(folder, 'pipe')])
  symlinkSync('notify.db-journal', join(folder, 'lost'))
  await desk.run(['schedule', '--at', '10:00', '--text', 'x', '--gateway', 'file'])
  const secrets = ['token.txt', 'notify.toml'].map((each) => readFileSync(join(folder, each), 'utf8'))
  const pass = await desk.run(['run-due'], TEN_IN_MOSCOW)
  expect(pass.stderr).toContain(says)
  expect(JSON.parse((await desk.run(['stats', '--json'], TEN_IN_MOSCOW)).stdout).states).toMatchObject({
    scheduled: 1,
    sent: 0,
  })
  expect(['token.txt', 'notify.toml'].map((each) => readFileSync(join(folder, each), 'utf8'))).toEqual(secrets)
  const db = new Database(join(folder, 'notify.db'))
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
  expect(existsSync(join(folder, 'notify.db-journal'))).toBe(false)
})

test.each(['notify.toml', 'token.txt', 'outbox.jsonl', 'null-device'])(
  'a restore is never put over %s',
  async (name) => {
    const { folder, run } = await openDesk()
    await run(['backup', 'copy.db'])
    if (name === 'null-device') {
      if (!canMakeDevices) return
      execFileSync('mknod', [join(folder, name), 'c', '1', '3'])
    }
    const before = contents(folder)
    const env = { NOTIFY_DATABASE_URL: join(folder, name) }
    const restored = await runHere(['restore', 'copy.db', '--yes'], { cwd: folder, clock: clockFrom(EVENING), env })
    expect(restored.code).toBe(2)
    expect(contents(folder)).toEqual(before)
  },
)

test('what a shell appends standard output to is not the database either, nor a configuration', async () => {
  const { folder } = await openDesk()
  const before = contents(folder)
  for (const name of ['notify.db', 'notify.toml']) {
    const through = (): readonly string[] => ['sh', '-c', `exec "$0" "$@" >> ${name}`]
    expect(await runNotify(['recipients', 'export', '-'], { cwd: folder, through })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^notify: standard output is (the database itself|a configuration)/),
    })
  }
  expect(contents(folder)).toEqual(before)
})
