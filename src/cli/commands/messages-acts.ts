// notify messages show | cancel | send-now: one message.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'

export interface MessageActOptions extends CommonOptions {
  readonly reason?: string
  readonly dryRun?: boolean
  readonly yes?: boolean
}

const actFlags = (command: Command): Command =>
  command
    .option('--reason <text>', 'why, for the record')
    .option('-n, --dry-run', 'show what would change and change nothing')
    .option('-y, --yes', 'do it without a question')

export const addMessageActs = (messages: Command, cli: Cli): void => {
  addCommand(messages, 'show <message>', 'show all that is known of one message', [
    'notify messages show 345',
    'notify messages show 345 --json',
  ]).action(async (message: string, options: CommonOptions) => {
    await withApp(cli, options, async (app) => {
      const { showMessage } = await import('../actions/message-acts.ts')
      await showMessage(cli, app, options, message)
    })
  })
  addCommand(
    messages,
    'cancel <message>',
    'end one message: it is never sent',
    ['notify messages cancel 345', 'notify messages cancel 345 --yes --reason "they have closed"'],
    actFlags,
  ).action(async (message: string, options: MessageActOptions) => {
    await withApp(cli, options, async (app) => {
      const { cancel } = await import('../actions/message-acts.ts')
      await cancel(cli, app, options, message)
    })
  })
  addCommand(
    messages,
    'send-now <message>',
    'send one message at once, whatever the hour is there',
    ['notify messages send-now 345', 'notify messages send-now 345 --yes --reason "they asked for it"'],
    actFlags,
  ).action(async (message: string, options: MessageActOptions) => {
    await withApp(cli, options, async (app) => {
      const { sendNow } = await import('../actions/message-acts.ts')
      await sendNow(cli, app, options, message)
    })
  })
}
