// The command line as a whole: help, mistyped words, versions; every command explains itself.
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { TOPICS } from '../../src/cli/help-topic-names.ts'
import { flagsBehind } from '../../src/cli/leading-flags.ts'
import { createProgram, wholeProgram } from '../../src/cli/program.ts'
import { EXIT } from '../../src/domain/errors.ts'
import { fakeCli } from '../support/cli.ts'
import { handClock } from '../support/clock.ts'

const bare = () => fakeCli({ store: {}, clock: handClock('2021-10-22T05:00:00Z') })

const commandsUnder = (command: Command): readonly Command[] =>
  command.commands.flatMap((each) => [each, ...commandsUnder(each)])

const pathOf = (command: Command): string[] =>
  command.parent === null ? [] : [...pathOf(command.parent), command.name()]

const all = commandsUnder(await wholeProgram(bare().cli)).map(
  (command) => [pathOf(command).join(' '), command] as const,
)

test('notify alone shows the five everyday commands and an example, and exits with 0', async () => {
  const { code, out, err } = await bare().run()
  expect([code, err]).toEqual([0, ''])
  expect(out.match(/^ {2}notify [a-z-]+/gm)).toEqual(
    ['import', 'schedule', 'run-due', 'daemon', 'stats'].map((name) => `  notify ${name}`),
  )
  expect(out).toContain('Example:\n  $ notify schedule --at 10:00')
})

test('help may be asked for in a language, as every command may', async () => {
  expect(await bare().run('help', 'time', '--lang', 'ru')).toMatchObject({ code: 0, err: '' })
  expect(await bare().run('help', 'stats', '--lang', 'ru')).toMatchObject({ code: 0, err: '' })
  expect((await bare().run('help', 'time', '--lang', 'fr')).code).toBe(2)
})

test.each([['--help'], ['-h'], ['help']])('notify %s lists every command in its group', async (word) => {
  const { code, out } = await bare().run(word)
  expect(code).toBe(0)
  expect(out.match(/^[A-Z].*:$/gm)).toEqual([
    'Options:',
    'Every day:',
    'The address book:',
    'Look closer, steer:',
    'Keep it safe:',
    'Begin, try:',
    'Help:',
  ])
  for (const [path] of all.filter(([name]) => !name.includes(' ')))
    expect(out).toMatch(new RegExp(`^  ${path}\\b`, 'm'))
})

test.each(all)('notify %s explains itself with an example, in 80 columns', async (path, command) => {
  expect(command.summary()).toMatch(/^[a-z].*[^.]$/)
  expect(command.description()).toMatch(/^[a-z].*[^.]$/)
  for (const args of [
    [...path.split(' '), '--help'],
    ['help', ...path.split(' ')],
  ]) {
    const { code, out, err } = await bare().run(...args)
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(new RegExp(`^Usage: notify ${path}\\b`))
    expect(out).toMatch(/^Examples:\n {2}\$ notify /m)
    expect(out.match(/^ {2}\$ notify /gm)?.length).toBeOneOf([2, 3, 4])
    for (const line of out.split('\n').filter((each) => !each.startsWith('  $')))
      expect(line.length).toBeLessThanOrEqual(80)
  }
})

test.each(all)('the flags of notify %s are in kebab case, described in lower case', (path, { options }) => {
  if (!['import', 'messages', 'help'].includes(path)) expect(options.map(({ long }) => long)).toContain('--json')
  for (const { long, description } of options) {
    expect(long).toMatch(/^--[a-z]+(-[a-z]+)*(=lines)?$/)
    expect(description).toMatch(/^[^A-Z].*[^.]$/)
  }
})

test('what --help knows of a command without reading its module is what the command says of itself', async () => {
  const { cli } = bare()
  const [names, whole] = [await createProgram(cli, ['--help']), await wholeProgram(cli)]
  expect(names.helpInformation()).toBe(whole.helpInformation())
  expect(commandsUnder(names).map(pathOf)).toEqual(whole.commands.map(pathOf))
})

test('of the commands only the one that is called is made, with all that is under it, and no flags but its own', async () => {
  const program = await createProgram(bare().cli, ['mailings', 'pause', '3'])
  expect(program.commands.map(pathOf)).toEqual([['mailings']])
  const nested = program.commands.flatMap((mailings) => mailings.commands)
  expect(nested.map(pathOf)).toContainEqual(['mailings', 'pause'])
  expect(nested.flatMap(({ options }) => options)).toEqual([])
})

test('after a lone -- a command is still found', async () => {
  expect((await bare().run('--', 'help', 'time')).out).toMatch(/^Time/)
})

test('the flags of a command stand before those that every command has', async () => {
  const { out } = await bare().run('stats', '--help')
  expect(out.indexOf('--limit')).toBeGreaterThan(out.indexOf('\nOptions:'))
  expect(out.indexOf('\nCommon options:')).toBeGreaterThan(out.indexOf('--limit'))
  expect(out.indexOf('--config')).toBeGreaterThan(out.indexOf('\nCommon options:'))
})

