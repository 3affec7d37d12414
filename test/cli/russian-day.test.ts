// A day in Russian: whatever a command says to a person, on the terminal, has no English left in it.
import { expect, test } from 'vitest'
import { HELP_TOPICS } from '../../src/cli/help-topics.ts'
import { wholeProgram } from '../../src/cli/program.ts'
import { RUSSIAN_TOPICS } from '../../src/cli/russian/topics.ts'
import { systemClock } from '../../src/clock.ts'
import { fakeCli } from '../support/cli.ts'
import { commandsUnder, pathOf } from '../support/command-tree.ts'
import { temporaryFolder } from '../support/database.ts'
import { latinIn } from '../support/latin.ts'
import { ACTS } from '../support/russian-acts.ts'
import { type Heard, layOut, playDay } from '../support/russian-day.ts'

const english = (heard: readonly Heard[], isHelp = false): readonly string[] =>
  heard.flatMap(({ line, said }) => latinIn(said, isHelp).map((words) => `notify ${line}: ${words}`))

test('a day of commands, their answers, their errors and what comes next', async () => {
  const folder = temporaryFolder()
  layOut(folder)
  const heard = await playDay(folder, ACTS)
  expect(heard.filter(({ said }) => said.includes('unexpected:') || said.includes('неожиданно:'))).toEqual([])
  expect(english(heard), 'say it in src/cli/russian').toEqual([])
  const wrongChoice = heard.find(({ line }) => line.includes('--state нет'))
  expect(wrongChoice?.said, 'what is typed stays as it is typed').toContain('Возможно: scheduled, sending, sent,')
}, 60_000)

test('every page of help', async () => {
  const { cli } = fakeCli({ store: {}, clock: systemClock })
  const commands = commandsUnder(await wholeProgram(cli)).map(pathOf)
  const pages = [
    '--', // the short help

    '--help',
    ...commands.map((path) => `${path} --help`),
    ...Object.keys(HELP_TOPICS).map((topic) => `help ${topic}`),
  ]
  const heard = await playDay(temporaryFolder(), pages.join('\n'))
  expect(heard.filter(({ code }) => code !== 0)).toEqual([])
  expect(english(heard, true), 'say it in src/cli/russian').toEqual([])
})

test.each(Object.keys(HELP_TOPICS) as (keyof typeof HELP_TOPICS)[])(
  'the topic %s names the same things in Russian',
  (topic) => {
    const typed = (text: string): readonly string[] =>
      [
        ...new Set(
          text.match(/--?[a-z][a-z-]+|NOTIFY_\w+|\{\{[ a-z_]*\}\}|^ +(?:\d+|[a-z]+)(?= {2,})|\b[A-Z]\w+\/\w+/gm),
        ),
      ].toSorted()
    expect(typed(RUSSIAN_TOPICS[topic])).toEqual(typed(HELP_TOPICS[topic]))
  },
)
