// notify stats: how all mailings went, or one of them.
import type { Command } from 'commander'
import { parseLimit } from '../actions/limit.ts'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'

export interface StatsOptions extends CommonOptions {
  readonly limit?: number
}

const flags = (command: Command): Command =>
  command.option('--limit <n>', 'show at most so many rows (default: 50; with --json all)', parseLimit)

export const addStatsCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'stats',
    'show how mailings went: by state, by zone, how late',
    ['notify stats', 'notify stats 12', 'notify stats "2026-11-21 10:00" --json'],
    flags,
  )
    .argument('[mailing]', 'its number or its name (default: all mailings)')
    .action(async (mailing: string | undefined, options: StatsOptions) => {
      await withApp(cli, options, async (app) => {
        const { showMailing, showOverview } = await import('../actions/stats.ts')
        await (mailing === undefined ? showOverview(cli, app, options) : showMailing(cli, app, options, mailing))
      })
    })
}
