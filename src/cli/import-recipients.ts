// What `notify import suppliers FILE` does: the file -> its columns -> the flow -> the screen.
import { type App } from '../app.ts'
import { EXIT } from '../domain/errors.ts'
import { importRecipients, type RecipientsImported } from '../flow/import-recipients.ts'
import { type Cli, print, withApp } from './cli.ts'
import type { ImportRecipientsOptions } from './commands/import.ts'
import { printImport } from './import-screen.ts'
import { describeColumns, parseMapping, planColumns } from './input/columns.ts'
import { type CsvTable, openCsv } from './input/csv.ts'
import { type InputFile, openInput } from './input/file.ts'
import { openRejectFile, type RejectFile } from './input/reject-file.ts'
import { openProgress } from './progress.ts'

export const runImport = async (cli: Cli, file: string, options: ImportRecipientsOptions): Promise<void> => {
  const mappings = options.map.map(parseMapping)
  const input = await openInput(cli, file)
  void mappings
  void input
}
