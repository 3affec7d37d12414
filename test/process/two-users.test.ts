// Root in between: `sudo notify run-due`, killed, leaves nothing that the user of the service cannot use; and where something is
// another's all the same, the file, its owner and the command that helps are named, once, and whatever can go on goes on.
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { BINARY, clockShim, type Finished, runNotify, startNotify } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'
import { EVENING, openShop, type Shop, TEN_IN_MOSCOW } from '../support/shop.ts'
import { until } from '../support/until.ts'

const NOBODY = 65_534
const AS_NOBODY = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
const LATER = '2021-10-22T07:05:00Z'
const STILL_LATER = '2021-10-22T07:06:00Z'
const LAST = '2021-10-22T07:10:00Z'

beforeEach(({ skip }) => {
  if (process.getuid?.() !== 0) skip('two users want root')
  const { status } = spawnSync('setpriv', [...AS_NOBODY.slice(1), process.execPath, BINARY, '--version'])
  if (status !== 0) skip('root cannot run the program as somebody else here')
})

interface House extends Shop {
  /** The user of the service. */
  nobody(args: readonly string[], at?: string, through?: readonly string[]): Promise<Finished>
  root(args: readonly string[], at?: string): Promise<Finished>
  give(...names: readonly string[]): void
}

const giveAll = (folder: string): void => {
  chownSync(folder, NOBODY, NOBODY)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    chownSync(join(folder, name), NOBODY, NOBODY)
}

/** A shop whose every file is nobody's, with so many messages for ten o'clock. */
const openHouse = async (messages: number, latencyMs = 0, more = ''): Promise<House> => {
  const shop = await openShop({ latencyMs, more })
  if (messages > 0) await shop.scheduleMany(messages)
  giveAll(shop.folder)
  const run = (args: readonly string[], at: string, through: readonly string[]): Promise<Finished> =>
    runNotify(args, { cwd: shop.folder, env: clockShim(at), through: () => through })
  return {
    ...shop,
    nobody: (args, at = EVENING, through = []) => run(args, at, [...through, ...AS_NOBODY]),
    root: (args, at = EVENING) => run(args, at, []),
    give: (...names) => {
      for (const name of names) chownSync(join(shop.folder, name), NOBODY, NOBODY)
    },
  }
}

/** Files in the folder that are root's. */
const rootsIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).uid === 0)

const journalIn = (folder: string): string => readdirSync(folder).find((name) => name.includes('-outcomes-')) ?? 'none'

/** A pass of root's, or through these words another's, killed with messages in flight. */
const killedPass = async (house: House, through: readonly string[] = []): Promise<void> => {
  const env = clockShim(TEN_IN_MOSCOW)
  const pass = startNotify(['run-due'], { cwd: house.folder, env, through: () => through })
  await until(() => house.got.length > 0)
  pass.kill('SIGKILL')
  await pass.exit
}

test('root, killed in the middle of a pass: all it leaves is of the owner of the database, and his pass goes on', async () => {
  const house = await openHouse(50, 100)
  await killedPass(house)
  expect(journalIn(house.folder)).toContain('notify.db-outcomes-')
  expect(rootsIn(house.folder)).toEqual([])
  expect(await house.nobody(['run-due'], LATER)).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(house.states()).toEqual({ sent: 50 })
}, 60_000)

test('a journal that is root’s all the same: told once an hour, with the command; messages leave; told when it is mended', async () => {
  const house = await openHouse(50, 100)
  await killedPass(house)
  const journal = journalIn(house.folder)
  const path = join(house.folder, journal)
  chownSync(path, 0, 0)
  chmodSync(path, 0o600)
  const first = await house.nobody(['run-due'], LATER)
  expect(first.code).toBe(1)
  expect(first.stderr).toBe(
    `notify: ${path} cannot be read by nobody (uid ${NOBODY}): it belongs to root, mode 600\n` +
      'Outcomes of a worker that is gone are in it: while it cannot be read, its messages are sent again, with the same keys. ' +
      `Next: sudo chown nobody ${path}\n`,
  )
  expect(house.states()).toEqual({ sent: 50 })
  expect(await house.nobody(['run-due'], STILL_LATER)).toEqual({ code: 1, stdout: '', stderr: '' })
  expect((await house.nobody(['doctor', '--plain'], STILL_LATER)).stdout).toContain(
    `files\terror\t${path} cannot be read by nobody (uid ${NOBODY}): it belongs to root, mode 600\tNext: sudo chown nobody ${path}`,
  )
  house.give(journal)
  expect(await house.nobody(['run-due'], LAST)).toEqual({
    code: 0,
    stdout: '',
    stderr: `notify: ${path} hinders nobody any more\n`,
  })
  expect(journalIn(house.folder)).toBe('none')
}, 60_000)

/** Makes it root's, with this mode; returns its path. */
const take =
  (mode: number, ...names: readonly string[]) =>
  (folder: string): string => {
    const path = join(folder, ...names)
    if (!existsSync(path)) writeFileSync(path, '')
    chownSync(path, 0, 0)
    chmodSync(path, mode)
    return path
  }

