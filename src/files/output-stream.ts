// A device or a pipe in the place of a file: what would be in the file goes there, as it comes.
import { constants, openSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { Socket } from 'node:net'
import { Fixable } from '../domain/errors.ts'
import { visible } from '../domain/visible.ts'
import type { OutputFile } from './output-file.ts'
import { cannotWrite, codeOf, type OutputPlace } from './output-place.ts'

type Stream = Exclude<OutputPlace, { kind: 'file' }>

export const openStream = (place: Stream, name: string, stop: AbortSignal): Promise<OutputFile> =>
  place.kind === 'pipe' ? openPipe(place.path, name, stop) : openDevice(place.path, name)

/** What cannot be synced needs no sync. */
const NOT_SYNCED = ['EINVAL', 'ENOTSUP', 'EROFS']

const openDevice = async (path: string, name: string): Promise<OutputFile> => {
  const failed = (error: unknown): never => {
    throw cannotWrite(name, error, 'failed')
  }
  const handle = await open(path, constants.O_WRONLY | constants.O_NOCTTY).catch(failed)
  let isOpen = true
  const complete = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    await handle.sync().catch((error: unknown) => NOT_SYNCED.includes(codeOf(error)) || failed(error))
    await handle.close().catch(failed)
  }
  return {
    write: (bytes) => handle.appendFile(bytes).catch(failed),
    complete,
    finish: complete,
    discard: async () => {
      if (isOpen) await handle.close().catch(() => undefined)
      isOpen = false
    },
  }
}

/**
 * Opened without waiting: nobody may ever read it. A socket of Node writes to it, for it waits for a slow reader without
 * keeping a thread that the end of the process would wait for.
 */
const openPipe = async (path: string, name: string, stop: AbortSignal): Promise<OutputFile> => {
  const socket = new Socket({ fd: openForWriting(path, name), readable: false, writable: true, signal: stop })
  let failure: unknown = null
  socket.on('error', (error) => {
    failure ??= error
  })
  const failed = (error: unknown): Fixable => {
    if (stop.aborted) return new Fixable('interrupted', `stopped: "${visible(name)}" is not whole`)
    return codeOf(error) === 'EPIPE' ? unread(name) : cannotWrite(name, error, 'failed')
  }
  const ended = (begin: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      if (failure !== null || socket.destroyed) return reject(failed(failure))
      begin((error) => (error == null ? resolve() : reject(failed(failure ?? error))))
    })
  let isComplete = false
  const complete = async (): Promise<void> => {
    if (!isComplete) await ended((done) => void socket.end(done))
    isComplete = true
    socket.destroy()
  }
  return {
    write: (bytes) => ended((done) => void socket.write(bytes, done)),
    complete,
    finish: complete,
    discard: async () => void socket.destroy(),
  }
}

const openForWriting = (path: string, name: string): number => {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
  } catch (error) {
    if (codeOf(error) === 'ENXIO') throw unread(name)
    throw cannotWrite(name, error, 'failed')
  }
}

const unread = (name: string): Fixable =>
  new Fixable(
    'failed',
    `nobody reads the pipe "${visible(name)}"`,
    'Start whoever reads it, then run the command again.',
  )
