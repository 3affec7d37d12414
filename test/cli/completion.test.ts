// notify completion: what is offered where, and that a real bash inserts it.
import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { splitLine } from '../../src/cli/completion/bash-line.ts'
import { forBash } from '../../src/cli/completion/for-bash.ts'
import { SCRIPTS, SHELLS } from '../../src/cli/completion/shells.ts'
import type { Store } from '../../src/store/store.ts'
import { BINARY } from '../support/binary.ts'
import { fakeCli } from '../support/cli.ts'
import { handClock } from '../support/clock.ts'
import { temporaryFolder } from '../support/database.ts'
import { openShop } from '../support/shop.ts'
import { isThere } from '../support/typed-shell.ts'

const MAILINGS = [
  { id: 12, name: '2021-10-22 10:00', state: 'active' },
  { id: 11, name: 'autumn', state: 'done' },
] as unknown as Awaited<ReturnType<Store['listMailings']>>

const shop = () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'notify.toml'), 'database = "notify.db"\n[gateways.mail]\ntype = "outbox"\n')
  writeFileSync(join(folder, 'notify.db'), '')
  const store = { listMailings: async () => MAILINGS, tagNames: async () => ['vip', 'test'] }
  const { run } = fakeCli({ store, clock: handClock('2021-10-22T05:00:00Z'), cwd: folder })
  return async (...words: readonly string[]) => {
    const { code, out, err } = await run('__complete', '--', ...words)
    expect([code, err]).toEqual([0, ''])
    return out.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')[0]]))
  }
}

test.each<[words: readonly string[], found: readonly string[]]>([
  [['sch'], ['schedule']],
  [['mailings', 'pa'], ['pause']],
  [['import', 'su'], ['suppliers']],
  [
    ['mailings', 'pause', ''],
    ['12', '2021-10-22 10:00', '11', 'autumn'],
  ],
  [['mailings', 'pause', 'au'], ['autumn']],
  [
    ['stats', '1'],
    ['12', '11'],
  ],
  [
    ['mailings', 'list', '--state', 'p'],
    ['planning', 'proposed', 'paused'],
  ],
  [['mailings', 'list', '--state=d'], ['--state=done']],
  [['schedule', '--at', '10:00', '--not'], ['--not-tag']],
  [['schedule', '--tag', 'v'], ['vip']],
  [
    ['schedule', '--gateway', ''],
    ['outbox', 'mail'],
  ],
  [['gateways', 'pause', 'm'], ['mail']],
  [['stats', '--tz', 'Europe/Mos'], ['Europe/Moscow']],
  [['help', 'exit'], ['exit-codes']],
  [['completion', ''], SHELLS],
  [['import', 'suppliers', 'li'], [':files']],
  [['stats', '-c', 'no'], [':files']],
  [['no-such-command', ''], []],
  [['mailings', 'pause', '--reason', ''], []],
])('after notify %j it offers %j', async (words, found) => {
  expect(await shop()(...words)).toEqual(found)
})

test('flags of the command and those of all commands are offered, with what they do', async () => {
  const offered = await shop()('schedule', '--')
  expect(offered).toEqual(expect.arrayContaining(['--at', '--if-past', '--json', '--config', '--help']))
})

test('no database is made, and a wrong configuration is no matter', async () => {
  const folder = temporaryFolder()
  const { run } = fakeCli({ store: {}, clock: handClock('2021-10-22T05:00:00Z'), cwd: folder })
  expect(await run('__complete', '--', 'stats', '')).toEqual({ code: 0, out: '', err: '' })
  writeFileSync(join(folder, 'notify.toml'), 'nonsense')
  expect(await run('__complete', '--', 'stats', '')).toEqual({ code: 0, out: '', err: '' })
})

test('it is not among the commands that people see', async () => {
  const { run } = fakeCli({ store: {}, clock: handClock('2021-10-22T05:00:00Z') })
  expect((await run('--help')).out).not.toContain('__complete')
})

test.each([
  ['notify stats "2021-10-22 1', ['notify', 'stats', '2021-10-22 1'], '"'],
  ['notify stats 2021-10-22\\ 1', ['notify', 'stats', '2021-10-22 1'], ''],
  ["notify a 'b c' ", ['notify', 'a', 'b c', ''], ''],
  ['notify --state=pa', ['notify', '--state=pa'], ''],
])('bash types %s', (line, words, open) => {
  expect(splitLine(line)).toMatchObject({ words, open })
})

test.each([
  ['notify stats 2021', '2021', '2021-10-22 10:00', '2021-10-22\\ 10:00'],
  ['notify stats 2021-10-22\\ 10:', '', '2021-10-22 10:00', '00'],
  ['notify stats "20', '20', '2021-10-22 10:00', '2021-10-22 10:00'],
  ['notify l --state=pa', 'pa', '--state=paused', 'paused'],
  ['notify --tag v', 'v', 'vip$(x)', "$'vip\\044\\050x\\051'"],
  ['notify --tag "v', 'v', 'vip$(x)', `""$'vip\\044\\050x\\051'""`],
  ["notify --tag $'v", 'v', 'vip;x', "''$'vip\\073x'''"],
  ['notify --tag 🦊', '🦊', '🦊 fox', '\\🦊\\ fox'],
  ['notify --tag a"b', 'b', 'abc', 'bc'],
  ["notify --tag $'a\\'b", "$'a\\'b", "a'bc", null], // bash sees the end of the quote where it is not
  ['notify --tag v', 'other', 'vip', null],
])('to %s, of which it replaces %j, bash is given of %s: %s', (line, part, value, given) => {
  const split = splitLine(line)
  expect(split === null ? null : forBash(value, split, part)).toBe(given)
})

