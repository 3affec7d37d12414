// The command tree, walked.
import type { Command } from 'commander'

export const commandsUnder = (command: Command): readonly Command[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .flatMap((each) => [each].concat(commandsUnder(each)))

/** 'mailings pause' */
export const pathOf = (command: Command): string => {
  if (command.parent === null) return ''
  return `${pathOf(command.parent)} ${command.name()}`.trim()
}
