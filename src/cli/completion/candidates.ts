// What may stand where the cursor is: from the command tree, and from values that only the shop knows.
import type { Argument, Command, Option } from 'commander'
import { makeFlags } from '../cli.ts'
import { flagsBehind } from '../leading-flags.ts'
import { FILES } from './shells.ts'

export interface Candidate {
  readonly value: string
  readonly about: string
}

/** Values that are not in the command tree: of a flag or an argument, by its name. */
export type Values = (kind: ValueKind) => Promise<readonly Candidate[]>

export type ValueKind = 'mailing' | 'gateway' | 'zone' | 'tag' | 'topic'

/** The command tree for these words (program.ts). */
export type TreeFor = (words: readonly string[]) => Promise<Command>

/** Those that begin with the last of the words. `FILES` among them: the shell's own names of files. */
export const candidatesFor = async (
  words: readonly string[],
  treeFor: TreeFor,
  values: Values,
): Promise<readonly Candidate[]> => {
  const done = flagsBehind(words.slice(0, -1))
  const current = words.at(-1) ?? ''
  const place = walk(await treeFor(done), done)
  const found = await inPlace(place, current, values)
  return found.filter(({ value }) => value === FILES || value.startsWith(current))
}

interface Place {
  readonly command: Command
  /** A flag whose value comes next. */
  readonly waiting: Option | undefined
  readonly positionals: number
}

const walk = (program: Command, words: readonly string[]): Place => {
  let place: Place = { command: program, waiting: undefined, positionals: 0 }
  for (const word of words) place = step(place, word)
  return place
}

const step = ({ command, waiting, positionals }: Place, word: string): Place => {
  if (waiting !== undefined) return { command, waiting: undefined, positionals }
  if (word.startsWith('-')) {
    const option = optionsOf(command).find(({ long, short }) => word === long || word === short)
    return { command, waiting: option?.required === true ? option : undefined, positionals }
  }
  const nested = positionals === 0 ? command.commands.find((each) => namesOf(each).includes(word)) : undefined
  if (nested === undefined) return { command, waiting, positionals: positionals + 1 }
  makeFlags(nested)
  return { command: nested, waiting, positionals: 0 }
}

const namesOf = (command: Command): readonly string[] => [command.name(), ...command.aliases()]

const optionsOf = (command: Command): readonly Option[] => command.createHelp().visibleOptions(command)

const inPlace = async (
  { command, waiting, positionals }: Place,
  current: string,
  values: Values,
): Promise<readonly Candidate[]> => {
  if (waiting !== undefined) return valuesOf(waiting, values)
  const [, flag] = /^(--[\w-]+)=/.exec(current) ?? []
  if (flag !== undefined) return withFlag(flag, command, values)
  if (current.startsWith('-'))
    return optionsOf(command).flatMap(({ long, description }) =>
      long == null ? [] : [{ value: long, about: description }],
    )
  const argument =
    command.registeredArguments[positionals] ?? command.registeredArguments.find(({ variadic }) => variadic)
  return [
    ...(positionals === 0 ? nestedIn(command) : []),
    ...(argument === undefined ? [] : await valuesOfArgument(argument, command, values)),
  ]
}

/** --state=f */
const withFlag = async (flag: string, command: Command, values: Values): Promise<readonly Candidate[]> => {
  const option = optionsOf(command).find(({ long }) => long === flag)
  const found = option === undefined ? [] : await valuesOf(option, values)
  return found.map(({ value, about }) => ({ value: value === FILES ? FILES : `${flag}=${value}`, about }))
}

const nestedIn = (command: Command): readonly Candidate[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .flatMap((each) => namesOf(each).map((value) => ({ value, about: each.summary() })))

const KINDS: Readonly<Record<string, ValueKind>> = {
  '--gateway': 'gateway',
  '--zone': 'zone',
  '--tz': 'zone',
  '--tag': 'tag',
  '--not-tag': 'tag',
  '--mailing': 'mailing',
  mailing: 'mailing',
  gateway: 'gateway',
  words: 'topic',
}

const valuesOf = async (option: Option, values: Values): Promise<readonly Candidate[]> => {
  if (option.argChoices !== undefined) return option.argChoices.map((value) => ({ value, about: '' }))
  const kind = KINDS[option.long ?? '']
  if (kind !== undefined) return values(kind)
  return /<(file|folder)>/.test(option.flags) ? [{ value: FILES, about: '' }] : []
}

const valuesOfArgument = async (
  argument: Argument,
  command: Command,
  values: Values,
): Promise<readonly Candidate[]> => {
  if (argument.argChoices !== undefined) return argument.argChoices.map((value) => ({ value, about: '' }))
  if (argument.name() === 'file') return [{ value: FILES, about: '' }]
  const kind = KINDS[argument.name()]
  if (kind === undefined || (kind === 'topic' && command.name() !== 'help')) return []
  return (await values(kind)).filter(({ value }) => !value.startsWith('-')) // that would be read as a flag
}
