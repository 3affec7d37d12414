// notify report: how a day went, as text that can be mailed.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'

export interface ReportOptions extends CommonOptions {
  readonly daily?: boolean
  readonly date?: string
}

export const addReportCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'report',
    'tell how a day went, as text that can be mailed',
    [
      'notify report --daily',
      'notify report --daily --date yesterday',
      'notify report --daily | mail -s "notify, today" operator@example.com',
    ],
    (command) =>
      command
        .option('--daily', 'of one day; the only report so far')
        .option('--date <date>', 'today, yesterday or YYYY-MM-DD, by the clock of --tz', 'today'),
  ).action(async (options: ReportOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/report.ts')).report(cli, app, options))
  })
}
