// What `notify import suppliers FILE` does: the file -> its columns -> the flow -> the screen.
import { resolve } from 'node:path'
import type { App } from '../../app.ts'
import type { Column } from '../../domain/recipient.ts'
import { importRecipients, type RecipientsImported } from '../../flow/import-recipients.ts'
import type { RawTable } from '../../flow/raw-table.ts'
import { type Cli, print, withApp } from '../cli.ts'
import type { ImportRecipientsOptions } from '../commands/import.ts'
import { describeColumns, parseMapping, planColumns } from '../input/columns.ts'
import { type InputFile, openInput } from '../input/file.ts'
import { openRejectFile, type RejectFile } from '../input/reject-file.ts'
import { type InputTable, openTable } from '../input/table.ts'
import { withoutTwins } from '../input/twins.ts'
import { counted } from '../screen/format.ts'
import { printImport } from '../screen/import-screen.ts'
import { openProgress } from '../screen/progress.ts'
import { operatorAct } from './operator-act.ts'
import { keepHeapSmall } from './small-heap.ts'
import { tellAddressBook } from './tell-address-book.ts'

export const runImport = async (cli: Cli, file: string, options: ImportRecipientsOptions): Promise<void> => {
  keepHeapSmall()
  const mappings = options.map.map(parseMapping)
  const input = await openInput(cli, file)
  const table = await openTable(input, {
    ...options,
    wants: 'recipients',
    mappings,
  })
  try {
    const columns = planColumns(table.header, mappings, input.name)
    await withApp(cli, options, async (app) => {
      tellAddressBook(cli, app, options)
      tellDetected(cli, options, input, table, columns)
      const raw = { columns, records: withoutTwins(table.records, table.header, mappings, input.name) }
      const imported = await withRejectFile(cli, app, options, input, table, (rejects) =>
        importTable(cli, app, options, raw, input, rejects),
      )
      const isOneOpen = imported.districtsWithoutZone.length > 0
      const known = isOneOpen ? (await app.store.listDistricts()).filter(({ zone }) => zone !== null) : []
      printImport(cli, options, { file, name: input.name, ...table }, imported, known)
    })
  } finally {
    await table.close()
  }
}

const tellDetected = (
  cli: Cli,
  options: ImportRecipientsOptions,
  { name }: InputFile,
  { form, header }: InputTable,
  columns: readonly Column[],
): void => {
  if (options.quiet === true || options.json !== undefined) return
  print(cli.err, `${name}: ${form}, ${counted(header.length, 'column')}`)
  print(cli.err, describeColumns(header, columns))
}

/** Whatever happens, no half-written reject file is left. */
const withRejectFile = async <T>(
  cli: Cli,
  app: App,
  { rejectFile: name, force = false }: ImportRecipientsOptions,
  input: InputFile,
  table: InputTable,
  body: (rejects: RejectFile | null) => Promise<T>,
): Promise<T> => {
  if (name === undefined) return body(null)
  const place = { name, path: resolve(cli.cwd, name), own: app.ownFiles, mayReplace: force }
  const rejects = await openRejectFile(place, input, table, cli.signal)
  try {
    const result = await body(rejects)
    await rejects.finish()
    return result
  } catch (error) {
    await rejects.discard()
    throw error
  }
}

const importTable = async (
  cli: Cli,
  app: App,
  options: ImportRecipientsOptions,
  table: RawTable,
  input: InputFile,
  rejects: RejectFile | null,
): Promise<RecipientsImported> => {
  let progress = openProgress(cli, options, 'rows read')
  let isSaving = false
  const startSaving = (): void => {
    progress.end()
    progress = openProgress(cli, options, 'rows saved')
    isSaving = true
  }
  const { skipBad = false, dryRun = false, revive = false, onConflict, onSharedAddress: onSharedPhone } = options
  const note = { file: input.path ?? 'standard input', who: operatorAct(cli, undefined).who }
  const order = { country: app.config.country, skipBad, dryRun, revive, onConflict, onSharedPhone, note }
  try {
    return await importRecipients(app, table, order, cli.signal, {
      onRead: (rows) => progress.advance(rows, input.size === null ? undefined : input.bytesRead() / input.size),
      onSaved: (rows, of) => {
        if (!isSaving) startSaving()
        progress.advance(rows, rows / of)
      },
      onRejected: rejects?.write ?? null,
      onChecked: async () => rejects?.complete(),
    })
  } finally {
    progress.end()
  }
}
