// notify reconcile: after a restore, what may have been sent since the backup is repeated or left.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'

export interface ReconcileOptions extends CommonOptions {
  readonly repeat?: boolean
  readonly leave?: boolean
  readonly yes?: boolean
  readonly reason?: string
}

const flags = (command: Command): Command =>
  command
    .option('--repeat', 'send what is in doubt once more, with the same keys')
    .option('--leave', 'leave it unknown: it is not sent again')
    .option('--reason <text>', 'why, for the record')
    .option('-y, --yes', 'do it without a question')
    .addHelpText('after', NOTES)

export const addReconcileCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'reconcile',
    'after a restore: see what may have been sent since the backup, and decide',
    [
      'notify reconcile',
      'notify reconcile --repeat',
      'notify reconcile 12 --leave --reason "the provider lists them as sent"',
    ],
    flags,
  )
    .argument('[mailing]', 'its number or its name (default: all mailings)')
    .action(async (mailing: string | undefined, options: ReconcileOptions) => {
      await withApp(cli, options, async (app) => {
        const { reconcile } = await import('../actions/reconcile.ts')
        await reconcile(cli, app, options, mailing)
      })
    })
}

const NOTES = `
A gateway that honours keys does not send again what it took, as long as it
remembers the keys (key_retention): there --repeat is safe, and messages whose
keys it has forgotten stay unknown. Any other gateway may send twice.
Nothing leaves by this command: when all is decided, notify release lets
everything go on, the repeated messages within the hours of their mailing.

Exit codes: 0 done, also where nothing is in doubt; 2 nobody can be asked;
  5 no such mailing; 8 the answer was no.
`
