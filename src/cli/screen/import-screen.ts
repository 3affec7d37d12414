// What an import says when it is done: counts, what was rejected and why, what to do next.
import { EXIT, Fixable } from '../../domain/errors.ts'
import { nearestDistrict } from '../../domain/nearest-district.ts'
import { visible } from '../../domain/visible.ts'
import type { RecipientsImported } from '../../flow/import-recipients.ts'
import type { District } from '../../store/district-store.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { ImportRecipientsOptions } from '../commands/import.ts'
import { counted } from './format.ts'
import { hint } from './hint.ts'
import { inFlightSaid } from './in-flight.ts'
import { lookOf } from './look.ts'
import { mending, sharing } from './mending.ts'
import { passedOver } from './passed-over.ts'
import { rejectedByReason } from './rejected.ts'

export interface ImportedTable {
  /** As it was given. */
  readonly file: string
  /** As it is told. */
  readonly name: string
  readonly kind: string
  readonly encoding: string | null
  readonly delimiter: string | null
  /** The sheet or the table. */
  readonly table: string | null
}

/** Tells the outcome. Rejected rows make the exit code 4; fails with Fixable('input') when because of them nothing was taken. */
export const printImport = (
  cli: Cli,
  options: ImportRecipientsOptions,
  table: ImportedTable,
  imported: RecipientsImported,
  knownDistricts: readonly District[],
): void => {
  const { rejectedRows, taken } = imported
  if (rejectedRows > 0) cli.exit(EXIT.input)
  if (options.json !== undefined) {
    printJson(cli, documentOf(options, table, imported))
  } else if (taken) {
    tellTaken(cli, options, table, imported)
    if (options.quiet !== true) tellDistricts(cli, imported.districtsWithoutZone, knownDistricts)
    if (options.dryRun !== true) hint(cli, options, 'Next: notify schedule --at 10:00 --dry-run')
  } else {
    throw refusal(options, table, imported)
  }
}

const tellTaken = (
  cli: Cli,
  options: ImportRecipientsOptions,
  table: ImportedTable,
  imported: RecipientsImported,
): void => {
  const { rejectedRows } = imported
  if (options.quiet !== true) print(cli.out, summary(cli, options, table, imported))
  if (imported.removed > 0) print(cli.err, removedWords(imported.removed, options))
  if (rejectedRows > 0) tellRejected(cli, imported)
  if (options.quiet !== true) tellChanges(cli, options, imported)
}

const removedWords = (removed: number, { revive }: ImportRecipientsOptions): string => {
  if (revive === true) return `${removed} had been removed by you and ${removed === 1 ? 'is' : 'are'} taken back.`
  return removed === 1
    ? '1 was removed by you and stays out; --revive takes them back.'
    : `${removed} were removed by you and stay out; --revive takes them back.`
}

const tellRejected = (cli: Cli, { rejectedRows, conflicts, rejected }: RecipientsImported): void => {
  print(cli.err, `${counted(rejectedRows, 'row')} rejected: ${rejectedByReason(rejected, rejectedRows)}`)
  if (conflicts > 0)
    print(
      cli.err,
      conflicts === 1
        ? '1 of them is well formed: another row or another recipient speaks against it.'
        : `${conflicts} of them are well formed: another row or another recipient speaks against them.`,
    )
}

const documentOf = (
  options: ImportRecipientsOptions,
  { file, kind, encoding, delimiter, table }: ImportedTable,
  imported: RecipientsImported,
): object => ({
  file,
  kind,
  encoding,
  delimiter,
  table,
  dryRun: options.dryRun === true,
  rows: imported.rows,
  repeatedRows: imported.repeated,
  totals: imported.totals,
  added: imported.taken ? imported.added : 0,
  changed: imported.taken ? imported.changed : 0,
  unchanged: imported.taken ? imported.unchanged : 0,
  skipped: imported.taken ? imported.skipped : 0,
  unsubscribed: imported.unsubscribed,
  districtsWithoutZone: imported.districtsWithoutZone,
  rejectedRows: imported.rejectedRows,
  removed: imported.removed,
  conflicts: imported.conflicts,
  rejected: imported.rejected,
  inFlight: imported.inFlight,
  changes: imported.changes.map(({ line, recipientId, fields }) => ({ line, recipient: String(recipientId), fields })),
})

