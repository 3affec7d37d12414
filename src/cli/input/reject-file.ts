// Rejected records as a file: each with its line and the reason; mended, it can be imported again.
import { stringify } from 'csv-stringify/sync'
import { type OutputFile, openOutput } from '../../files/output-file.ts'
import type { OwnFile } from '../../files/own-files.ts'
import type { RejectedRecipient } from '../../store/recipient-store.ts'
import type { InputFile } from './file.ts'
import { REJECT_COLUMNS } from './header-names.ts'
import type { InputTable } from './table.ts'

export interface RejectFile extends Omit<OutputFile, 'write'> {
  write(record: RejectedRecipient): Promise<void>
}

export interface RejectPlace {
  /** As it was written, and absolute. */
  readonly name: string
  readonly path: string
  readonly own: readonly OwnFile[]
  readonly mayReplace: boolean
}

/** CSV in UTF-8 with a byte order mark and the delimiter of the table, `;` where that has none. */
export const openRejectFile = async (
  { path, name, own, mayReplace }: RejectPlace,
  input: InputFile,
  table: InputTable,
  stop: AbortSignal,
): Promise<RejectFile> => {
  const output = await openOutput(path, { name, own: [...own, ...imported(input)], mayReplace }, stop)
  let text = '\uFEFF'
  const add = (cells: readonly string[]): void => {
    text += stringify([[...cells]], { delimiter: table.delimiter ?? ';' })
  }
  const flush = async (): Promise<void> => {
    if (text !== '') await output.write(text)
    text = ''
  }
  add([...REJECT_COLUMNS, ...table.header])
  return {
    write: async ({ line, reason, cells }) => {
      add([String(line), reason, ...(cells ?? [])])
      if (text.length > BUFFERED) await flush()
    },
    complete: async () => {
      await flush()
      await output.complete()
    },
    finish: output.finish,
    discard: output.discard,
  }
}

/** Characters that are written at a time. */
const BUFFERED = 64 * 1024

const imported = ({ path }: InputFile): readonly OwnFile[] =>
  path === null ? [] : [{ file: path, kind: 'input', what: 'the file that is imported' }]
