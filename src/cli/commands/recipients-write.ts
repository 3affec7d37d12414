// notify recipients add, edit, remove, unsubscribe, resubscribe.
import type { Command } from 'commander'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'
import { type ClearWord, clearFlag, type FieldOptions, fieldFlags } from './recipient-flags.ts'

export interface EditOptions extends FieldOptions {
  readonly clear: readonly ClearWord[]
}

export interface RemoveOptions extends CommonOptions {
  readonly reason?: string
  readonly yes?: boolean
  readonly dryRun?: boolean
}

export interface ConsentOptions extends CommonOptions {
  readonly reason?: string
  readonly byAdmin?: boolean
}

export const addRecipientsWriting = (recipients: Command, cli: Cli): void => {
  addAdd(recipients, cli)
  addEdit(recipients, cli)
  addRemove(recipients, cli)
  addConsent(recipients, cli)
}

const addAdd = (recipients: Command, cli: Cli): void => {
  addCommand(
    recipients,
    'add',
    'add one recipient, by the rules of an import',
    [
      'notify recipients add --phone "8 914 123-45-67" --name Anna --zone Asia/Yakutsk',
      'notify recipients add --email anna@example.com --district "Амурская обл." --tag vip',
    ],
    fieldFlags,
  ).action(async (options: FieldOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/keep-recipient.ts')).add(cli, app, options))
  })
}

const addEdit = (recipients: Command, cli: Cli): void => {
  addCommand(
    recipients,
    'edit <recipient>',
    'change some fields of one recipient; the others stay',
    [
      'notify recipients edit 12 --phone "8 914 765-43-21"',
      'notify recipients edit anna@example.com --clear zone --district Амурская --dry-run',
    ],
    (command) =>
      fieldFlags(command).addOption(clearFlag()).option('-n, --dry-run', 'show the difference and change nothing'),
  ).action(async (word: string, options: EditOptions) => {
    await withApp(cli, options, async (app) =>
      (await import('../actions/keep-recipient.ts')).edit(cli, app, options, word),
    )
  })
}

const addRemove = (recipients: Command, cli: Cli): void => {
  addCommand(
    recipients,
    'remove <recipient>',
    'forget a person: fields, addresses and texts are erased for ever',
    ['notify recipients remove 12', 'notify recipients remove 12 --yes --reason "asked for it"'],
    (command) =>
      command
        .option('--reason <text>', 'why, for the record')
        .option('-n, --dry-run', 'say what would be erased and change nothing')
        .option('-y, --yes', 'do it without a question'),
  ).action(async (word: string, options: RemoveOptions) => {
    await withApp(cli, options, async (app) =>
      (await import('../actions/remove-recipient.ts')).remove(cli, app, options, word),
    )
  })
}

const addConsent = (recipients: Command, cli: Cli): void => {
  addCommand(
    recipients,
    'unsubscribe <recipient>',
    'write nothing more to one recipient, whatever is scheduled',
    [
      'notify recipients unsubscribe "8 916 123-45-67"',
      'notify recipients unsubscribe 12 --by-admin --reason "no debtors"',
    ],
    (command) =>
      command
        .option('--by-admin', "an administrator's decision, not their own word")
        .option('--reason <text>', 'why, for the record'),
  ).action(async (word: string, options: ConsentOptions) => {
    await withApp(cli, options, async (app) =>
      (await import('../actions/consent.ts')).unsubscribeOne(cli, app, options, word),
    )
  })
  addCommand(
    recipients,
    'resubscribe <recipient>',
    'write to one recipient again, whoever had unsubscribed them',
    ['notify recipients resubscribe 12', 'notify recipients resubscribe anna@example.com --reason "called us"'],
    (command) => command.option('--reason <text>', 'why, for the record'),
  ).action(async (word: string, options: ConsentOptions) => {
    await withApp(cli, options, async (app) =>
      (await import('../actions/consent.ts')).resubscribeOne(cli, app, options, word),
    )
  })
}
