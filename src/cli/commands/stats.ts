// notify stats: how all mailings went, or one of them.
import { type Command, Option } from 'commander'
import { parseLimit } from '../actions/limit.ts'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'

export interface StatsOptions extends CommonOptions {
  readonly limit?: number
  readonly by?: (typeof BY)[number]
  readonly csv?: boolean
  readonly watch?: string | boolean
}

const BY = ['state', 'reason', 'gateway', 'zone', 'district', 'operator-code', 'hour'] as const

const flags = (command: Command): Command =>
  command
    .addOption(new Option('--by <what>', 'count the messages by this').choices(BY))
    .option('--csv', 'print CSV that Excel opens')
    .option('--watch [seconds]', 'show it anew every 2 seconds, until the mailing is over')
    .option('--limit <n>', 'show at most so many rows (default: 50; with --json all)', parseLimit)
    .addHelpText('after', NOTES)

export const addStatsCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'stats',
    'show how mailings went: by state, by zone, how late',
    [
      'notify stats',
      'notify stats 12 --watch',
      'notify stats 12 --by district --csv',
      'notify stats "2026-11-21 10:00" --json',
    ],
    flags,
  )
    .argument('[mailing]', 'its number or its name (default: all mailings)')
    .action(async (mailing: string | undefined, options: StatsOptions) => {
      await withApp(cli, options, async (app) => {
        const { showStats } = await import('../actions/stats.ts')
        await showStats(cli, app, options, mailing)
      })
    })
}

const NOTES = `
Lateness is from the hour that was promised to the gateway's yes. By hour: the
planned hour, and what was really sent within it. While a mailing goes, the
forecast takes the rate of its gateway, or what the gateway did lately; other
active mailings at the same gateway stand in the line with it. By state and by
gateway is answered at once; by anything else every message is read.
`
