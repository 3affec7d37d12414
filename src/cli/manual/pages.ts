// The command tree as pages of a manual: data, from which the man pages and the reference are drawn (npm run docs).
import { EventEmitter } from 'node:events'
import type { Command, Help } from 'commander'
import { COMMON_OPTIONS } from '../cli.ts'

export interface Term {
  readonly term: string
  readonly says: string
}

export interface Page {
  /** ['notify', 'mailings', 'pause'] */
  readonly path: readonly string[]
  readonly aliases: readonly string[]
  readonly summary: string
  readonly usage: string
  readonly arguments: readonly Term[]
  /** Its own; those that every command has are on the page of notify itself. */
  readonly options: readonly Term[]
  readonly commands: readonly { readonly heading: string; readonly terms: readonly Term[] }[]
  /** Without the prompt. */
  readonly examples: readonly string[]
  /** What help says after the options, in its lines. */
  readonly notes: string
  readonly exitCodes: string
}

export interface Manual {
  readonly pages: readonly Page[]
  readonly common: readonly Term[]
}

/** `program`: the whole tree, with all flags made (program.ts, wholeProgram). */
export const manualOf = (program: Command): Manual => {
  const commands = [program, ...commandsUnder(program)]
  const first = commands.find((command) => command.options.some((option) => option.helpGroupHeading === COMMON_OPTIONS))
  return { pages: commands.map(pageOf), common: first === undefined ? [] : optionsOf(first, true) }
}

const commandsUnder = (command: Command): Command[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .flatMap((each) => [each].concat(commandsUnder(each)))

const pathOf = (command: Command): readonly string[] =>
  command.parent === null ? [command.name()] : [...pathOf(command.parent), command.name()]

const pageOf = (command: Command): Page => {
  const help = command.createHelp()
  const { examples, notes, exitCodes } = partsOf(textAfter(command))
  return {
    path: pathOf(command),
    aliases: command.aliases(),
    summary: command.description(),
    usage: help.commandUsage(command),
    arguments: help.visibleArguments(command).map((argument) => ({
      term: help.argumentTerm(argument),
      says: help.argumentDescription(argument),
    })),
    options: optionsOf(command, false),
    commands: groupsOf(command, help),
    examples,
    notes,
    exitCodes,
  }
}

const optionsOf = (command: Command, common: boolean): readonly Term[] => {
  const help = command.createHelp()
  return help
    .visibleOptions(command)
    .filter((option) => (option.helpGroupHeading === COMMON_OPTIONS) === common && option.long !== '--help')
    .map((option) => ({ term: help.optionTerm(option), says: help.optionDescription(option) }))
}

const groupsOf = (command: Command, help: Help): Page['commands'] => {
  const groups = new Map<string, Term[]>()
  for (const each of help.visibleCommands(command)) {
    const heading = (each.helpGroup() || 'Commands:').replace(/:$/, '')
    const term = { term: help.subcommandTerm(each), says: each.summary() }
    groups.set(heading, [...(groups.get(heading) ?? []), term])
  }
  return [...groups].map(([heading, terms]) => ({ heading, terms }))
}

/** What addHelpText('after') has for it: commander tells it by an event. */
const textAfter = (command: Command): string => {
  let text = ''
  const write = (piece: string): void => {
    text += piece
  }
  if (command instanceof EventEmitter) command.emit('afterHelp', { error: false, command, write })
  return text
}

const partsOf = (text: string): Pick<Page, 'examples' | 'notes' | 'exitCodes'> => {
  const blocks = text
    .split(/\n{2,}/)
    .map((block) => block.replace(/^\n+|\s+$/g, ''))
    .filter((block) => block !== '')
  const isExamples = (block: string): boolean => block.startsWith('Examples:')
  const isExit = (block: string): boolean => block.startsWith('Exit codes:')
  return {
    examples: blocks
      .filter(isExamples)
      .flatMap((block) => [...block.matchAll(/^ {2}\$ (.*)$/gm)].map((match) => match[1] ?? '')),
    notes: blocks.filter((block) => !isExamples(block) && !isExit(block)).join('\n\n'),
    exitCodes: blocks
      .filter(isExit)
      .map((block) => block.replace(/^Exit codes:\s*/, '').replaceAll(/\s*\n\s*/g, ' '))
      .join(' '),
  }
}
