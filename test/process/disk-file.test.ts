// A database file, or a folder, that this user may not use as it is: what is wrong is said, with what to do.
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, type TestContext, test } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/open.ts'
import { BINARY, type Finished, runNotify } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'

const isRoot = process.getuid?.() === 0
const NOBODY = 65_534

/** To root nothing is forbidden: there the program runs as somebody else. */
const through = (): readonly string[] =>
  isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : []

const whyNot = (): string | null => {
  if (!isRoot) return null
  try {
    execFileSync('setpriv', [...through().slice(1), process.execPath, BINARY, '--version'], { stdio: 'ignore' })
    return null
  } catch (error) {
    return `root cannot run the program as somebody else here: ${String(error)}`
  }
}

let why: string | null = null
beforeAll(() => {
  why = whyNot()
})

interface Place {
  readonly folder: string
  readonly file: string
  notify(...args: string[]): Promise<Finished>
}

/** A database in a folder, both of them the user's who runs the program. */
const openPlace = async ({ skip }: TestContext): Promise<Place> => {
  if (why !== null) skip(why)
  const folder = join(temporaryFolder(), 'data')
  mkdirSync(folder)
  if (isRoot) for (const path of [dirname(folder), folder]) chownSync(path, NOBODY, NOBODY)
  const file = join(folder, 'notify.db')
  const env = { NOTIFY_DATABASE_URL: file }
  const notify = (...args: string[]): Promise<Finished> => runNotify(args, { cwd: folder, env, through })
  await (await openStore(file, systemClock)).close()
  if (isRoot) for (const name of readdirSync(folder)) chownSync(join(folder, name), NOBODY, NOBODY)
  return { folder, file, notify }
}

const name = isRoot ? 'nobody' : userInfo().username
const user = `${name} (uid ${isRoot ? NOBODY : process.getuid?.()})`

describe('what may not be written', () => {
  test('the folder: no command works, since SQLite keeps two files beside the database', async (context) => {
    const { folder, notify } = await openPlace(context)
    chmodSync(folder, 0o500)
    const { code, stderr } = await notify('stats')
    chmodSync(folder, 0o700)
    expect(code).toBe(1)
    expect(stderr).toContain(`notify: ${user} may not write in ${folder}, which belongs to ${name}, mode 500\n`)
    expect(stderr).toContain(`Next: chmod u+wx ${folder}\n`)
  })

  test('the file', async (context) => {
    const { file, notify } = await openPlace(context)
    chmodSync(file, 0o400)
    const { code, stderr } = await notify('import', 'timezones', '--preset', 'ru')
    expect(code).toBe(1)
    expect(stderr).toContain(
      `notify: ${file} cannot be written by ${user}: it belongs to ${name}, mode 400\nNext: chmod u+rw ${file}\n`,
    )
  })

  test('nor read: another user’s file', async (context) => {
    const { file, notify } = await openPlace(context)
    chmodSync(file, 0)
    const { code, stderr } = await notify('stats')
    expect(code).toBe(1)
    expect(stderr).toContain(
      `notify: ${file} cannot be read by ${user}: it belongs to ${name}, mode 000\nNext: chmod u+rw ${file}\n`,
    )
  })
})

describe('what is no file', () => {
  test('a folder', async (context) => {
    const { folder } = await openPlace(context)
    const env = { NOTIFY_DATABASE_URL: folder }
    const { code, stderr } = await runNotify(['stats'], { cwd: folder, env, through })
    expect(code).toBe(1)
    expect(stderr).toContain(`notify: ${folder} is a folder, not a database\n`)
  })

  test('a link that leads nowhere; one that leads to a database is as good as the database', async (context) => {
    const { folder, file } = await openPlace(context)
    const link = join(folder, 'link.db')
    symlinkSync(file, link)
    const env = { NOTIFY_DATABASE_URL: link }
    expect(await runNotify(['stats'], { cwd: folder, env, through })).toMatchObject({ code: 0 })
    const lost = join(folder, 'lost.db')
    symlinkSync(join(folder, 'gone', 'notify.db'), lost)
    const { code, stderr } = await runNotify(['stats'], { cwd: folder, env: { NOTIFY_DATABASE_URL: lost }, through })
    expect(code).toBe(1)
    expect(stderr).toContain(`${lost} is a link to ${readlinkSync(lost)}, which does not exist\n`)
  })
})

describe('a folder that is not there', () => {
  test('is made, for its owner alone', async (context) => {
    const { folder } = await openPlace(context)
    const env = { NOTIFY_DATABASE_URL: join(folder, 'new', 'place', 'notify.db') }
    expect(await runNotify(['stats'], { cwd: folder, env, through })).toMatchObject({ code: 0 })
  })

  test('and cannot be made, under a file or in another user’s folder: it is said', async (context) => {
    const { folder, file } = await openPlace(context)
    for (const [place, says] of [
      [join(file, 'notify.db'), /^notify: the database \S+ cannot be (made|opened)/],
      [
        '/folder-of-root/notify.db',
        /may not write in \/, which belongs to root, mode \d+\nNext: sudo install -d -o \w+ /,
      ],
    ] as const) {
      const { code, stderr } = await runNotify(['stats'], { cwd: folder, env: { NOTIFY_DATABASE_URL: place }, through })
      expect(code).toBe(1)
      expect(stderr).toMatch(says)
      expect(stderr).not.toContain('unexpected')
    }
  })
})