test.each<[what: string, code: number, spoil: (folder: string) => string, says: RegExp]>([
  [
    'the database',
    1,
    take(0o600, 'notify.db'),
    /notify\.db cannot be read by nobody \(uid \d+\): it belongs to root, mode 600/,
  ],
  ['its log', 1, take(0o600, 'notify.db-wal'), /notify\.db-wal cannot be read by nobody/],
  ['the folder', 1, take(0o755), /nobody \(uid \d+\) may not write in \S+, which belongs to root, mode 755/],
  ['a folder on the way', 3, take(0o700), /cannot be entered by nobody \(uid \d+\): it belongs to root, mode 700/],
  ['the configuration', 3, take(0o600, 'notify.toml'), /notify\.toml cannot be read by nobody/],
])(
  'root’s: %s: told once an hour, with the command; and once when it is mended',
  async (_, code, spoil, says) => {
    const house = await openHouse(1)
    const state = temporaryFolder()
    chownSync(state, NOBODY, NOBODY)
    const pass = (at: string): Promise<Finished> => {
      const args = ['run-due', '--config', join(house.folder, 'notify.toml')]
      return runNotify(args, { cwd: '/', env: { ...clockShim(at), XDG_STATE_HOME: state }, through: () => AS_NOBODY })
    }
    const path = spoil(house.folder)
    const first = await pass(EVENING)
    expect(first.code).toBe(code)
    expect(first.stderr).toMatch(says)
    expect(first.stderr).toContain(`Next: sudo chown nobody ${path}\n`)
    expect(await pass(EVENING)).toEqual({ code, stdout: '', stderr: '' })
    expect((await pass('2021-10-21T20:00:00Z')).stderr).toBe(first.stderr)
    giveAll(house.folder)
    chmodSync(house.folder, 0o700)
    const log = join(house.folder, 'notify.db-wal')
    if (existsSync(log) && statSync(log).size === 0) rmSync(log)
    const mended = await pass('2021-10-21T20:01:00Z')
    expect([mended.code, mended.stderr]).toEqual([0, expect.stringMatching(/^notify: it works again; it was: /)])
  },
  60_000,
)

test('a token and an outbox that are root’s: the gateway is in trouble, told with the command, and nothing is lost', async () => {
  const house = await openHouse(1, 0, '[gateways.box]\ntype = "outbox"\nfile = "box.jsonl"\n')
  const scheduled = await house.nobody(['schedule', '--at', '10:00', '--gateway', 'box', '--name', 'boxed'])
  expect(scheduled.code, scheduled.stderr).toBe(0)
  const [token, box] = [take(0o600, 'token.txt')(house.folder), take(0o600, 'box.jsonl')(house.folder)]
  const first = await house.nobody(['run-due'], TEN_IN_MOSCOW)
  expect(first.code).toBe(7)
  for (const path of [token, box]) {
    const verb = 'cannot be read by nobody'
    expect(first.stderr).toContain(
      `${path} ${verb} (uid ${NOBODY}): it belongs to root, mode 600. Next: sudo chown nobody ${path}`,
    )
  }
  const { stdout } = await house.nobody(['doctor', '--plain'], TEN_IN_MOSCOW)
  for (const path of [token, box]) expect(stdout).toContain(`\tNext: sudo chown nobody ${path}\n`)
  expect((await house.nobody(['run-due'], LATER)).stderr).toBe('')
  giveAll(house.folder)
  expect((await house.nobody(['run-due'], LAST)).stderr).toContain('works again')
  expect(house.states()).toEqual({ sent: 2 })
}, 60_000)

test('what root makes for another user is theirs: the first database, its folders, an outbox, a backup, a restored one, notify.toml', async () => {
  const house = await openHouse(0)
  writeFileSync(join(house.folder, 'list.csv'), 'phone;zone\n89161234567;Europe/Moscow\n')
  writeFileSync(join(house.folder, 'notify.toml'), 'database = "deep/data/notify.db"\nzone = "Europe/Moscow"\n')
  giveAll(house.folder)
  for (const [args, at] of [
    [['import', 'suppliers', 'list.csv', '--quiet'], EVENING],
    [['schedule', '--at', '10:00', '--text', 'x', '--quiet'], EVENING],
    [['run-due'], TEN_IN_MOSCOW],
    [['backup', 'deep/data/copy.db', '--quiet'], LATER],
    [['restore', 'deep/data/copy.db', '--yes', '--quiet'], LATER],
    [['init', '--force', '--yes'], LATER],
  ] as const) {
    const { code, stderr } = await house.root(args, at)
    expect(code, `${args.join(' ')}: ${stderr}`).toBe(0)
  }
  expect(readdirSync(join(house.folder, 'deep/data'))).toEqual(
    expect.arrayContaining(['notify.db', 'outbox.jsonl', 'copy.db', 'copy.db.json', 'notify.db.lock']),
  )
  expect(rootsIn(house.folder)).toEqual([])
}, 60_000)

test('a database of a group: what one of them makes beside it the other can read', async () => {
  const house = await openHouse(50, 100)
  chownSync(house.folder, 1, NOBODY)
  chmodSync(house.folder, 0o2770)
  for (const name of ['notify.db', 'notify.toml', 'token.txt']) chmodSync(join(house.folder, name), 0o660)
  await killedPass(house, ['setpriv', '--reuid=1', `--regid=${NOBODY}`, '--clear-groups'])
  expect(statSync(join(house.folder, journalIn(house.folder))).mode & 0o777).toBe(0o660)
  expect((await house.nobody(['run-due'], LATER)).code).toBe(0)
  expect(house.states()).toEqual({ sent: 50 })
}, 60_000)

test('a file system that is read-only is named, with the command', async (context) => {
  const house = await openHouse(1)
  const mount = `mount --bind ${house.folder} ${house.folder} && mount -o remount,bind,ro ${house.folder} && exec "$@"`
  const through = ['unshare', '-m', 'sh', '-c', mount, 'sh']
  if (spawnSync('unshare', [...through.slice(1), 'true']).status !== 0) context.skip('nothing can be mounted here')
  const { code, stderr } = await house.nobody(['run-due'], EVENING, through)
  expect(code).toBe(1)
  expect(stderr).toContain(`${house.folder} cannot be written: its file system, ${house.folder}, is read-only\n`)
  expect(stderr).toContain(`Next: sudo mount -o remount,rw ${house.folder}`)
}, 60_000)
