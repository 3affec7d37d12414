// No command ends otherwise than well without a sentence, whatever words it was given: every command, by walking the tree.
import { type Command, InvalidArgumentError } from 'commander'
import { expect, test } from 'vitest'
import { tellError } from '../../src/cli/exit.ts'
import { wholeProgram } from '../../src/cli/program.ts'
import { fakeCli } from '../support/cli.ts'
import { handClock } from '../support/clock.ts'
import { commandsUnder, pathOf } from '../support/command-tree.ts'
import { openDesk } from '../support/json-day.ts'

const bare = () => fakeCli({ store: {}, clock: handClock('2021-10-22T05:00:00Z') })
const commands = commandsUnder(await wholeProgram(bare().cli))

/** They run until they are told to stop, or make a day of their own. */
const TAKE_LONG = ['daemon', 'sandbox', 'demo']

const HUGE = '99999999999999999999999'
const WORDS = ['abc', '', '-1', '0', '9007199254740991', HUGE]
const VALUES = ['', HUGE]

/** For each command: its words replaced by each odd one; and each flag with a value given each odd one. */
const linesOf = (command: Command): readonly (readonly string[])[] => {
  const path = pathOf(command).split(' ')
  const wanted = command.registeredArguments.map(() => '1')
  const demanded = command.options.flatMap(({ long, mandatory }) => (mandatory ? [long ?? '', 'x'] : []))
  const flags = command.options.filter(({ required, long }) => required && long !== '--config')
  const start = [...path, ...demanded]
  const called = wanted.length === 0 ? [] : WORDS.map((word) => start.concat(wanted.map(() => word)))
  return [...called, ...flags.flatMap(({ long }) => VALUES.map((value) => start.concat(wanted, `${long}=${value}`)))]
}

test('no command ends otherwise than well without a sentence that says why', async () => {
  const desk = openDesk()
  const setUp = [
    ['import', 'suppliers', 'list.csv', '--quiet'],
    ['schedule', '--at', '10:00', '--if-no-zone', 'UTC', '--text', 'Hello', '--quiet'],
  ]
  for (const args of setUp) expect((await desk.run(args)).err, args.join(' ')).toBe('')
  let refused = 0
  for (const command of commands) {
    if (TAKE_LONG.includes(pathOf(command).split(' ')[0] ?? '')) continue
    for (const args of linesOf(command)) {
      const { code, out, err } = await desk.run([...args, '--no-input'])
      if (code === 0) continue
      refused += 1
      // doctor's answer is its sentences
      expect(err === '' ? out : err, `${args.join(' ')}: exit code ${code}`).toMatch(/\p{L}{3}.* /u)
      expect(err, args.join(' ')).not.toContain('unexpected')
    }
  }
  expect(refused).toBeGreaterThan(commands.length)
}, 120_000)

test('an error of the command line itself is told, also one that an action threw', () => {
  const { cli } = bare()
  const said: string[] = []
  const code = tellError(
    { ...cli, err: { write: (text: string) => said.push(text) } },
    new InvalidArgumentError('Write a whole number of at least 1.'),
    { json: false, debug: false },
  )
  expect([code, said.join('')]).toEqual([2, 'notify: Write a whole number of at least 1.\n'])
})
