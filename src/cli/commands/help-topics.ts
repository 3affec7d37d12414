// notify help: a command, or a topic that belongs to none.
import type { Command } from 'commander'
import { Fixable } from '../../domain/errors.ts'
import { nearest } from '../../domain/nearest.ts'
import { type Cli, print } from '../cli.ts'
import { TOPICS } from '../help-topic-names.ts'

export const addHelpTopics = (program: Command, cli: Cli): void => {
  program
    .command('help [words...]')
    .summary('explain a command or a topic')
    .description(`explain a command or a topic; topics: ${TOPICS.join(', ')}`)
    .addOption(program.createOption('--lang <language>', 'the language of messages: en or ru').choices(['en', 'ru']))
    .addHelpText(
      'after',
      '\nExamples:\n  $ notify help schedule\n  $ notify help mailings pause\n  $ notify help exit-codes\n',
    )
    .action(async (words: readonly string[]) => {
      const topic = TOPICS.find((name) => words.length === 1 && name === words[0])
      if (topic === undefined) {
        const { createProgram } = await import('../program.ts')
        const asked = await createProgram(cli, words)
        checkWords(asked, words)
        await asked.parseAsync([...words, '--help'], { from: 'user' })
        return
      }
      print(cli.out, (await topics(cli))[topic])
    })
}

const topics = async ({ tongue }: Cli) =>
  tongue === undefined
    ? (await import('../help-topics.ts')).HELP_TOPICS
    : (await import('../russian/topics.ts')).RUSSIAN_TOPICS

/** Fixable('usage') with the nearest word where these do not lead to a command. */
const checkWords = (from: Command, words: readonly string[]): void => {
  const [word, ...rest] = words
  if (word === undefined) return
  const found = from.commands.find((command) => command.name() === word || command.aliases().includes(word))
  if (found !== undefined) return checkWords(found, rest)
  const near = nearest(word, [...from.commands.map((command) => command.name()), ...TOPICS])
  throw new Fixable(
    'usage',
    `there is no help on "${word}"`,
    `${near === null ? '' : `Did you mean ${near}? `}Commands: notify --help. Topics: ${TOPICS.join(', ')}.`,
  )
}
