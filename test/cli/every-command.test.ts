// Every command, by walking the tree: its examples can be typed, its flags behave, its lists go into pipes and onto any screen.
import { spawnSync } from 'node:child_process'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { splitLine } from '../../src/cli/completion/bash-line.ts'
import { manualOf } from '../../src/cli/manual/pages.ts'
import { wholeProgram } from '../../src/cli/program.ts'
import { BINARY } from '../support/binary.ts'
import { fakeCli } from '../support/cli.ts'
import { handClock } from '../support/clock.ts'
import { commandsUnder, pathOf } from '../support/command-tree.ts'
import { openDesk } from '../support/json-day.ts'

const bare = () => fakeCli({ store: {}, clock: handClock('2021-10-22T05:00:00Z') })
const program = await wholeProgram(bare().cli)
const commands = commandsUnder(program).map((command) => [pathOf(command), command] as const)
const pages = new Map(manualOf(program).pages.map((page) => [page.path.slice(1).join(' '), page]))

/** Flags are described and commands summed up in test/cli/program.test.ts. */
test.each(commands)('notify %s has examples of itself, which can be typed', (path) => {
  const examples = pages.get(path)?.examples ?? []
  expect(examples.length).toBeGreaterThanOrEqual(2)
  expect(examples.length).toBeLessThanOrEqual(4)
  for (const example of examples) {
    expect(example).toMatch(/^notify /)
    for (const words of commandsIn(example)) expect(complaintAbout(words), example).toBe('')
  }
})

/** The words of each `notify …` of a line, without what the shell itself does with them. */
const commandsIn = (line: string): readonly (readonly string[])[] =>
  line
    .split(/ (?:\||&&|<|>) /)
    .filter((part) => part.startsWith('notify '))
    .map((part) => (splitLine(part)?.words ?? []).slice(1).filter((word) => word !== ''))

const complaintAbout = (words: readonly string[]): string => {
  let command: Command = program
  let positionals = 0
  let waits: string | null = null
  for (const word of words) {
    if (waits !== null) waits = null
    else if (word.startsWith('-') && word !== '-') {
      const [name = '', value] = word.split(/=(.*)/s)
      const option = command.options.find(({ long, short }) => [name, word].includes(long ?? '') || name === short)
      if (option === undefined) return `${pathOf(command)} has no ${name}`
      if (option.required && value === undefined) waits = name
    } else {
      const nested: Command | undefined =
        positionals === 0 ? command.commands.find((each) => [each.name(), ...each.aliases()].includes(word)) : undefined
      if (nested === undefined) positionals += 1
      else command = nested
    }
  }
  if (waits !== null) return `${waits} has no value`
  return positionalComplaint(command, positionals)
}

const positionalComplaint = (command: Command, given: number): string => {
  const wanted = command.registeredArguments
  const least = wanted.filter(({ required }) => required).length
  const most = wanted.some(({ variadic }) => variadic) ? Infinity : wanted.length
  if (given < least && command.commands.length === 0) return `${pathOf(command)} wants ${least} words, not ${given}`
  return given > most ? `${pathOf(command)} wants at most ${most} words, not ${given}` : ''
}

test.each(commands)('notify %s has at most one word that may be left out', (_, command) => {
  expect(command.registeredArguments.filter(({ required }) => !required).length).toBeLessThanOrEqual(1)
})

/** Their words are commands, or an address that may begin with anything. */
const TAKES_ANY_WORD = ['help']

test.each(commands.filter(([path]) => !TAKES_ANY_WORD.includes(path)))(
  'notify %s refuses a flag that it does not know, with exit code 2 and two lines',
  async (path, command) => {
    const demanded = command.options.flatMap(({ long, mandatory }) => (mandatory ? [long ?? '', 'x'] : []))
    const { code, out, err } = await bare().run(...path.split(' '), ...demanded, '--no-such-flag')
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^notify: .*"--no-such-flag".*\n.*See notify .*--help\.\n$/)
  },
)

/** Commands that print rows. */
const LISTS = [
  ['recipients'],
  ['recipients', 'list'],
  ['districts'],
  ['districts', 'list'],
  ['blocklist'],
  ['mailings'],
  ['mailings', 'list'],
  ['mailings', 'show', '1'],
  ['messages', 'list', '1'],
  ['gateways'],
  ['gateways', 'list'],
  ['stats'],
  ['stats', '1'],
  ['stats', '1', '--by', 'zone'],
  ['config'],
  ['log', '1'],
] as const

const openList = async () => {
  const desk = openDesk()
  const done = [
    ['import', 'timezones', '--preset', 'ru', '--quiet'],
    ['import', 'suppliers', 'list.csv', '--quiet'],
    ['districts', 'edit', 'Нигде', '--zone', 'Asia/Omsk', '--quiet'],
    ['block', '+79160000001', '--reason', 'просил не писать', '--quiet'],
    ['schedule', '--at', '10:00', '--text', 'Доброе утро, {{ name }}', '--name', 'Утро 東京', '--quiet'],
  ]
  for (const args of done) {
    const { code, err } = await desk.run(args)
    expect([code, err], args.join(' ')).toEqual([0, ''])
  }
  return desk
}

test('every list speaks JSON, JSON lines or not at all of them, and has plain lines with as many cells as titles', async () => {
  const desk = await openList()
  for (const args of LISTS) {
    const json = await desk.run([...args, '--json'])
    expect([json.code, json.err], args.join(' ')).toEqual([0, ''])
    expect(() => JSON.parse(json.out), args.join(' ')).not.toThrow()
    const { out } = await desk.run([...args, '--plain'])
    if (!out.includes('\t')) continue // it tells a story, no rows
    const [titles = [], ...rows] = out
      .replace(/\n$/, '') // a last cell may be empty
      .split('\n')
      .map((line) => line.split('\t'))
    for (const row of rows) expect(row.length, `${args.join(' ')}: ${row.join('|')}`).toBe(titles.length)
  }
})

/** As cli-table3 reckons: an ideogram takes two places. */
const placesOf = (text: string): number => text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0)

test('Cyrillic and ideograms stand in columns', async () => {
  const desk = await openList()
  const { out } = await desk.run(['recipients', 'list'])
  const lines = out
    .trimEnd()
    .split('\n')
    .filter((line) => /\+7916|PHONE/.test(line))
  const places = lines.map((line) => placesOf(line.slice(0, line.search(/\+7916|PHONE/))))
  expect(lines.length).toBeGreaterThan(4)
  expect(new Set(places).size, out).toBe(1)
})

test('no list has a colour where NO_COLOR, TERM=dumb or a pipe says so', async () => {
  const desk = await openList()
  for (const args of LISTS) {
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }, {}]) {
      const { out, err } = await desk.run(args, { env })
      expect(out + err, args.join(' ')).not.toContain('\u001b')
    }
  }
})

test('`notify … | head -1` ends silently, and a bare environment is enough', { timeout: 120_000 }, async () => {
  const { folder } = await openList()
  const shell = (line: string) => spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' })
  const notify = `env -i LANG=C PATH=/usr/bin:/bin XDG_DATA_HOME=${folder} ${process.execPath} ${BINARY}`
  const lines = LISTS.filter((args) => args.length > 1 || ['stats', 'blocklist', 'config'].includes(args[0]))
  for (const args of lines) {
    const { stdout, stderr } = shell(`set -o pipefail; ${notify} ${args.join(' ')} | head -1; echo "\${PIPESTATUS[0]}"`)
    expect([stderr, stdout.trimEnd().split('\n').at(-1)], args.join(' ')).toEqual(['', '0'])
  }
})
