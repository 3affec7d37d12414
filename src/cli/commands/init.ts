// notify init: a commented notify.toml to begin with.
import type { Command } from 'commander'
import { visible } from '../../domain/visible.ts'
import { addCommand, type Cli, type CommonOptions, print, printJson } from '../cli.ts'

interface InitOptions extends CommonOptions {
  readonly yes?: boolean
  readonly force?: boolean
}

const NEXT = [
  'notify import timezones --preset ru',
  'notify import suppliers suppliers.csv',
  'notify schedule --at 10:00 --text "…" --dry-run',
]

const flags = (command: Command): Command =>
  command
    .option('-y, --yes', 'take every default, ask nothing')
    .option('--force', 'replace a notify.toml that is there')

export const addInitCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'init',
    'write a commented notify.toml into this folder',
    ['notify init', 'notify init --force'],
    flags,
  ).action(async (options: InitOptions) => {
    const { writeFirstConfig } = await import('../actions/first-config.ts')
    const file = await writeFirstConfig(cli.cwd, options.force === true)
    if (options.json !== undefined) printJson(cli, { files: [file] })
    else if (options.quiet !== true)
      print(cli.out, `Wrote ${visible(file)}. Next:\n${NEXT.map((line) => `  ${line}`).join('\n')}`)
  })
}
