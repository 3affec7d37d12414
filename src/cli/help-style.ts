// How help looks, and the short help of a bare `notify`.
import type { Argument, Command, HelpConfiguration, Option } from 'commander'
import { type Cli, COMMON_OPTIONS, print } from './cli.ts'
import { type Look, lookOf } from './screen/look.ts'

/** Bold headings on a terminal; commands by their bare names; the flags of a command before those that all commands have. */
export const helpStyle = (cli: Cli): HelpConfiguration => {
  const { paint, word } = lookOf(cli, {}, cli.out)
  return {
    styleUsage: (usage) => usage.replaceAll(/\[(?:options|command)\]|<command>/g, (part) => word(part)),
    styleTitle: (title) => paint('bold', word(title)),
    subcommandDescription: (command) => word(command.summary()),
    commandDescription: (command) => word(command.description()),
    optionDescription: (option) => described(option, word),
    argumentDescription: (argument) => word(argument.description),
    subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' '),
    groupItems: groupWithCommonLast,
  }
}

/** As commander does it, with the words of the reader. */
const described = (option: Option, word: Look['word']): string => {
  const { description, argChoices, defaultValueDescription } = option
  const defaultValue: unknown = option.defaultValue
  const choices = argChoices === undefined ? [] : [`${word('choices')}: ${argChoices.join(', ')}`]
  const isTold = (option.required || option.optional) && ['string', 'number'].includes(typeof defaultValue)
  const usual = isTold ? [`${word('default')}: ${defaultValueDescription ?? JSON.stringify(defaultValue)}`] : []
  const notes = [...choices, ...usual]
  return `${word(description)}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`
}

const argumentTerm = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${name}>` : `[${name}]`
}

const groupWithCommonLast = <T extends Command | Option>(
  _: T[],
  items: T[],
  groupOf: (item: T) => string,
): Map<string, T[]> => {
  const isCommon = (item: T): boolean => groupOf(item) === COMMON_OPTIONS
  const groups = new Map<string, T[]>()
  for (const item of [...items.filter((each) => !isCommon(each)), ...items.filter(isCommon)]) {
    groups.set(groupOf(item), [...(groups.get(groupOf(item)) ?? []), item])
  }
  return groups
}

const EVERYDAY = ['import', 'schedule', 'run-due', 'daemon', 'stats']

/** The five everyday commands and one example. */
export const printShortHelp = (program: Command, cli: Cli): void => {
  const { paint, word } = lookOf(cli, {}, cli.out)
  const lines = program.commands
    .filter((command) => EVERYDAY.includes(command.name()))
    .map((command) => `  notify ${command.name().padEnd(10)}${word(command.summary())}`)
  print(
    cli.out,
    `${paint('bold', 'notify')}: ${word(program.description())}

${lines.join('\n')}

${paint('bold', word('Example:'))}
  $ notify schedule --at 10:00 --text "Good morning, {{ name }}!" --dry-run

All commands: notify --help`,
  )
}
