// Names and tags come from files of strangers. Real shells, into which TAB and Enter are typed: nothing of them runs, each arrives letter by letter.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { splitLine } from '../../src/cli/completion/bash-line.ts'
import { forBash } from '../../src/cli/completion/for-bash.ts'
import { forPowerShell } from '../../src/cli/completion/for-powershell.ts'
import type { Store } from '../../src/store/store.ts'
import { fakeCli } from '../support/cli.ts'
import { handClock } from '../support/clock.ts'
import { temporaryFolder } from '../support/database.ts'
import { isThere, openTypedShell, type TypedShellName } from '../support/typed-shell.ts'

const RUN = 'touch$'.concat('{IFS}pwned')
const RUNS = 'touch pwned'

/** Whatever a table can say in one line. */
const VALUES = [
  'vip',
  'two words',
  '  in  blanks ',
  `vip$(${RUN})`,
  `vip\`${RUN}\``,
  `vip";${RUNS};"`,
  `vip';${RUNS};'`,
  `vip;${RUNS}`,
  `vip&${RUNS}&`,
  `vip|${RUNS}|x`,
  `vip) ; ${RUNS} ; (`,
  `(${RUNS})`,
  `{${RUNS}}`,
  'vip>pwned',
  'vip<pwned',
  '$HOME $x $'.concat('{HOME} $((1+1))'),
  "it's",
  `"said"`,
  `'`,
  `"`,
  '\\',
  'a\\b\\\\c\\',
  'a\\nb\\044',
  'wow!',
  '!!',
  'a!b"c!d',
  '~',
  '~root/x',
  'a:~root',
  '*',
  '[a-z]?*',
  '{a,b}',
  '#no comment',
  'a=b',
  'a:b:c=d@e',
  '=ls',
  'a:b $(touch pwned):c',
  'now:%d %F{red}%n%(!.x.y)',
  '100%',
  '%1',
  '%self',
  '^a^b',
  'группа «север»',
  'лиса 🦊 $(touch pwned) 🦊',
  '🦊',
  'e\u0301 é',
  'نه\u200cمی',
  '’curly‘ “quotes”',
  '\u00a0hard\u3000blanks',
  'a,b',
  '-',
  '-rf',
  '--tag',
  `$'${RUNS}'`,
]

const QUOTES: Readonly<Record<TypedShellName, readonly string[]>> = {
  bash: ['', '"', "'", "$'", '$"'],
  zsh: ['', '"', "'", "$'"],
  fish: ['', '"', "'"],
}

const openShell = async (shell: TypedShellName) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'notify.toml'), 'database = "notify.db"\n')
  writeFileSync(join(folder, 'notify.db'), '')
  let tags: readonly string[] = []
  const store: Partial<Store> = { tagNames: async () => tags, listMailings: async () => [] }
  const { run } = fakeCli({ store, clock: handClock('2021-10-22T05:00:00Z'), cwd: folder })
  const typed = await openTypedShell(shell, folder, async (words) => (await run(...words)).out)
  return {
    ...typed,
    folder,
    offer: (...values: readonly string[]) => {
      tags = values
    },
    hasRun: () => existsSync(join(folder, 'pwned')),
  }
}

/** fish leaves a quote open behind these, for more may follow. */
const GOES_ON = /[/=@:.,-]$/

describe.each(Object.entries(QUOTES))('%s', (name, quotes) => {
  const shellName = name as TypedShellName
  beforeEach(({ skip }) => skip(!isThere(shellName) || !isThere('python3'), `${shellName} or python3 is not installed`))

  test.each(quotes)(
    'nothing of a value runs, and it arrives as it is, behind %j',
    { timeout: 30_000 },
    async (quote) => {
      const shell = await openShell(shellName)
      const leavesOpen = (value: string): boolean => shellName === 'fish' && quote !== '' && GOES_ON.test(value)
      const arrived: unknown[] = []
      for (const value of VALUES) {
        shell.offer(value)
        const isOffered = (await shell.tab(`notify schedule --tag ${quote}`)) !== ''
        const words = await shell.enter(!isOffered || leavesOpen(value) ? quote.slice(-1) : '')
        arrived.push(isOffered && !shell.hasRun() ? words?.at(2) : [value, shell.screen().slice(-200)])
      }
      const home = (value: string): boolean => shellName === 'fish' && value.startsWith('~') // it is not offered there
      expect(arrived.filter((_, i) => !home(VALUES[i] ?? ''))).toEqual(VALUES.filter((value) => !home(value)))
    },
  )

  test.each(quotes)('the name of a file neither, behind %j', { timeout: 30_000 }, async (quote) => {
    const shell = await openShell(shellName)
    const file = `more $(${RUN});\`${RUN}\`(touch pwned).csv`
    writeFileSync(join(shell.folder, file), '')
    await shell.tab(`notify import suppliers ${quote}more`)
    expect([await shell.enter(), shell.hasRun()]).toEqual([['import', 'suppliers', file], false])
  })
})

