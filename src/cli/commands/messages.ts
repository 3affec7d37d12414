// notify messages list: the rows of a mailing, or of all.
import { type Command, Option } from 'commander'
import { MESSAGE_STATES } from '../../domain/message.ts'
import { parseLimit } from '../actions/limit.ts'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'
import { jsonLines } from '../screen/json-lines.ts'
import { refuseUnknownWords } from '../usage-errors.ts'
import { addMessageActs } from './messages-acts.ts'

export interface MessagesOptions extends CommonOptions {
  readonly state?: (typeof MESSAGE_STATES)[number]
  readonly error?: string
  readonly recipient?: string
  readonly limit?: number
}

const flags = (command: Command): Command =>
  command
    .addOption(new Option('--state <state>', 'only those in this state').choices(MESSAGE_STATES))
    .option('--error <text>', 'only those whose reason contains this, in any case')
    .option('--recipient <recipient>', 'only those of this one: number, external id, phone or e-mail')
    .option('--limit <n>', 'show at most so many (default: 50; with --json all)', parseLimit)
    .addOption(jsonLines())

export const addMessagesCommands = (program: Command, cli: Cli): void => {
  const messages = program
    .command('messages')
    .summary('list messages; show, cancel or send one now')
    .description('list messages; show, cancel or send one now')
    .addHelpText(
      'after',
      '\nExamples:\n  $ notify messages list 12\n  $ notify messages list --error "no such number"\n',
    )
  addCommand(
    messages,
    'list [mailing]',
    'list the messages of a mailing, or of all',
    [
      'notify messages list 12',
      'notify messages list 12 --state failed',
      'notify messages list --error "no such number"',
      'notify messages list 12 --json=lines',
    ],
    flags,
  ).action(async (mailing: string | undefined, options: MessagesOptions) => {
    await withApp(cli, options, async (app) => {
      const { listMessages } = await import('../actions/messages.ts')
      await listMessages(cli, app, options, mailing)
    })
  })
  addMessageActs(messages, cli)
  refuseUnknownWords(messages, () => messages.outputHelp())
}
