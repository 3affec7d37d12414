// What `notify import timezones` does: a file or a preset -> districts with zones, or every reason why not.
import type { RawDistrict } from '../../domain/district.ts'
import { EXIT, Fixable } from '../../domain/errors.ts'
import { importTimezones as saveTimezones, type TimezonesImported } from '../../flow/import-timezones.ts'
import { type Cli, print, printJson, withApp } from '../cli.ts'
import type { ImportTimezonesOptions } from '../commands/import-timezones.ts'
import { openInput } from '../input/file.ts'
import { readTimezones } from '../input/timezones.ts'
import { counted } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { type Look, lookOf } from '../screen/look.ts'
import { rejectedByReason } from '../screen/rejected.ts'
import { tellAddressBook } from './tell-address-book.ts'

export const importTimezones = async (
  cli: Cli,
  file: string | undefined,
  options: ImportTimezonesOptions,
): Promise<void> => {
  const table = await readTable(cli, file, options)
  await withApp(cli, options, async (app) => {
    tellAddressBook(cli, app, options)
    const imported = await saveTimezones(app, table.rows, { dryRun: options.dryRun === true })
    tell(cli, options, table, imported)
  })
}

interface Table {
  /** As it was given. */
  readonly file: string
  /** As it is told. */
  readonly name: string
  readonly rows: readonly RawDistrict[]
  /** What the table cannot say in one zone for a district. */
  readonly notes: readonly string[]
}

const readTable = async (cli: Cli, file: string | undefined, options: ImportTimezonesOptions): Promise<Table> => {
  if ((file === undefined) === (options.preset === undefined)) {
    throw new Fixable(
      'usage',
      'a table of zones is either a FILE or --preset ru',
      'Try notify import timezones --preset ru',
    )
  }
  if (file === undefined) return russianPreset()
  const input = await openInput(cli, file)
  const { format, rows } = await readTimezones(input, options)
  if (rows.length === 0) {
    throw new Fixable('input', `${input.name} names no district`, 'Each row tells one district and its zone.')
  }
  if (options.quiet !== true && options.json === undefined) print(cli.err, `${input.name}: ${format}`)
  return { file, name: input.name, rows, notes: [] }
}

const russianPreset = async (): Promise<Table> => {
  const { RU_DISTRICTS } = await import('../../domain/presets/ru.ts')
  return {
    file: 'preset ru',
    name: 'the preset ru',
    rows: RU_DISTRICTS.map(({ name, zone, otherNames }, i) => ({ line: i + 1, name, zone, otherNames })),
    notes: RU_DISTRICTS.flatMap(({ name, note }) => (note === null ? [] : [`${name}: ${note}`])),
  }
}

const tell = (cli: Cli, options: ImportTimezonesOptions, table: Table, imported: TimezonesImported): void => {
  const { rejected } = imported
  if (options.json !== undefined) {
    printJson(cli, { file: table.file, ...imported })
    if (rejected.length > 0) cli.exit(EXIT.input)
    return
  }
  if (rejected.length > 0) throw refusal(table, imported)
  if (options.quiet === true) return
  print(cli.out, summary(imported, options.dryRun === true, lookOf(cli, options, cli.out)))
  if (imported.added + imported.changed > 0) for (const note of table.notes) print(cli.err, `Note: ${note}`)
  const movesSomebody = imported.recipientsMoved > 0 && options.dryRun !== true // what waits for them keeps the zone it was planned with
  hint(cli, options, movesSomebody ? 'Next: notify mailings replan' : 'Next: notify schedule --at 10:00 --dry-run')
}

/** 'Dry run: 89 districts: 89 added. 204 recipients get another zone.' */
const summary = (imported: TimezonesImported, dryRun: boolean, look: Look): string => {
  const { rows, added, changed, unchanged, recipientsMoved } = imported
  const parts = [
    ...(added > 0 ? [`${look.count(added)} added`] : []),
    ...(changed > 0 ? [`${look.count(changed)} changed`] : []),
    ...(unchanged > 0 ? [`${look.count(unchanged)} unchanged`] : []),
  ]
  const districts = `${counted(rows, 'district', look.count)}: ${parts.join(', ') || 'nothing to do'}.`
  const moved = `${counted(recipientsMoved, 'recipient', look.count)} ${recipientsMoved === 1 ? 'gets' : 'get'} another zone.`
  return `${dryRun ? 'Dry run: ' : ''}${districts} ${added + changed > 0 ? moved : 'Nothing changes.'}`
}

const refusal = ({ name }: Table, { rows, rejected }: TimezonesImported): Fixable =>
  new Fixable(
    'input',
    `${name} is not imported; ${rejected.length} of ${counted(rows, 'row')} rejected: ${rejectedByReason(rejected)}`,
    'Correct these rows and import the table again.',
  )