test.each([
  [['stat'], 'unknown command "stat"', 'Did you mean stats? See notify --help.'],
  [['frobnicate'], 'unknown command "frobnicate"', 'See notify --help.'],
  [['--limit'], 'unknown option "--limit"', 'See notify --help.'],
  [['--hepl'], 'unknown option "--hepl"', 'Did you mean --help? See notify --help.'],
  [['stats', '--limt', '3'], 'unknown option "--limt"', 'Did you mean --limit? See notify stats --help.'],
  [['stats', '1', '2'], 'too many arguments for "stats". Expected 1 argument but got 2.', 'See notify stats --help.'],
  [
    ['import', 'suplliers', 'a.csv'],
    'unknown command "suplliers"',
    'Did you mean suppliers? See notify import --help.',
  ],
  [['mailings', 'pausse', '3'], 'unknown command "pausse"', 'Did you mean pause? See notify mailings --help.'],
  [['mailings', '--stat', 'done'], 'unknown option "--stat"', 'Did you mean --state? See notify mailings --help.'],
  [['mailings', 'pause'], 'missing required argument "mailing"', 'See notify mailings pause --help.'],
  [['messages', '12'], 'unknown command "12"', 'See notify messages --help.'],
  [
    ['help', 'stast'],
    'there is no help on "stast"',
    'Did you mean stats? Commands: notify --help. Topics: exit-codes, environment, time, filters, templates, states.',
  ],
])('notify %j: two lines, exit 2', async (args, message, hint) => {
  const { code, out, err } = await bare().run(...args)
  expect([code, out, err]).toEqual([2, '', `notify: ${message}\n${hint}\n`])
})

test('with --json an error of usage is an object too', async () => {
  const { code, err } = await bare().run('stats', '--limt', '--json')
  expect(code).toBe(2)
  expect(JSON.parse(err)).toEqual({
    error: {
      code: 'usage',
      message: 'unknown option "--limt"',
      hint: 'Did you mean --limit? See notify stats --help.',
    },
  })
})

test('messages alone shows its help', async () => {
  const { code, out } = await bare().run('messages')
  expect([code, out.split('\n')[0]]).toEqual([0, 'Usage: notify messages [options] [command]'])
})

test('a form of JSON that does not exist is refused', async () => {
  const { code, err } = await bare().run('stats', '--json=xml')
  expect([code, JSON.parse(err).error.message]).toEqual([2, 'unknown option "--json"'])
})

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

test.each(['--version', '-V'])('%s is one line', async (flag) => {
  expect(await bare().run(flag)).toEqual({ code: 0, out: `${version}\n`, err: '' })
})

test('version tells what the program rests on', async () => {
  const versions = JSON.parse((await bare().run('version', '--json')).out)
  expect(versions).toEqual({
    notify: version,
    node: process.versions.node,
    sqlite: expect.stringMatching(/^3\.\d+\.\d+$/),
    schema: expect.any(Number),
    icu: process.versions['icu'],
    tz: process.versions['tz'],
    platform: `${process.platform} ${process.arch}`,
  })
  expect((await bare().run('version')).out).toMatch(new RegExp(`^notify +${version}\nnode +`))
})

test('help exit-codes knows every exit code', async () => {
  const { code, out } = await bare().run('help', 'exit-codes')
  expect(code).toBe(0)
  const told = [...out.matchAll(/^ +(\d+) {2}/gm)].map((match) => Number(match[1]))
  expect(told).toEqual(Object.values(EXIT).toSorted((a, b) => a - b))
})

test.each(TOPICS)('help %s fits into 80 columns', async (topic) => {
  const { code, out } = await bare().run('help', topic)
  expect(code).toBe(0)
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
})

test.each<[typed: string, read: string]>([
  ['-c FILE stats', 'stats -c FILE'],
  [
    '-qv --tz=Asia/Omsk -cFILE --no-color mailings pause 1 --json',
    'mailings pause 1 -qv --tz=Asia/Omsk -cFILE --no-color --json',
  ],
  ['--lang ru --debug stats --lang en', 'stats --lang ru --debug --lang en'],
  ['--json --plain -v --no-input stats', 'stats --json --plain -v --no-input'],
  ['--lang ru --help', '--help --lang ru'],
  ['--limit 5 stats', '--limit 5 stats'],
  ['stats -c FILE', 'stats -c FILE'],
  ['-c', '-c'],
])('flags of the whole program before the command: %s is %s', (typed, read) => {
  expect(flagsBehind(typed.split(' '))).toEqual(read.split(' '))
})

test('a configuration is named before the command, and completion goes on behind it', async () => {
  expect(await bare().run('--lang', 'en', 'help', 'time')).toMatchObject({ code: 0 })
  const { out } = await bare().run('__complete', '--', '-c', 'notify.toml', 'mailings', 'pau')
  expect(out).toContain('pause')
})
