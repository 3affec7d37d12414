// notify daemon: run-due whenever something is due, until told to stop.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withSendingApp } from '../cli.ts'

export interface DaemonOptions extends CommonOptions {
  readonly grace: string
  readonly allowMany?: boolean
}

const flags = (command: Command): Command =>
  command
    .option('--grace <time>', 'time for messages in flight after SIGTERM or Ctrl-C', '25s')
    .option('--allow-many', 'start although another daemon works on this database')
    .addHelpText('after', SIGNALS)

export const addDaemonCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'daemon',
    'keep sending whatever becomes due, until told to stop',
    ['notify daemon', 'notify daemon -c /etc/notify/notify.toml --grace 25s'],
    flags,
  ).action(async (options: DaemonOptions) => {
    const { runDaemon } = await import('../actions/daemon.ts')
    await withSendingApp(cli, options, (app) => runDaemon(cli, app, options), 'info')
  })
}

const SIGNALS = `
Signals: SIGTERM and Ctrl-C end it when what is in flight is settled;
  SIGHUP makes it read the settings of its gateways, and their tokens, anew.
`
