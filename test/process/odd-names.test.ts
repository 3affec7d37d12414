// Names that would move a cursor, colour, reorder, or begin a line that looks like ours: of folders, files, settings, and none at all.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UNSAFE } from '../../src/domain/unsafe.ts'
import { runNotify } from '../support/binary.ts'
import { temporaryFolder } from '../support/database.ts'
import { clockFrom, runHere } from '../support/here.ts'
import { EVENING, TEN_IN_MOSCOW } from '../support/shop.ts'

const ODD = 'odd\u001b[31m\u202e\u009b\u200b\nnotify: all is well'

/** What is said may break lines, but never with a line that a name has begun. */
const refuseOdd = (said: string, words: readonly string[]): void => {
  const unsafe = (said.match(UNSAFE) ?? []).filter((char) => char !== '\n' && char !== '\t')
  expect.soft({ words, unsafe }).toEqual({ words, unsafe: [] })
  expect
    .soft(
      said.split('\n').filter((line) => /^\s*notify: all is well/.test(line)),
      words.join(' '),
    )
    .toEqual([])
}

const CONFIG = `database = "${ODD.replaceAll(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}.db"
zone = "Europe/Moscow"
[gateways.file]
type = "outbox"
file = "lost"
`

const COMMANDS: readonly (readonly string[])[] = [
  ['init'],
  ['init', '--force'],
  ['stats'],
  ['config'],
  ['config', '--validate'],
  ['config', '--json'],
  ['doctor'],
  ['doctor', '--json'],
  ['doctor', '--plain'],
  ['import', 'suppliers', ODD],
  ['import', 'suppliers', `${ODD}.csv`],
  ['import', 'suppliers', `${ODD}.csv`, '--skip-bad', '--reject-file', `${ODD}.bad`],
  ['import', 'suppliers', `${ODD}.csv`, '--skip-bad', '--reject-file', `${ODD}.bad`],
  ['import', 'suppliers', `${ODD}.csv`, '--skip-bad', '--reject-file', `${ODD}/bad`],
  ['import', 'suppliers', `${ODD}.csv`, '--skip-bad', '--json'],
  ['import', 'undo', '--yes'],
  ['import', 'undo', '--yes'],
  ['import', 'timezones', ODD],
  ['import', 'suppliers', 'good.csv', '--on-conflict', ODD],
  ['import', 'suppliers', 'good.csv', '--encoding', ODD],
  ['import', 'suppliers', 'good.csv', '--map', `${ODD}=x`],
  ['import', 'suppliers', 'good.csv'],
  ['recipients', 'export', `${ODD}.out`],
  ['recipients', 'export', `${ODD}.out`],
  ['recipients', 'export', `${ODD}.db`, '--force'],
  ['recipients', 'export', `${ODD}/x`],
  ['recipients', 'list'],
  ['recipients', 'list', '--json'],
  ['recipients', 'list', '--plain'],
  ['recipients', 'show', 'external-id=1'],
  ['recipients', 'show', ODD],
  ['districts', 'list'],
  ['backup', `${ODD}.copy`],
  ['backup', `${ODD}.copy`],
  ['backup', `${ODD}.copy`, '--json', '--force'],
  ['backup', `${ODD}/x`],
  ['schedule', '--at', '10:00', '--text', 'x', '--name', ODD, '--gateway', 'file'],
  ['schedule', '--at', ODD],
  ['schedule', '--at', '10:00', '--text', 'x', '--gateway', ODD],
  ['mailings', 'list'],
  ['mailings', 'show', '1'],
  ['mailings', 'show', ODD],
  ['mailings', 'pause', '1', '--reason', ODD],
  ['mailings', 'resume', '1'],
  ['preview', '1'],
  ['log', '1'],
  ['log', ODD],
  ['gateways', 'list'],
  ['gateways', 'pause', ODD],
  ['run-due', '-v'],
  ['messages', 'list', '1', '--json=lines'],
  ['messages', 'show', '1'],
  ['stats', '1'],
  ['report', '--daily'],
  ['hold', '--reason', ODD],
  ['stats'],
  ['release'],
  ['restore', ODD, '--yes'],
  ['restore', `${ODD}.csv`, '--yes'],
  ['restore', `${ODD}.copy`],
  ['restore', `${ODD}.copy`, '--yes'],
  ['stats', '--tz', ODD],
  ['stats', '--config', ODD],
  [ODD],
  ['stats', `--${ODD}`],
  ['mailings', ODD],
  ['help', ODD],
  ['completion', ODD],
  ['test', '--to', ODD],
  ['block', ODD],
]

test('in a folder that is called so, with files that are called so, no command prints a name as it is', async () => {
  const folder = join(temporaryFolder(), ODD)
  mkdirSync(join(folder, 'lost'), { recursive: true })
  const run = async (words: readonly string[]): Promise<void> => {
    const at = words[0] === 'run-due' ? TEN_IN_MOSCOW : EVENING
    const { stdout, stderr } = await runHere(words, { cwd: folder, clock: clockFrom(at) })
    expect.soft(`${stdout}${stderr}`, words.join(' ')).not.toContain('unexpected')
    refuseOdd(`${stdout}${stderr}`, words)
  }
  await run(['init'])
  writeFileSync(join(folder, 'notify.toml'), CONFIG)
  writeFileSync(join(folder, `${ODD}.csv`), `phone;"name ${ODD}";zone\nx;y;z\n89161234560;a;UTC\n`)
  writeFileSync(join(folder, 'good.csv'), `id;phone;name;district;zone\n1;89161234567;"${ODD}";"${ODD}";UTC\n`)
  for (const words of COMMANDS.slice(2)) await run(words)
  for (const wrong of [
    '',
    `x = "${ODD.slice(0, 3)}\n`,
    '"\\u001b[31m\\u000anotify: all is well" = 1\n',
    'zone = "\\u001b"',
  ]) {
    writeFileSync(join(folder, 'notify.toml'), wrong)
    for (const words of [['stats'], ['doctor'], ['config', '--validate']]) await run(words)
  }
}, 120_000)

test('a current folder that is gone: a sentence and exit code 1, from whatever needs it; the rest works', async () => {
  const cwd = temporaryFolder()
  const through = (): readonly string[] => ['sh', '-c', 'mkdir x && cd x && rmdir ../x && exec "$0" "$@"']
  for (const words of [['stats'], ['run-due'], ['init'], ['recipients', 'export', 'x.csv'], ['stats', '--json']]) {
    const { code, stdout, stderr } = await runNotify(words, { cwd, through })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('the current folder is gone')
    expect(stderr).not.toMatch(/^\s+at /m)
  }
  expect(await runNotify(['--version'], { cwd, through })).toMatchObject({ code: 0 })
}, 30_000)
