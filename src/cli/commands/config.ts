// notify config: every setting with its source, or whether they are in order.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions } from '../cli.ts'

export interface ConfigCommandOptions extends CommonOptions {
  readonly validate?: boolean
}

const flags = (command: Command): Command =>
  command.option('--validate', 'only say whether the configuration is in order').addHelpText('after', NOTES)

export const addConfigCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'config',
    'show every setting, and where it comes from',
    ['notify config', 'notify config --validate', 'notify config -c notify.toml --json'],
    flags,
  ).action(async (options: ConfigCommandOptions) => {
    const { showConfig } = await import('../actions/config.ts')
    await showConfig(cli, options)
  })
}

const NOTES = `
A flag wins over the environment, the environment over the file. A token is
never read or shown, only where it would come from.

Exit codes: 0 it is in order; 3 it is not: one line for each setting.
`
