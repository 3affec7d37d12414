// notify import timezones: districts and their zones, from a file or from a preset.
import { type Command, Option } from 'commander'
import { addCommand, type Cli, type CommonOptions } from '../cli.ts'

export interface ImportTimezonesOptions extends CommonOptions {
  readonly preset?: 'ru'
  readonly encoding?: string
  readonly delimiter?: string
  readonly sheet?: string
  readonly table?: string
  readonly query?: string
  readonly dryRun?: boolean
}

const flags = (command: Command): Command =>
  command
    .addOption(
      new Option('--preset <name>', 'a table that comes with notify: ru, all subjects of Russia').choices(['ru']),
    )
    .option('--encoding <name>', 'how the file is encoded (default: found by itself)')
    .option('--delimiter <char>', 'what stands between cells of a CSV file (default: found by itself)')
    .option('--sheet <name>', 'of a workbook: a sheet, by its name or number (default: the first with something in it)')
    .option('--table <name>', 'of an SQLite database: the table of districts (default: found by itself)')
    .option('--query <sql>', 'of an SQLite database: a select that gives names and zones')
    .option('-n, --dry-run', 'check the table, say what would change and change nothing')

export const addImportTimezonesCommand = (importCommand: Command, cli: Cli): void => {
  addCommand(
    importCommand,
    'timezones [file]',
    'tell which district lives by which time zone',
    [
      'notify import timezones --preset ru',
      'notify import timezones examples/timezones.csv',
      'notify import timezones zones.json --dry-run',
    ],
    flags,
  ).action(async (file: string | undefined, options: ImportTimezonesOptions) => {
    const { importTimezones } = await import('../actions/import-timezones.ts')
    await importTimezones(cli, file, options)
  })
}
