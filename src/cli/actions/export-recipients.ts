// What `notify recipients export` does: the address book, page by page, into a file or standard output.
import { extname, resolve } from 'node:path'
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import { visible } from '../../domain/visible.ts'
import { type OutputFile, openOutput } from '../../files/output-file.ts'
import type { Recipient } from '../../store/address-book-store.ts'
import { type Cli, print, printJson } from '../cli.ts'
import type { EXPORT_FORMATS, ExportOptions } from '../commands/recipients.ts'
import { csvWriter, excelCsvWriter, jsonLinesWriter, type TextWriter } from '../export/table-writers.ts'
import { workbookOf } from '../export/workbook.ts'
import { counted } from '../screen/format.ts'
import { hint } from '../screen/hint.ts'
import { lookOf } from '../screen/look.ts'
import { openProgress } from '../screen/progress.ts'
import { keyPages } from './key-pages.ts'
import { filterOf } from './recipient-filter.ts'

type Format = (typeof EXPORT_FORMATS)[number]

export const exportRecipients = async (cli: Cli, app: App, options: ExportOptions, file: string): Promise<void> => {
  const format = options.format ?? formatOf(file)
  const attributes = await app.store.attributeNames()
  if (file === '-') return exportToOutput(cli, app, options, format, attributes)
  const rules = { name: file, own: app.ownFiles, mayReplace: options.force === true }
  const output = await openOutput(resolve(cli.cwd, file), rules, cli.signal)
  try {
    const rows = await writeFile(cli, app, options, format, attributes, output)
    await output.finish()
    tell(cli, options, file, format, rows)
  } catch (error) {
    await output.discard()
    throw error
  }
}

const BY_ENDING: Readonly<Record<string, Format>> = { '.xlsx': 'xlsx', '.jsonl': 'jsonl', '.ndjson': 'jsonl' }

const formatOf = (file: string): Format => BY_ENDING[extname(file).toLowerCase()] ?? 'csv'

const WRITERS: Readonly<Record<Exclude<Format, 'xlsx'>, (attributes: readonly string[]) => TextWriter>> = {
  csv: csvWriter,
  'excel-csv': excelCsvWriter,
  jsonl: jsonLinesWriter,
}

const exportToOutput = async (
  cli: Cli,
  app: App,
  options: ExportOptions,
  format: Format,
  attributes: readonly string[],
): Promise<void> => {
  if (format === 'xlsx')
    throw new Fixable('usage', 'a workbook is no text: it cannot be written to standard output', 'Name a file.')
  const { head, textOf } = WRITERS[format](attributes)
  cli.out.write(head)
  for await (const page of pagesOf(cli, app, options)) cli.out.write(textOf(page))
}

/** Returns how many recipients were written. */
const writeFile = async (
  cli: Cli,
  app: App,
  options: ExportOptions,
  format: Format,
  attributes: readonly string[],
  output: OutputFile,
): Promise<number> => {
  const progress = openProgress(cli, options, 'recipients')
  let rows = 0
  const counting = async function* (): AsyncGenerator<readonly Recipient[]> {
    for await (const page of pagesOf({ clock: cli.clock, unread: NEVER, stop: cli.signal }, app, options)) {
      yield page
      rows += page.length
      progress.advance(rows)
    }
  }
  try {
    if (format === 'xlsx') await output.write(await workbookOf(attributes, counting()))
    else {
      const { head, textOf } = WRITERS[format](attributes)
      await output.write(head)
      for await (const page of counting()) await output.write(textOf(page))
    }
  } finally {
    progress.end()
  }
  return rows
}

/** A file is written to its end, whoever reads what is printed beside it. */
const NEVER = new AbortController().signal

const pagesOf = (
  ends: Parameters<typeof keyPages>[0],
  app: App,
  options: ExportOptions,
): AsyncGenerator<readonly Recipient[]> => {
  const filter = filterOf(options)
  return keyPages(
    ends,
    undefined,
    0,
    (after, limit) => app.store.listRecipients(filter, { after, limit }),
    ({ id }) => id,
    (recipient) => recipient,
  )
}

const tell = (cli: Cli, options: ExportOptions, file: string, format: Format, recipients: number): void => {
  if (options.json !== undefined) return printJson(cli, { file, format, recipients })
  if (options.quiet === true) return
  print(
    cli.out,
    `Wrote ${counted(recipients, 'recipient', lookOf(cli, options, cli.out).count)} into ${visible(file)}.`,
  )
  if (format !== 'excel-csv' && format !== 'xlsx')
    hint(cli, options, `Again into a book: notify import suppliers ${visible(file)}`)
}
