// notify mailings edit: what waits of a mailing follows another text, time or audience.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'
import { type AudienceOptions, audienceFlags } from './audience-flags.ts'

export interface EditOptions extends CommonOptions, AudienceOptions {
  readonly text?: string
  readonly at?: string
  readonly on?: string
  readonly until?: string
  readonly expires?: string
  readonly name?: string
  readonly everybody?: boolean
  readonly ifPast: string
  readonly reason?: string
  readonly dryRun?: boolean
  readonly yes?: boolean
}

const flags = (command: Command): Command =>
  audienceFlags(
    command
      .option('--text <text>', 'another text; what was tried with the old one keeps it')
      .option('--at <HH:MM>', "another hour on the recipient's own clock")
      .option('--on <date>', 'another day: tomorrow, today or YYYY-MM-DD')
      .option('--until <HH:MM>', 'another closing hour on their clock')
      .option('--expires <when>', 'give up then: 3d, 12h after the last planned send, or an instant')
      .option('--name <name>', 'call it otherwise'),
  )
    .option('--everybody', 'clear all filters first')
    .option('--if-past <what>', 'where the new hour is already past: now, next-day, skip or fail', 'now')
    .option('--reason <text>', 'why, for the record')
    .option('-n, --dry-run', 'show what would change and change nothing')
    .option('-y, --yes', 'do it without a question')
    .addHelpText('after', NOTES)

export const addEditCommand = (mailings: Command, cli: Cli): void => {
  addCommand(
    mailings,
    'edit <mailing>',
    'change the text, the time or the audience of what waits',
    [
      'notify mailings edit 12 --at 11:30',
      'notify mailings edit 12 --text "Good morning, {{ name }}! We open at nine."',
      'notify mailings edit 12 --not-tag test --dry-run',
      'notify mailings edit 12 --everybody --on today --if-past next-day --yes',
    ],
    flags,
  ).action(async (mailing: string, options: EditOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/edit.ts')).edit(cli, app, options, mailing))
  })
}

const NOTES = `
Only messages that nobody has taken yet change; what was sent or tried stays.
A filter that is given replaces the old one of its kind; the others stay.
Interrupted, an edit is finished by the next command: never a half is sent.
`
