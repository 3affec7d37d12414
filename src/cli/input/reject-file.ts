// Rejected records as a file: each with its line and the reason; mended, it can be imported again.
import { open, realpath, rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { Fixable } from '../../domain/errors.ts'
import type { RejectedRecipient } from '../../store/recipient-store.ts'
import { visible } from '../screen/visible.ts'
import type { InputFile } from './file.ts'
import { REJECT_COLUMNS } from './header-names.ts'
import type { InputTable } from './table.ts'

export interface RejectFile {
  write(record: RejectedRecipient): Promise<void>
  /** Puts the file in its place, whole. */
  finish(): Promise<void>
  /** Leaves nothing behind. */
  discard(): Promise<void>
}

/** For the owner alone; CSV in UTF-8 with a byte order mark and the delimiter of the table, `;` where that has none. Fails with Fixable('usage') when it cannot be written. */
export const openRejectFile = async (
  file: string,
  cwd: string,
  input: InputFile,
  table: InputTable,
): Promise<RejectFile> => {
  const path = resolve(cwd, file)
  const unfinished = `${path}.part`
  if (input.path !== null && (await realPath(path)) === (await realPath(input.path))) {
    throw new Fixable('usage', `"${visible(file)}" is the file that is imported`, 'Name another one in --reject-file.')
  }
  const handle = await open(unfinished, 'w', 0o600).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new Fixable('usage', `cannot write "${visible(file)}" (${code})`, 'Check its folder and its permissions.')
  })
  let text = '\uFEFF'
  const add = (cells: readonly string[]): void => {
    text += stringify([[...cells]], { delimiter: table.delimiter ?? ';' })
  }
  const flush = async (): Promise<void> => {
    await handle.appendFile(text)
    text = ''
  }
  add([...REJECT_COLUMNS, ...table.header])
  return {
    write: async ({ line, reason, cells }) => {
      add([String(line), reason, ...(cells ?? [])])
      if (text.length > BUFFERED) await flush()
    },
    finish: async () => {
      await flush()
      await handle.close()
      await rename(unfinished, path)
    },
    discard: async () => {
      await handle.close()
      await rm(unfinished, { force: true })
    },
  }
}

/** Characters that are written at a time. */
const BUFFERED = 64 * 1024

const realPath = (path: string): Promise<string> => realpath(path).catch(() => path)
