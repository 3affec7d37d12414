// Rejected records as a file: each with its line and the reason; mended, it can be imported again.
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { realpath, rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { Fixable } from '../../domain/errors.ts'
import type { RejectedRecipient } from '../../store/store.ts'
import type { CsvTable } from './csv.ts'
import type { InputFile } from './file.ts'
import { REJECT_COLUMNS } from './header-names.ts'

export interface RejectFile {
  write(record: RejectedRecipient): Promise<void>
  /** Puts the file in its place, whole. */
  finish(): Promise<void>
  /** Leaves nothing behind. */
  discard(): Promise<void>
}

/** CSV in UTF-8 with a byte order mark and the delimiter of the table. Fails with Fixable('usage') when it cannot be written. */
export const openRejectFile = async (
  file: string,
  cwd: string,
  input: InputFile,
  table: CsvTable,
): Promise<RejectFile> => {
  const path = resolve(cwd, file)
  const unfinished = `${path}.part`
  if (input.path !== null && (await real(path)) === (await real(input.path))) {
    throw new Fixable('usage', `"${file}" is the file that is imported`, 'Name another one in --reject-file.')
  }
  const stream = createWriteStream(unfinished)
  await once(stream, 'open').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new Fixable('usage', `cannot write "${file}" (${code})`, 'Check that its folder exists and can be written.')
  })
  const write = (cells: readonly string[]): Promise<void> =>
    writeText(stream, stringify([[...cells]], { delimiter: table.delimiter }))
  await writeText(stream, '\uFEFF')
  await write([...REJECT_COLUMNS, ...table.header])
  return {
    write: ({ line, reason, cells }) => write([String(line), reason, ...(cells ?? [])]),
    finish: async () => {
      stream.end()
      await once(stream, 'close')
      await rename(unfinished, path)
    },
    discard: async () => {
      stream.destroy()
      await rm(unfinished, { force: true })
    },
  }
}

const writeText = async (stream: WriteStream, text: string): Promise<void> => {
  if (!stream.write(text)) await once(stream, 'drain')
}

const real = (path: string): Promise<string> => realpath(path).catch(() => path)