test.each(['notify --tag "$(x v', 'notify `x v', 'notify $(x v', 'notify <(x v', "notify $'\\x41"])(
  'bash is offered nothing inside of %s',
  (line) => {
    expect(splitLine(line)).toBeNull()
  },
)

/** A PATH on which `notify` is the built program. */
const pathWithNotify = (folder: string): string => {
  mkdirSync(join(folder, 'bin'))
  symlinkSync(BINARY, join(folder, 'bin/notify'))
  return `${join(folder, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`
}

test('a real bash completes commands, flags, choices and mailings', async () => {
  const { folder, scheduleMany } = await openShop()
  await scheduleMany(1)
  const env = { PATH: pathWithNotify(folder), HOME: folder }
  const script = `source <(notify completion bash)
complete -p notify
at() { COMP_LINE="$1"; COMP_POINT=\${#COMP_LINE}; _notify notify "\${1##* }"; printf '%s|' "\${COMPREPLY[@]}"; echo; }
at 'notify mail'; at 'notify mailings pau'; at 'notify mailings list --state pl'; at 'notify schedule --if-'; at 'notify stats '`
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, env, encoding: 'utf8' })
  const lines = stdout.split('\n')
  expect(lines[0], stderr).toBe('complete -F _notify notify')
  expect(lines.slice(1, 5)).toEqual(['mailings|', 'pause|', 'planning|', '--if-past|--if-no-zone|'])
  expect(lines[5]).toBe('1|2021-10-22\\ 10:00|')
})

/** One line: a terminal takes no second one before the first is done. */
const ZSH_BEGINS = [
  'PS1=',
  'autoload -Uz compinit',
  'compinit -u -d $HOME/.dump',
  'source <(notify completion zsh)',
  'told() { print -r -- "<$BUFFER>"; zle kill-whole-line }',
  'zle -N told',
  'bindkey "^X" told',
  'print -r -- REA""DY', // what is typed is seen too
].join('; ')

/** A terminal on which lines are typed, each ended by a TAB; ^X prints what stands there then, and clears it. */
const TYPED_INTO_ZSH = `zmodload zsh/zpty
zpty typed zsh -f -i
zpty -w typed '${ZSH_BEGINS}'
zpty -r typed said '*READY*'
for line in "$@"; do
  zpty -w -n typed "$line"$'\\t\\C-x'
  zpty -r typed said '*<*>*'
  print -r -- "\${\${said##*<}%%>*}"
done`

test('a real zsh completes commands, flags, choices, mailings and files', { timeout: 60_000 }, async ({ skip }) => {
  skip(!isThere('zsh'), 'zsh is not installed')
  const { folder, scheduleMany } = await openShop()
  await scheduleMany(1)
  writeFileSync(join(folder, 'more.csv'), '')
  const env = { PATH: pathWithNotify(folder), HOME: folder, TERM: 'dumb' }
  const lines = ['notify mailings pau', 'notify schedule --if-n', 'notify stats 20', 'notify import suppliers mor']
  const args = ['-f', '-c', TYPED_INTO_ZSH, 'zsh', ...lines]
  const { stdout, stderr } = spawnSync('zsh', args, { cwd: folder, env, encoding: 'utf8', timeout: 50_000 })
  expect(stdout.split('\n').slice(0, 4), stderr).toEqual([
    'notify mailings pause ',
    'notify schedule --if-no-zone ',
    'notify stats 2021-10-22\\ 10:00 ',
    'notify import suppliers more.csv ',
  ])
})

test('a real fish completes commands, flags, choices, mailings and files', { timeout: 60_000 }, async ({ skip }) => {
  skip(!isThere('fish'), 'fish is not installed')
  const { folder, scheduleMany } = await openShop()
  await scheduleMany(1)
  writeFileSync(join(folder, 'more.csv'), '')
  const env = { PATH: pathWithNotify(folder), HOME: folder, TERM: 'dumb' }
  const lines = ['notify mailings pau', 'notify schedule --if-n', 'notify stats ', 'notify import suppliers mor']
  const script = `notify completion fish 2>/dev/null | source
for line in ${lines.map((line) => `"${line}"`).join(' ')}; complete -C $line; end`
  const args = ['--no-config', '-c', script]
  const { stdout, stderr } = spawnSync('fish', args, { cwd: folder, env, encoding: 'utf8', timeout: 50_000 })
  expect(stdout.trimEnd().split('\n'), stderr).toEqual([
    expect.stringMatching(/^pause\t/),
    expect.stringMatching(/^--if-no-zone\t/),
    '1\t2021-10-22 10:00 (active)',
    '2021-10-22 10:00\tactive',
    'more.csv',
  ])
})

test.each(SHELLS)('the script for %s is one that the shell can read', (shell) => {
  expect(SCRIPTS[shell]).toContain('notify __complete ')
  const [program, ...args] = { bash: ['bash', '-n'], zsh: ['zsh', '-n'], fish: ['fish', '-n'], powershell: ['false'] }[
    shell
  ]
  const file = join(temporaryFolder(), 'script')
  writeFileSync(file, SCRIPTS[shell])
  const { error, status, stderr } = spawnSync(program ?? '', [...args, file], { encoding: 'utf8' })
  if (error === undefined && program !== 'false') expect(status, stderr).toBe(0)
})

test('a shell that is not known is a mistyped word', async () => {
  const { run } = fakeCli({ store: {}, clock: handClock('2021-10-22T05:00:00Z') })
  const { code, err } = await run('completion', 'tcsh')
  expect(code).toBe(2)
  expect(err).toContain('bash, zsh, fish, powershell')
})
