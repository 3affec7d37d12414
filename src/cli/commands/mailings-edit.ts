// notify mailings edit and replan: what waits of a mailing follows another text, time or audience, or zones that changed.
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

export interface ReplanOptions extends CommonOptions {
  readonly reason?: string
  readonly dryRun?: boolean
  readonly yes?: boolean
}

export const addReplanCommand = (mailings: Command, cli: Cli): void => {
  addCommand(
    mailings,
    'replan [mailing]',
    'move what waits to the zones that recipients have by now',
    ['notify mailings replan --dry-run', 'notify mailings replan', 'notify mailings replan 12 --yes --json'],
    (command) =>
      command
        .option('--reason <text>', 'why, for the record')
        .option('-n, --dry-run', 'show what would move and change nothing')
        .option('-y, --yes', 'do it without a question')
        .addHelpText('after', NOTES_ON_REPLAN),
  ).action(async (mailing: string | undefined, options: ReplanOptions) => {
    await withApp(cli, options, async (app) =>
      (await import('../actions/replan.ts')).replan(cli, app, options, mailing),
    )
  })
}

const NOTES_ON_REPLAN = `
A message keeps the zone that it was planned with. When recipients or districts
have another zone since, or the rules of a zone have changed, this moves what
nobody has taken yet: of one mailing, or of all that are proposed, active or
paused. What is past by now leaves at once while the mailing is open there. It
asks first; where nobody can be asked, --yes is needed.
`

const NOTES = `
Only messages that nobody has taken yet change; what was sent or tried stays.
A filter that is given replaces the old one of its kind; the others stay.
It asks first; where nobody can be asked, --yes is needed.
Interrupted, an edit is finished by the next command: never a half is sent.
`
