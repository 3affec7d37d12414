// notify mailings: list them, look at one, pause, resume, cancel, approve.
import { type Command, Option } from 'commander'
import { MAILING_STATES } from '../../domain/mailing.ts'
import { parseLimit } from '../actions/limit.ts'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'
import { jsonLines } from '../screen/json-lines.ts'
import { refuseUnknownWords } from '../usage-errors.ts'
import { addCloneCommand } from './clone.ts'
import { addEditCommand, addReplanCommand } from './mailings-edit.ts'

export interface MailingsOptions extends CommonOptions {
  readonly state?: (typeof MAILING_STATES)[number]
  readonly limit?: number
}

export interface SteerOptions extends CommonOptions {
  readonly reason?: string
  readonly dryRun?: boolean
  readonly yes?: boolean
}

export const addMailingsCommands = (program: Command, cli: Cli): void => {
  const mailings = listing(program, 'mailings', 'list mailings, pause, resume, cancel, clone or approve one', [
    'notify mailings',
    'notify mailings pause 12 --reason "wrong price"',
  ])
  const list = async (options: MailingsOptions): Promise<void> =>
    withApp(cli, options, async (app) => {
      const { listMailings } = await import('../actions/mailings.ts')
      await listMailings(cli, app, options)
    })
  listing(mailings, 'list', 'list mailings, newest first', [
    'notify mailings list --state active',
    'notify mailings list --json',
  ]).action(list)
  addShow(mailings, cli)
  addPauseAndResume(mailings, cli)
  addCancel(mailings, cli)
  addEditCommand(mailings, cli)
  addReplanCommand(mailings, cli)
  addCloneCommand(mailings, cli)
  addApprove(mailings, cli)
  refuseUnknownWords(mailings, () => list(mailings.opts()))
}

const listing = (parent: Command, name: string, summary: string, examples: readonly string[]): Command =>
  addCommand(parent, name, summary, examples, (command) =>
    command
      .addOption(new Option('--state <state>', 'only those in this state').choices(MAILING_STATES))
      .option('--limit <n>', 'show at most so many (default: 50; with --json all)', parseLimit)
      .addOption(jsonLines()),
  )

const addShow = (mailings: Command, cli: Cli): void => {
  addCommand(mailings, 'show <mailing>', 'show what a mailing says, to whom and when', [
    'notify mailings show 12',
    'notify mailings show "2026-11-21 10:00" --json',
  ]).action(async (mailing: string, options: CommonOptions) => {
    await withApp(cli, options, async (app) => {
      const { showMailing } = await import('../actions/mailings.ts')
      await showMailing(cli, app, options, mailing)
    })
  })
}

const reason = (command: Command): Command => command.option('--reason <text>', 'why, for the record')

const addPauseAndResume = (mailings: Command, cli: Cli): void => {
  addCommand(
    mailings,
    'pause <mailing>',
    'hold a mailing: nothing more leaves until it is resumed',
    ['notify mailings pause 12', 'notify mailings pause 12 --reason "wrong price"'],
    reason,
  ).action(async (mailing: string, options: SteerOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/steer.ts')).pause(cli, app, options, mailing))
  })
  addCommand(
    mailings,
    'resume <mailing>',
    'let a paused mailing go on',
    ['notify mailings resume 12', 'notify mailings resume 12 --reason "price mended"'],
    reason,
  ).action(async (mailing: string, options: SteerOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/steer.ts')).resume(cli, app, options, mailing))
  })
}

const addCancel = (mailings: Command, cli: Cli): void => {
  addCommand(
    mailings,
    'cancel <mailing>',
    'end a mailing for ever: what has not left is never sent',
    [
      'notify mailings cancel 12',
      'notify mailings cancel 12 --yes --reason "wrong list"',
      'notify mailings cancel 12 --dry-run',
    ],
    (command) =>
      reason(command)
        .option('-n, --dry-run', 'say what would be cancelled and change nothing')
        .option('-y, --yes', 'do it without a question'),
  ).action(async (mailing: string, options: SteerOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/steer.ts')).cancel(cli, app, options, mailing))
  })
}

const addApprove = (mailings: Command, cli: Cli): void => {
  addCommand(
    mailings,
    'approve <mailing>',
    'let a mailing go that another person has scheduled',
    ['notify mailings approve 12', 'notify mailings approve 12 --yes --reason "read it twice"'],
    (command) =>
      reason(command).option('-y, --yes', 'do it without a question').addHelpText('after', NOTES_ON_APPROVAL),
  ).action(async (mailing: string, options: SteerOptions) => {
    await withApp(cli, options, async (app) => {
      const { approve } = await import('../actions/approve.ts')
      await approve(cli, app, options, mailing)
    })
  })
}

const NOTES_ON_APPROVAL = `
With approval = true in notify.toml every mailing waits in state proposed until
a second person approves it. Who is who is told by the names of the accounts
(SUDO_USER, USER): that guards against slips, not against malice.
`
