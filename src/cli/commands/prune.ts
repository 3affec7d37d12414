// notify prune: mailings that are long over are taken out of the database.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'

export interface PruneOptions extends CommonOptions {
  readonly olderThan: string
  readonly dryRun?: boolean
  readonly yes?: boolean
  readonly reason?: string
}

const flags = (command: Command): Command =>
  command
    .requiredOption('--older-than <time>', 'what ended longer ago than this goes, such as 180d')
    .option('--reason <text>', 'why, for the record')
    .option('-n, --dry-run', 'say what would go and change nothing')
    .option('-y, --yes', 'do it without a question')
    .addHelpText('after', NOTES)

export const addPruneCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'prune',
    'take out mailings that ended long ago, with their messages',
    [
      'notify prune --older-than 180d --dry-run',
      'notify prune --older-than 180d --yes --quiet',
      'notify prune --older-than 365d --yes --json',
    ],
    flags,
  ).action(async (options: PruneOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/prune.ts')).pruneOld(cli, app, options))
  })
}

const NOTES = `
Only mailings that are done or cancelled go, each when nothing of it is newer:
its messages, their attempts, its texts and its record. So do recipients that
were removed before, and the record of acts that belong to no mailing. What was
done to somebody who is still in the address book stays, and so does who blocked
an address that still is blocked: it is the proof of what they wanted. It works
in small turns beside whoever sends; interrupted, the next one goes on there.
Who was reached only by mailings that are gone counts as never reached.
The file does not shrink: the room is filled again before the file grows.

Exit codes: 0 done, also where nothing is old enough; 2 nobody can be asked;
  6 something is in doubt since a restore; 8 the answer was no.
`
