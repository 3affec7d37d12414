// What a person mistyped: one line, the nearest word, where to read on, exit code 2 (cli.md 6).
import type { Command, CommanderError } from 'commander'
import { Fixable } from '../domain/errors.ts'
import { nearest } from '../domain/nearest.ts'

/** Turns the errors of commander, for this command and all under it, into ours. Help and version stay as they are. */
export const wordUsageErrors = (command: Command): void => {
  command.exitOverride((error) => {
    throw error.exitCode === 0 ? error : usageError(command, error)
  })
  for (const each of command.commands) wordUsageErrors(each)
}

/** A command that has others under it: alone it does `whenAlone`; a word that names none of them is refused. */
export const refuseUnknownWords = (command: Command, whenAlone: () => void | Promise<void>): void => {
  command
    .allowExcessArguments()
    .allowUnknownOption()
    .action(async () => {
      const [word] = command.args
      if (word !== undefined) throw unknownWord(command, word)
      await whenAlone()
    })
}

const unknownWord = (command: Command, given: string): Fixable => {
  const isOption = given.startsWith('-')
  if (isOption && isSecret(given)) return secretAsFlag(given)
  const word = isOption ? flagOf(given) : given
  const known = isOption
    ? command
        .createHelp()
        .visibleOptions(command)
        .flatMap(({ long }) => long ?? [])
    : command.commands.flatMap((each) => [each.name(), ...each.aliases()])
  const near = nearest(word, known)
  const hint = near === null ? '' : `Did you mean ${near}? `
  return new Fixable(
    'usage',
    `unknown ${isOption ? 'option' : 'command'} "${word}"`,
    `${hint}See ${pathOf(command)} --help.`,
  )
}

/** '--token=abc' -> '--token': what follows may be a secret, and nobody needs to read it again. */
const flagOf = (word: string): string => word.replace(/=.*/s, '')

const isSecret = (word: string): boolean =>
  /^--?(?:\w+-)?(?:token|password|passwd|secret|api-?key)$/i.test(flagOf(word))

const secretAsFlag = (word: string): Fixable =>
  new Fixable(
    'usage',
    `unknown option "${flagOf(word)}"`,
    'A secret never stands on a command line, where every process can read it: name token_file or token_env in notify.toml.',
  )

/** "error: unknown option '--limt'\n(Did you mean --limit?)" -> our two lines. */
const usageError = (command: Command, error: CommanderError): Fixable => {
  const unknown = error.code === 'commander.unknownOption' ? /'(.*)'/s.exec(error.message)?.[1] : undefined
  if (unknown !== undefined && isSecret(unknown)) return secretAsFlag(unknown)
  const message = unknown === undefined ? error.message : error.message.replace(unknown, flagOf(unknown))
  const [, what = '', suggestion] = /^(?:error: )?(.*?)(?:\n\((Did you mean .*)\))?$/s.exec(message) ?? []
  const hint = suggestion === undefined ? '' : `${suggestion} `
  return new Fixable('usage', what.replaceAll("'", '"'), `${hint}See ${pathOf(command)} --help.`)
}

/** 'notify mailings pause' */
const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`
