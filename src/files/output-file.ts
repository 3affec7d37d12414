// The one way in which a file is written: whole or not at all, beside its place first, for its owner alone, on the disk before
// it is said to be there, and never over what must stay. A device or a pipe is written to as it is.
import { constants, statSync } from 'node:fs'
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fixable } from '../domain/errors.ts'
import { ownAs } from '../file-owner.ts'
import { cannotWrite, codeOf, isThere, type OutputRules, placeOf } from './output-place.ts'
import { openStream } from './output-stream.ts'
import { COMPANIONS } from './own-files.ts'
import { clearPartsBeside, partOf } from './part-names.ts'
import { syncFolderOf } from './sync.ts'

export interface OutputFile {
  /** Whatever fails, here and below, fails with Fixable. */
  write(bytes: string | Uint8Array): Promise<void>
  /** All of it is on the disk and closed: nothing fails any more for want of room. */
  complete(): Promise<void>
  /** Completes it and puts it in its place. */
  finish(): Promise<void>
  /** Leaves nothing behind. */
  discard(): Promise<void>
}

/** One that somebody else may fill, such as SQLite. */
export interface PartFile extends OutputFile {
  /** Where it is until it is finished. */
  readonly part: string
}

const USUAL = { mayReplace: false, thereIs: 'usage', isDatabase: false, isConfiguration: false } as const

type Rules = Pick<OutputRules, 'name' | 'own'> & Partial<Omit<OutputRules, 'mayStream'>>

/** Fails with Fixable where nothing can be written, or may be. `stop` ends the waiting for whoever reads a pipe. */
export const openOutput = async (file: string, rules: Rules, stop: AbortSignal): Promise<OutputFile> => {
  const place = placeOf(file, { ...USUAL, ...rules, mayStream: true })
  return place.kind === 'file' ? openFile(file, rules) : openStream(place, rules.name, stop)
}

/** The same for what must be a file. */
export const openFile = async (file: string, rules: Rules): Promise<PartFile> => {
  const all = { ...USUAL, ...rules, mayStream: false }
  const { path } = placeOf(file, all)
  clearPartsBeside(path)
  const part = partOf(path, 'part')
  const handle = await open(part, NEW, 0o600).catch((error: unknown) => {
    throw cannotWrite(rules.name, error)
  })
  ownAs(handle.fd, rules.like ?? modelFor(part, all) ?? part)
  return partFile(path, part, handle, all)
}

/** Made by root in a folder of the database's owner it is theirs; elsewhere it belongs to who makes it. */
const modelFor = (part: string, { own }: OutputRules): string | undefined => {
  const database = own.find(({ kind }) => kind === 'database')?.file
  const owner = database === undefined ? undefined : statSync(database, { throwIfNoEntry: false })?.uid
  return owner === statSync(dirname(part)).uid ? database : undefined
}

/** What is short enough to be at hand. */
export const writeFileWhole = async (file: string, rules: Rules, content: string | Uint8Array): Promise<void> => {
  const output = await openFile(file, rules)
  try {
    await output.write(content)
    await output.finish()
  } catch (error) {
    await output.discard()
    throw error
  }
}

const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW

const partFile = (path: string, part: string, handle: FileHandle, rules: OutputRules): PartFile => {
  let written = 0
  let isOpen = true
  const complete = async (): Promise<void> => {
    if (!isOpen) return
    await handle.sync()
    const { size } = await handle.stat()
    isOpen = false
    await handle.close()
    if (size < written) throw new Error(`${size} of ${written} bytes`)
  }
  const telling = async (act: () => Promise<unknown>): Promise<void> => {
    await act().catch((error: unknown) => {
      throw error instanceof Fixable ? error : cannotWrite(rules.name, error, 'failed')
    })
  }
  return {
    part,
    write: async (bytes) => {
      await telling(() => handle.appendFile(bytes))
      written += Buffer.byteLength(bytes)
    },
    complete: () => telling(complete),
    finish: () =>
      telling(async () => {
        await complete()
        await putInPlace(part, path, rules)
      }),
    discard: async () => {
      if (isOpen) await handle.close().catch(() => undefined)
      isOpen = false
      for (const end of ['', ...COMPANIONS]) await rm(`${part}${end}`, { force: true })
    },
  }
}

/** What stood there at first may have changed: it is looked at again. */
const putInPlace = async (part: string, path: string, rules: OutputRules): Promise<void> => {
  const place = placeOf(path, rules)
  if (place.kind === 'file' && place.isThere) await rename(part, path)
  else await putWhereNothingIs(part, path, rules)
  syncFolderOf(path)
}

const putWhereNothingIs = async (part: string, path: string, rules: OutputRules): Promise<void> => {
  try {
    await link(part, path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw isThere(rules.name, rules.thereIs)
    placeOf(path, rules)
    return rename(part, path) // a file system without links, such as that of a USB stick
  }
  await rm(part)
}
