// notify import: recipients (by their everyday names too), and the table of time zones.
import { type Command, Option } from 'commander'
import { ON_CONFLICT, ON_SHARED_ADDRESS, type OnConflict, type OnSharedAddress } from '../../domain/on-conflict.ts'
import { addCommand, type Cli, type CommonOptions } from '../cli.ts'
import { refuseUnknownWords } from '../usage-errors.ts'
import { addImportTimezonesCommand } from './import-timezones.ts'
import { addImportUndoCommand } from './import-undo.ts'

export interface ImportRecipientsOptions extends CommonOptions {
  readonly encoding?: string
  readonly delimiter?: string
  readonly sheet?: string
  readonly table?: string
  readonly query?: string
  readonly map: readonly string[]
  readonly onConflict?: OnConflict
  readonly onSharedAddress?: OnSharedAddress
  readonly skipBad?: boolean
  readonly revive?: boolean
  readonly rejectFile?: string
  readonly force?: boolean
  readonly dryRun?: boolean
}

const collect = (value: string, values: readonly string[]): readonly string[] => [...values, value]

export const addImportCommands = (program: Command, cli: Cli): void => {
  const importCommand = program
    .command('import')
    .summary('take over recipients and time zones from files')
    .description('take over recipients and time zones from files')
    .addHelpText('after', '\nExamples:\n  $ notify import suppliers list.csv\n  $ notify import timezones --preset ru')
  addImportRecipientsCommand(importCommand, cli)
  addImportTimezonesCommand(importCommand, cli)
  addImportUndoCommand(importCommand, cli)
  refuseUnknownWords(importCommand, () => importCommand.outputHelp())
}

const flags = (command: Command): Command =>
  command
    .option('--encoding <name>', 'how the file is encoded (default: found by itself)')
    .option('--delimiter <char>', 'what stands between cells, or tab (default: found by itself)')
    .option('--sheet <name>', 'of a workbook: a sheet, by its name or number (default: the first with something in it)')
    .option('--table <name>', 'of an SQLite database: the table of suppliers (default: found by itself)')
    .option('--query <sql>', 'of an SQLite database: a select instead of a table')
    .option('--map <name=Header>', 'what a column is: a field, or the name of an attribute (repeatable)', collect, [])
    .addOption(
      new Option('--on-conflict <what>', 'where a row says something else about somebody known').choices(ON_CONFLICT),
    )
    .addOption(
      new Option('--on-shared-address <what>', 'where two people with ids of their own have one phone').choices(
        ON_SHARED_ADDRESS,
      ),
    )
    .option('--revive', 'take back people whom notify recipients remove removed (default: they stay out)')
    .option('--skip-bad', 'import the good rows although there are bad ones (still exit code 4)')
    .option('--reject-file <file>', 'write the bad rows here, each with its line and the reason')
    .option('--force', 'replace a reject file that is there')
    .option('-n, --dry-run', 'check all rows, say what would change and change nothing')
    .addHelpText('after', EXIT_CODES)

const addImportRecipientsCommand = (importCommand: Command, cli: Cli): void => {
  addCommand(
    importCommand,
    'recipients <file>',
    'take over recipients from a file (CSV, a workbook, SQLite, JSON lines), or - for standard input',
    [
      'notify import suppliers list.xlsx --sheet 2 --dry-run',
      'notify import clients list.csv --map phone="Тел. (моб.)" --map rank=Рейтинг',
      'notify import users - --skip-bad --reject-file rejected.csv < users.csv',
    ],
    flags,
  )
    .aliases(['suppliers', 'clients', 'users'])
    .action(async (file: string, options: ImportRecipientsOptions) => {
      const { runImport } = await import('../actions/import-recipients.ts')
      await runImport(cli, file, options)
    })
}

const EXIT_CODES = `
Exit codes: 0 all rows are imported; 2 the file or a flag is wrong;
  4 rows are bad (without --skip-bad nothing is imported).
`
