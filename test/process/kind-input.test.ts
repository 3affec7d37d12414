// H2, H3: standard input without an end, without a word, with a line of a gigabyte; and Ctrl-C in the middle of it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { BINARY } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'

const CHUNK = 64 * 1024
const MIB = 1024 * 1024
const GIB = 1024 * MIB

/** Says at its end how much memory the process has had. */
const TELL_RSS = `data:text/javascript,process.on('exit',()=>process.stderr.write('rss '+process.resourceUsage().maxRSS+'\\n'))`

interface Fed {
  readonly code: number | null
  readonly stderr: string
  readonly rssMib: number
  /** Bytes that were taken before it ended. */
  readonly taken: number
  /** Recipients in its database afterwards. */
  readonly recipients: number
}

/**
 * `notify import users -`, fed with `first` and then with `rest` again and again, a gigabyte at most; Ctrl-C, where it is wanted,
 * once it has said what it found.
 */
const feed = async (first: string, rest: Buffer | null, { interrupt = false } = {}): Promise<Fed> => {
  const cwd = temporaryFolder()
  const env = { PATH: process.env['PATH'] ?? '', HOME: cwd, TZ: 'UTC', NOTIFY_DATABASE_URL: 'sqlite:notify.db' }
  const child = spawn(process.execPath, ['--import', TELL_RSS, BINARY, 'import', 'users', '-'], { cwd, env })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    if (interrupt && text.includes('2 columns')) child.kill('SIGINT')
  })
  child.stdin.on('error', () => undefined) // it may end without taking all of it
  let given = 0
  const give = (chunk: string | Buffer): boolean => {
    given += chunk.length
    return child.stdin.write(chunk)
  }
  const pump = (): void => {
    if (rest === null) return
    while (given < GIB && child.exitCode === null && !child.stdin.destroyed) {
      if (!give(rest)) return void child.stdin.once('drain', pump)
    }
  }
  child.once('spawn', () => {
    give(first)
    pump()
  })
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve)
  })
  return {
    code,
    stderr,
    rssMib: Number(/^rss (\d+)$/m.exec(stderr)?.[1]) / 1024,
    taken: given - child.stdin.writableLength,
    recipients: recipientsIn(join(cwd, 'notify.db')),
  }
}

const recipientsIn = (file: string): number => {
  const db = new Database(file)
  try {
    return db.prepare<[], number>('select count(*) from recipients').pluck().get() ?? 0
  } catch {
    return 0 // refused before there was a database
  } finally {
    db.close()
  }
}

test.each([
  ['a line of a gigabyte', 'phone;name\n', 'a', 'line 2'],
  ['a cell of a gigabyte', 'phone;name\n89161234567;A\n89161234568;"', 'a\n', 'line 3'],
  ['a header of a gigabyte', 'phone;', 'a;', 'line 1'],
  ['quotes for ever', 'phone;name\n', '"', 'line 2'],
])('%s: refused after some megabytes, in little memory', async (_, first, rest, place) => {
  const fed = await feed(first, Buffer.alloc(CHUNK, rest))
  expect(fed.code).toBe(4)
  expect(fed.stderr).toContain(`standard input: the record at ${place} is longer than 4 MiB`)
  expect(fed.taken).toBeLessThan(16 * MIB)
  expect(fed.rssMib).toBeGreaterThan(20) // it was measured
  expect(fed.rssMib).toBeLessThan(200)
  expect(fed.recipients).toBe(0)
})

test('nothing more comes: Ctrl-C ends it, and says that nothing was imported', async () => {
  const fed = await feed(`phone;name\n${'89161234567;A\n'.repeat(10_000)}8916`, null, { interrupt: true })
  expect(fed).toMatchObject({ code: 130, recipients: 0 })
  expect(fed.stderr).toContain('stopped: nothing was imported')
})

test.each([
  ['blank lines', '\n'],
  ['delimiters', `${';'.repeat(63)}\n`],
  ['recipients', '89161234567;A\n'],
])('%s without an end: Ctrl-C ends it, memory stays', async (_, line) => {
  const rest = Buffer.alloc(CHUNK - (CHUNK % line.length), line)
  const fed = await feed('phone;name\n', rest, { interrupt: true })
  expect(fed).toMatchObject({ code: 130, recipients: 0 })
  expect(fed.stderr).toContain('stopped: nothing was imported')
  expect(fed.rssMib).toBeLessThan(200)
})