const refusal = (options: ImportRecipientsOptions, { name }: ImportedTable, imported: RecipientsImported): Fixable => {
  const { rows, rejectedRows, rejected } = imported
  const good = rows - rejectedRows - imported.repeated
  const outcome = options.dryRun === true ? 'would not be imported (dry run)' : 'is not imported'
  return new Fixable(
    'input',
    `${name} ${outcome}; ${rejectedRows} of ${counted(rows, 'row')} rejected: ${rejectedByReason(rejected, rejectedRows)}`,
    [...mending(good), ...sharing(options, imported)].join(' '),
  )
}

/** 'Imported 300 rows: 298 added, 0 changed, 2 unchanged. 7 of these recipients are unsubscribed and get nothing.' */
const summary = (
  cli: Cli,
  options: ImportRecipientsOptions,
  { name }: ImportedTable,
  imported: RecipientsImported,
): string => {
  const { rows, added, changed, unchanged, skipped, unsubscribed, rejectedRows, inFlight } = imported
  const { count } = lookOf(cli, options, cli.out)
  const done = options.dryRun === true ? `Dry run: nothing is written; ${name} has` : `Imported ${name}:`
  const counts = [
    `${count(added)} added`,
    `${count(changed)} changed`,
    `${count(unchanged)} unchanged${skipped > 0 ? ` (${count(skipped)} left as they are, although the rows say something else)` : ''}`,
    ...(rejectedRows > 0 ? [`${count(rejectedRows)} rejected`] : []),
  ]
  return [
    `${done} ${counted(rows, 'row', count)}: ${counts.join(', ')}.`,
    ...passedOver(imported, count),
    ...(unsubscribed > 0
      ? [
          unsubscribed === 1
            ? '1 of these recipients unsubscribed and gets nothing.'
            : `${count(unsubscribed)} of these recipients unsubscribed and get nothing.`,
        ]
      : []),
  ]
    .join(' ')
    .concat(inFlightSaid(inFlight, count))
}

const CHANGES_TOLD = 10

/** 'line 3, recipient 12: name "А" -> "Б"; zone nothing -> "Asia/Omsk"' */
const tellChanges = (cli: Cli, options: ImportRecipientsOptions, { changes, changed }: RecipientsImported): void => {
  const told = changes.slice(0, CHANGES_TOLD)
  for (const { line, recipientId, fields } of told) {
    const parts = Object.entries(fields).map(
      ([name, [before, after]]) => `${visible(name)} ${worded(before)} -> ${worded(after)}`,
    )
    print(cli.out, `  line ${line}, recipient ${recipientId}: ${parts.join('; ')}`)
  }
  if (changed <= told.length || told.length === 0) return
  const { count } = lookOf(cli, options, cli.out)
  print(cli.out, `  … ${count(changed - told.length)} more${changes.length > told.length ? ' (--json)' : ''}`)
}

const worded = (value: string | boolean | null): string => {
  if (value === null) return 'nothing'
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : `"${visible(value)}"`
}

const DISTRICTS_TOLD = 5

const tellDistricts = (cli: Cli, districts: readonly string[], known: readonly District[]): void => {
  if (districts.length === 0) return
  const told = districts.slice(0, DISTRICTS_TOLD).map((name) => `"${visible(name)}"`)
  const more = districts.length > DISTRICTS_TOLD ? ` and ${districts.length - DISTRICTS_TOLD} more` : ''
  print(cli.err, `${counted(districts.length, 'district')} without a zone yet: ${told.join(', ')}${more}.`)
  for (const name of districts.slice(0, DISTRICTS_TOLD)) {
    const near = nearestDistrict(name, known)
    if (near !== null) print(cli.err, `Did you mean "${visible(near)}" by "${visible(name)}"?`)
  }
  print(
    cli.err,
    `Give them zones: notify import timezones FILE (or --preset ru), or notify districts edit NAME --zone ZONE`,
  )
}
