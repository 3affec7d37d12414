// notify backup: a checked copy of the database, made while others work on it.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'

export interface BackupOptions extends CommonOptions {
  readonly force?: boolean
}

export const addBackupCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'backup <file>',
    'copy the database into a file and check the copy, while others go on sending',
    [
      'notify backup /backups/notify.db',
      'notify backup "/backups/notify-$(date +%F).db" --quiet',
      'notify backup /backups/notify.db --force --json',
    ],
    (command) => command.option('--force', 'replace a backup that is there').addHelpText('after', NOTES),
  ).action(async (file: string, options: BackupOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/backup.ts')).backup(cli, app, options, file))
  })
}

const NOTES = `
Beside FILE stands FILE.json: when it was made, what is in it, its SHA-256. Both
are readable by their owner only. A backup knows nothing of what is sent after
it: see notify restore. Copied by cp, the database lacks what is in its -wal.

Exit codes: 0 done; 1 the database is damaged, or the disk is full; 2 FILE is no
  place for a backup; 8 FILE is there already.
`
