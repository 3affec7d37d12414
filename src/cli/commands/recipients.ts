// notify recipients: the address book, looked at and kept by hand.
import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseLimit } from '../actions/limit.ts'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'
import { jsonLines } from '../screen/json-lines.ts'
import { refuseUnknownWords } from '../usage-errors.ts'
import { type FilterOptions, filterFlags } from './recipient-flags.ts'
import { addTagCommands } from './recipients-tag.ts'
import { addRecipientsWriting } from './recipients-write.ts'

export interface RecipientsOptions extends FilterOptions {
  readonly limit?: number
  readonly after?: number
}

export const EXPORT_FORMATS = ['csv', 'excel-csv', 'xlsx', 'jsonl'] as const

export interface ExportOptions extends FilterOptions {
  readonly format?: (typeof EXPORT_FORMATS)[number]
  readonly force?: boolean
}

export const addRecipientsCommands = (program: Command, cli: Cli): void => {
  const recipients = listing(program, 'recipients', 'list, look at and keep the people of the address book', [
    'notify recipients',
    'notify recipients --tag vip',
    'notify recipients unsubscribe "8 916 123-45-67"',
  ])
  const list = async (options: RecipientsOptions): Promise<void> =>
    withApp(cli, options, async (app) => (await import('../actions/recipients.ts')).list(cli, app, options))
  listing(recipients, 'list', 'list recipients', [
    'notify recipients list --district "Амурская область" --not-tag vip',
    'notify recipients list --search ромашка',
    'notify recipients list --tag vip --json=lines',
  ]).action(list)
  addCommand(recipients, 'show <recipient>', 'show all that is known of one: fields, messages, what was done', [
    'notify recipients show 12',
    'notify recipients show "8 916 123-45-67" --json',
  ]).action(async (word: string, options: CommonOptions) => {
    await withApp(cli, options, async (app) => (await import('../actions/recipients.ts')).show(cli, app, options, word))
  })
  addRecipientsWriting(recipients, cli)
  addTagCommands(recipients, cli)
  addExport(recipients, cli)
  refuseUnknownWords(recipients, () => list(recipients.opts()))
}

const listing = (parent: Command, name: string, summary: string, examples: readonly string[]): Command =>
  addCommand(parent, name, summary, examples, (command) =>
    filterFlags(command)
      .option('--limit <n>', 'show at most so many (default: 50; with --json all)', parseLimit)
      .option('--after <id>', 'only those behind this number', parseNumber)
      .addOption(jsonLines()),
  )

const parseNumber = (raw: string): number => {
  if (/^\d{1,15}$/.test(raw)) return Number(raw)
  throw new InvalidArgumentError('Write the number of a recipient.')
}

const addExport = (recipients: Command, cli: Cli): void => {
  addCommand(
    recipients,
    'export <file>',
    'write recipients into a file, or - for standard output',
    [
      'notify recipients export book.csv',
      'notify recipients export vip.xlsx --tag vip',
      'notify recipients export - --format jsonl --not-tag vip',
    ],
    (command) =>
      filterFlags(command)
        .addOption(new Option('--format <format>', 'default: by the ending of the file').choices(EXPORT_FORMATS))
        .option('--force', 'replace a file that is there')
        .addHelpText('after', FORMATS),
  ).action(async (file: string, options: ExportOptions) => {
    await withApp(cli, options, async (app) =>
      (await import('../actions/export-recipients.ts')).exportRecipients(cli, app, options, file),
    )
  })
}

const FORMATS = `
csv and jsonl are exact: imported again, they change nothing. excel-csv and xlsx
are for spreadsheets; in excel-csv a cell that a spreadsheet would reckon with
has a ' before it.
`
