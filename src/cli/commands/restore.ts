// notify restore: a backup comes into the place of the database, held.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions } from '../cli.ts'

export interface RestoreOptions extends CommonOptions {
  readonly yes?: boolean
}

export const addRestoreCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'restore <file>',
    'put a backup in the place of the database; nothing is sent until you say so',
    ['notify restore /backups/notify.db', 'notify restore /backups/notify.db --yes --json'],
    (command) => command.option('-y, --yes', 'do it without a question').addHelpText('after', NOTES),
  ).action(async (file: string, options: RestoreOptions) => {
    const { restore } = await import('../actions/restore.ts')
    await restore(cli, options, file)
  })
}

const NOTES = `
Stop the daemon and cron first. The backup is checked, the file that was there
is kept beside it under another name. A backup is a past: what was due since may
have been sent, so it becomes "unknown"; mailings scheduled since, and consent
withdrawn since, are not in it. Everything is held. Then:
  notify reconcile   shows what is in doubt, repeats or leaves it
  notify release     lets everything go on

Exit codes: 0 done; 2 no such file, or nobody can be asked; 4 the backup is
  damaged, changed, newer, or not of notify; 6 the database is in use; 8 the
  answer was no.
`
