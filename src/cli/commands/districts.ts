// notify districts: see their zones, give one a zone or another name.
import type { Command } from 'commander'
import { parseLimit } from '../actions/limit.ts'
import { addCommand, type Cli, type CommonOptions, withApp } from '../cli.ts'
import { jsonLines } from '../screen/json-lines.ts'
import { refuseUnknownWords } from '../usage-errors.ts'

export interface DistrictsOptions extends CommonOptions {
  readonly withoutZone?: boolean
  readonly limit?: number
}

export interface EditDistrictOptions extends CommonOptions {
  readonly zone?: string
  readonly name?: string
  readonly also: readonly string[]
  readonly reason?: string
  readonly dryRun?: boolean
}

export const addDistrictsCommands = (program: Command, cli: Cli): void => {
  const districts = listing(program, 'districts', 'list districts with their zones, change one', [
    'notify districts --without-zone',
    'notify districts edit "Амурская область" --zone Asia/Yakutsk',
  ])
  const list = async (options: DistrictsOptions): Promise<void> =>
    withApp(cli, options, async (app) => (await import('../actions/districts.ts')).listDistricts(cli, app, options))
  listing(districts, 'list', 'list districts: zone, recipients, other names', [
    'notify districts list',
    'notify districts list --without-zone --json',
  ]).action(list)
  addEdit(districts, cli)
  refuseUnknownWords(districts, () => list(districts.opts()))
}

const listing = (parent: Command, name: string, summary: string, examples: readonly string[]): Command =>
  addCommand(parent, name, summary, examples, (command) =>
    command
      .option('--without-zone', 'only those that have no zone yet')
      .option('--limit <n>', 'show at most so many (default: 50; with --json all)', parseLimit)
      .addOption(jsonLines()),
  )

const collect = (value: string, values: readonly string[]): readonly string[] => [...values, value]

const addEdit = (districts: Command, cli: Cli): void => {
  addCommand(
    districts,
    'edit <district>',
    'give a district a zone, a name, or another name beside it',
    [
      'notify districts edit "Амурская область" --zone Asia/Yakutsk',
      'notify districts edit 28 --name "Амурская область" --also Amur --dry-run',
    ],
    (command) =>
      command
        .option('--zone <zone>', 'such as Asia/Yakutsk or UTC+3')
        .option('--name <name>', 'what it is called from now on; the old name still finds it')
        .option('--also <name>', 'what it is also called, or its id in your books (repeatable)', collect, [])
        .option('--reason <text>', 'why, for the record')
        .option('-n, --dry-run', 'say what would change and change nothing'),
  ).action(async (district: string, options: EditDistrictOptions) => {
    await withApp(cli, options, async (app) =>
      (await import('../actions/districts.ts')).edit(cli, app, options, district),
    )
  })
}
