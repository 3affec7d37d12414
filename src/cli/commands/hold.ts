// notify hold: nothing at all leaves any more.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'

export interface HoldOptions extends CommonOptions {
  readonly reason?: string
}

export const addHoldCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'hold',
    'hold everything: within a second nothing leaves any more, from any process',
    ['notify hold', 'notify hold --reason "the wrong list was imported"', 'notify hold --json'],
    (command) => command.option('--reason <text>', 'why, for the record').addHelpText('after', NOTES),
  ).action(async (options: HoldOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/hold.ts')).hold(cli, app, options))
  })
}

const NOTES = `
What is in flight finishes. Everything else waits for notify release; a message
that is late then leaves within the hours of its mailing, or the next day.
`
