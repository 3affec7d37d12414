// notify log: what happened to a mailing, a message or a recipient, in the order of time.
import type { Command } from 'commander'
import { parseLimit } from '../actions/limit.ts'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'

export interface LogOptions extends CommonOptions {
  readonly limit?: number
}

export const addLogCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'log <what>',
    'tell what happened to a mailing, a message or a recipient, in the order of time',
    ['notify log 12', 'notify log message:345', 'notify log "+7 916 123-45-67"', 'notify log recipient:57 --json'],
    (command) =>
      command
        .option('--limit <n>', 'tell at most so many acts, the newest (default: 200)', parseLimit)
        .addHelpText('after', NOTES),
  ).action(async (what: string, options: LogOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/log.ts')).tellStory(cli, app, options, what))
  })
}

const NOTES = `
WHAT is a mailing, by number or name; message:345; or a recipient, by phone,
e-mail or external id. A bare number is a mailing: say recipient:57 or
message:345 otherwise. What was sent at the first try has no more lines.

Exit codes: 0 done; 2 it may mean several recipients; 5 there is no such thing.
`
