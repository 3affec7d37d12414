// notify release: what was held goes on.
import type { Command } from 'commander'
import { addCommand, type Cli, withApp } from '../cli.ts'
import type { HoldOptions } from './hold.ts'

export const addReleaseCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'release',
    'let everything go on that is held, by a person or by notify itself',
    ['notify release', 'notify release --reason "the list is mended"', 'notify release --json'],
    (command) => command.option('--reason <text>', 'why, for the record').addHelpText('after', NOTES),
  ).action(async (options: HoldOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/hold.ts')).release(cli, app, options))
  })
}

const NOTES = `
notify itself holds a database that was copied, moved or restored, and one on a
machine whose clock was set by more than six hours, or that was started with a
clock before the last thing written, or five weeks after it. This command makes
the file, as it is now, the one that sends, and the clock, as it is now, the one
that holds: make sure that no other copy sends, and that date shows the time.
What was written while the clock was ahead is mended then; what expired by it
is brought back by notify retry --state expired. After a restore, notify
reconcile comes first.

Exit codes: 0 done, also where nothing was held; 6 something is in doubt since a
  restore: notify reconcile; or the clock jumped, which nobody could know yet.
`