test('what several values begin with is inserted by bash, and a second TAB goes on from there', async () => {
  const shell = await openShell('bash')
  for (const quote of QUOTES.bash) {
    shell.offer('vip$(touch pwned)a', 'vip$(touch pwned)b', 'other')
    await shell.tab(`notify schedule --tag ${quote}v`)
    shell.offer('vip$(touch pwned)b')
    await shell.tab('')
    expect([await shell.enter(), shell.hasRun()]).toEqual([['schedule', '--tag', 'vip$(touch pwned)b'], false])
  }
})

/** The line as readline leaves it: what begins with the open quote takes its place, what ends with it gets no other. */
const completedLine = (begin: string, quote: string, given: string): string => {
  const mark = quote.slice(-1)
  if (mark !== '' && given.startsWith(mark)) return `${begin}${quote.slice(0, -1)}${given}`
  return `${begin}${quote}${given}${given.endsWith(mark) ? '' : mark}`
}

const givenFor = (value: string, quote: string): string => {
  const line = splitLine(`notify schedule --tag ${quote}`)
  return (line === null ? null : forBash(value, line, '')) ?? ''
}

const CLOSED: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '$(': ')', '"$(': ')"' }

test('nor does it where a quote is open since the line above, or where M-* inserts all without the open quote', () => {
  const folder = temporaryFolder()
  const begin = 'notify schedule --tag '
  const lines = QUOTES.bash.flatMap((quote) => {
    const given = VALUES.map((value) => givenFor(value, quote))
    const completed = given.map((word) => completedLine(begin, quote, word))
    const behind = Object.entries(CLOSED).flatMap(([above, closed]) =>
      completed.map((line) => `echo ${above}\n${line}\n${closed}`),
    )
    return completed.concat(behind, `${begin}${given.join(' ')}`)
  })
  const script = 'notify() { :; }; for line; do eval "$line"; done'
  const { status } = spawnSync('bash', ['-c', script, 'bash', ...lines], { cwd: folder, input: '' })
  expect([status === null, readdirSync(folder)]).toEqual([false, []])
})

test.each([
  ['vip', 'vip'],
  ['12', '12'],
  ['--state=done', '--state=done'],
  ['группа', 'группа'],
  ['two words', "'two words'"],
  ['vip$(touch pwned)`n', "'vip$(touch pwned)`n'"],
  ["it's ’so‘ ‚it‛", "'it''s ’’so‘‘ ‚‚it‛‛'"],
  ['“two” „more‟', "'“two” „more‟'"],
  ['@splat', "'@splat'"],
  ['–dash', "'–dash'"],
  ['1kb', "'1kb'"],
  ['--tag=a.b', "'--tag=a.b'"],
  ['🦊', "'🦊'"],
  ['a;b', "'a;b'"],
])('PowerShell inserts %s as %s', (value, given) => {
  expect(forPowerShell(value)).toBe(given)
})

test.each(['a&calc', '%PATH%', 'a|b', 'a>b', 'a<b', 'a^b', 'wow!', '"said"', 'a\\'])(
  'PowerShell is not offered %s: cmd.exe, or a PowerShell before 7.3, would read something else',
  (value) => {
    expect(forPowerShell(value)).toBeNull()
  },
)

const completing = (store: Partial<Store>) => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'notify.db'), '')
  writeFileSync(join(cwd, 'notify.toml'), 'database = "notify.db"\n')
  const { run } = fakeCli({ store, clock: handClock('2021-10-22T05:00:00Z'), cwd })
  return async (shell: string, ...words: readonly string[]) =>
    (await run('__complete', '--shell', shell, '--', ...words)).out
}

test.each([
  'two\nlines',
  'tab\there',
  '\u001b[31mred',
  '\u009b31m',
  '\u0000',
  '\u202egnihsif',
  'vip\u200b',
  '\ufeffvip',
  '\ud83e',
  'half \udd8a',
  '\u2028',
  ':files',
])('%j is offered to no shell', async (value) => {
  const complete = completing({ tagNames: async () => [value] })
  for (const shell of ['zsh', 'fish', 'powershell']) expect(await complete(shell, 'schedule', '--tag', '')).toBe('')
  expect(await complete('bash', 'notify schedule --tag ', '')).toBe('')
})

test('a mailing whose name looks like a flag is offered by its number alone', async () => {
  const mailings = [{ id: 1, name: '--all', state: 'done' }] as unknown as Awaited<ReturnType<Store['listMailings']>>
  const complete = completing({ listMailings: async () => mailings })
  expect(await complete('zsh', 'stats', '')).toBe('1\t--all (done)\n')
})
