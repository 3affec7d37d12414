// A file that is written whole or not at all: beside its place first, for the owner alone, never over another one unasked.
import { existsSync, statSync } from 'node:fs'
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Fixable } from '../../domain/errors.ts'
import { visible } from '../screen/visible.ts'

export interface OutputFile {
  /** Where it is written until it is finished. */
  readonly unfinished: string
  write(bytes: string | Uint8Array): Promise<void>
  /** Puts the file in its place, whole. */
  finish(): Promise<void>
  /** Leaves nothing behind. */
  discard(): Promise<void>
}

/** Fails with Fixable('usage') when it cannot be written, or is there already. */
export const openOutputFile = async (file: string, cwd: string, mayReplace: boolean): Promise<OutputFile> => {
  const path = resolve(cwd, file)
  if (existsSync(path) && statSync(path).isDirectory())
    throw new Fixable('usage', `"${visible(file)}" is a directory, not a file`, 'Name the file in it.')
  if (existsSync(path) && !mayReplace) throw isThere(file)
  const unfinished = `${path}.part`
  await rm(unfinished, { force: true }) // whoever left it there, others may have been allowed to read it
  const handle = await open(unfinished, 'wx', 0o600).catch((error: unknown) => {
    throw cannotWrite(file, error)
  })
  return {
    unfinished,
    write: async (bytes) => handle.appendFile(bytes),
    finish: async () => {
      await close(handle)
      if (mayReplace) return rename(unfinished, path)
      await link(unfinished, path).catch((error: unknown) => {
        throw codeOf(error) === 'EEXIST' ? isThere(file) : cannotWrite(file, error)
      })
      await rm(unfinished)
    },
    discard: async () => {
      await handle.close().catch(() => undefined)
      await rm(unfinished, { force: true })
    },
  }
}

const close = async (handle: FileHandle): Promise<void> => {
  await handle.sync()
  await handle.close()
}

const isThere = (file: string): Fixable =>
  new Fixable('usage', `"${visible(file)}" is there already`, 'Name another file, or say --force to replace it.')

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

const cannotWrite = (file: string, error: unknown): Fixable =>
  new Fixable('usage', `cannot write "${visible(file)}" (${codeOf(error)})`, 'Check its folder and its permissions.')
