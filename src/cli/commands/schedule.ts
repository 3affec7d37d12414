// notify schedule: the main line. Prints the plan per zone; can be tried with --dry-run, is undone by mailings cancel.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'
import { type AudienceOptions, audienceFlags } from './audience-flags.ts'

export interface ScheduleOptions extends CommonOptions, AudienceOptions {
  readonly at: string
  readonly on?: string
  readonly text?: string
  readonly gateway?: string
  readonly name?: string
  readonly ifPast: string
  readonly ifNoZone: string
  readonly until?: string
  readonly expires?: string
  readonly pace?: string
  readonly follow?: boolean
  readonly dryRun?: boolean
  readonly yes?: boolean
}

const flags = (command: Command): Command =>
  audienceFlags(saying(command))
    .option('--if-past <what>', 'where the hour is already past: fail, now, next-day or skip', 'fail')
    .option('--if-no-zone <what>', 'for recipients without a zone: fail, skip or a zone name', 'fail')
    .option('--until <HH:MM>', 'the closing hour on their clock (default: 21:00, or an hour after a late --at)')
    .option('--expires <when>', 'when to give up: 3d, 12h or an instant (default: 3d after the last planned send)')
    .option('--follow', 'recipients that join later get it too, until the day is over')
    .option('--pace <rate>', 'write the rows no faster than this, such as 5000/s')
    .option('-n, --dry-run', 'show the plan and write nothing')
    .option('-y, --yes', 'a day more than a year ahead is meant so')

const saying = (command: Command): Command =>
  command
    .requiredOption('--at <HH:MM>', "the hour on the recipient's own clock")
    .option('--on <date>', 'tomorrow, today or YYYY-MM-DD (default: tomorrow)')
    .option('--text <text>', 'what to send; {{ name }} and other columns are filled in (default: defaults.text)')
    .option('--gateway <name>', 'the way out (default: defaults.gateway)')
    .option('--name <name>', 'how to call the mailing (default: its date and hour)')

export const addScheduleCommand = (program: Command, cli: Cli): void => {
  addCommand(
    program,
    'schedule',
    'send a text to everybody at this hour of their own time',
    [
      'notify schedule --at 10:00',
      'notify schedule --at 10:00 --on 2026-11-21 --text "Good morning, {{ name }}!"',
      'notify schedule --at 9:30 --tag vip --not-tag test --operator-code 916 --dry-run',
      'notify schedule --at 10:00 --on today --if-past next-day --pace 5000/s',
    ],
    flags,
  ).action(async (options: ScheduleOptions) => {
    await withApp(cli, options, async (app) => {
      const { schedule } = await import('../actions/schedule.ts')
      await schedule(cli, app, options)
    })
  })
}
