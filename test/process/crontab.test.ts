// The line of crontab.example, given to the real cron daemon: messages leave with nobody at the keyboard.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { BINARY, runNotify } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'

const CRON = '/usr/sbin/cron'
const example = readFileSync(join(import.meta.dirname, '../../crontab.example'), 'utf8')

/** The example with the paths of this checkout. */
const crontabFor = (config: string): string =>
  example
    .replaceAll('/usr/bin/node', process.execPath)
    .replaceAll('/usr/local/bin/notify', BINARY)
    .replaceAll('/etc/notify/notify.toml', config)

/** Why cron cannot be run here; undefined: it can. */
const obstacle = (): string | undefined => {
  if (!existsSync(CRON)) return `${CRON} is not installed`
  if (process.getuid?.() !== 0) return 'only root may start cron'
  return undefined
}

/**
 * Puts the table into /etc/cron.d, where it touches nobody's own crontab (and where a line names its user), and starts cron.
 * A cron that runs already keeps the second one from starting and reads the table just as well.
 */
const runUnderCron = (crontab: string): void => {
  const file = `/etc/cron.d/notify-test-${process.pid}`
  onTestFinished(() => rmSync(file, { force: true }))
  writeFileSync(file, crontab.replaceAll(/^((?:[*\d/,-]+ ){5})/gm, '$1root '), { mode: 0o644 })
  const cron = spawn(CRON, ['-f'], { stdio: 'ignore' })
  onTestFinished(async () => {
    if (!cron.kill()) return // another cron runs, so this one has ended by itself
    await once(cron, 'exit')
  })
}

/** Resolves when something has happened in the folder after which the condition holds. */
const until = (folder: string, condition: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!condition()) return
      watcher.close()
      resolve()
    }
    const watcher = watch(folder, look)
    look()
  })

const linesOf = (file: string): readonly string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []

/** A zone in which it is noon now, so that a mailing at ten may still go out today. */
const zoneAtNoon = (): string => {
  const hours = 12 - new Date().getUTCHours()
  return `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`
}

test('crontab takes the example as it is', ({ skip }) => {
  const { error } = spawnSync('crontab', ['-l'])
  skip(error !== undefined, 'crontab is not installed')
  const { status, stderr } = spawnSync('crontab', ['-n', join(import.meta.dirname, '../../crontab.example')], {
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
})

test('under the real cron the messages that are due leave within the minute', { timeout: 100_000 }, async ({
  skip,
}) => {
  const why = obstacle()
  skip(why !== undefined, why)
  const folder = temporaryFolder()
  const config = join(folder, 'notify.toml')
  writeFileSync(
    config,
    'database = "notify.db"\n\n[defaults]\ngateway = "outbox"\n\n[gateways.outbox]\ntype = "outbox"\nfile = "outbox.jsonl"\n',
  )
  writeFileSync(
    join(folder, 'suppliers.csv'),
    `phone,name,zone\n+79161234567,North,${zoneAtNoon()}\n+79161234568,South,${zoneAtNoon()}\n`,
  )
  const notify = async (...args: string[]): Promise<void> => {
    const { code, stderr } = await runNotify([...args, '-c', config], { cwd: folder })
    expect(code, stderr).toBe(0)
  }
  await notify('import', 'suppliers', 'suppliers.csv')
  await notify(
    'schedule',
    '--at',
    '10:00',
    '--on',
    'today',
    '--tz',
    zoneAtNoon(),
    '--if-past',
    'now',
    '--text',
    'Hello, {{ name }}',
  )
  runUnderCron(crontabFor(config))
  const outbox = join(folder, 'outbox.jsonl')
  // the last connection takes the -wal file away: then the pass is over, and the folder may go
  await until(folder, () => linesOf(outbox).length >= 2 && !existsSync(join(folder, 'notify.db-wal')))
  const texts = linesOf(outbox).map((line) => JSON.parse(line).text)
  expect(texts).toHaveLength(2)
  expect(new Set(texts)).toEqual(new Set(['Hello, North', 'Hello, South']))
})
