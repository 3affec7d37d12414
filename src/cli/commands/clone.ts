// notify mailings clone: a new mailing like an old one.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'
import { type AudienceOptions, audienceFlags } from './audience-flags.ts'
import type { ScheduleOptions } from './schedule.ts'

/** What is not given is as the old one has it. */
export type CloneOptions = CommonOptions & AudienceOptions & Partial<ScheduleOptions>

const flags = (command: Command): Command =>
  audienceFlags(
    command
      .option('--at <HH:MM>', "the hour on the recipient's own clock (default: the same)")
      .option('--on <date>', 'tomorrow, today or YYYY-MM-DD (default: tomorrow)')
      .option('--text <text>', 'what to send (default: the same)')
      .option('--gateway <name>', 'the way out (default: the same)')
      .option('--name <name>', 'how to call the mailing (default: its date and hour)'),
  )
    .option('--if-past <what>', 'where the hour is already past: fail, now, next-day or skip (default: the same)')
    .option('--if-no-zone <what>', 'for recipients without a zone: fail, skip or a zone name (default: the same)')
    .option('--until <HH:MM>', 'the closing hour on their clock (default: the same)')
    .option('--expires <when>', 'when to give up: 3d, 12h or an instant (default: as long after its last send)')
    .option('--follow', 'recipients that join later get it too, until the day is over (default: the same)')
    .option('--no-follow', 'they do not')
    .option('--pace <rate>', 'write the rows no faster than this, such as 5000/s')
    .option('-n, --dry-run', 'show the plan and write nothing')
    .option('-y, --yes', 'a day more than a year ahead is meant so')
    .addHelpText('after', NOTES)

export const addCloneCommand = (mailings: Command, cli: Cli): void => {
  addCommand(
    mailings,
    'clone <mailing>',
    'schedule a new mailing like this one: text, audience, hours and terms',
    [
      'notify mailings clone 12',
      'notify mailings clone 12 --on 2026-11-28 --text "Last day, {{ name }}!"',
      'notify mailings clone 12 --never-reached --dry-run',
    ],
    flags,
  ).action(async (mailing: string, options: CloneOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/clone.ts')).clone(cli, app, options, mailing))
  })
}

const NOTES = `
A filter that is given replaces the old one of its kind; the others stay.
`
