// FILE or "-": where bytes come from, and what is wrong with them as a file.
import { constants, createReadStream, openSync, type Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { devNull } from 'node:os'
import { resolve } from 'node:path'
import { addAbortSignal, Readable } from 'node:stream'
import { Fixable } from '../../domain/errors.ts'
import { visible } from '../../domain/visible.ts'
import type { Cli } from '../cli.ts'

export interface InputFile {
  /** As people know it: the path as it was given, in quotes, or "standard input". */
  readonly name: string
  /** Absolute; null: standard input. */
  readonly path: string | null
  /** Bytes; null: not known beforehand. */
  readonly size: number | null
  readonly chunks: AsyncIterable<Uint8Array>
  /** Aborts when reading is to stop. */
  readonly stop: AbortSignal
  /** Bytes of `chunks` that have been taken by now. */
  bytesRead(): number
}

const CHUNK_BYTES = 256 * 1024

/** Opens FILE, or standard input for "-". Fails with Fixable('usage') when it cannot be read; reading fails with Fixable('interrupted') when it is stopped. */
export const openInput = async (cli: Pick<Cli, 'cwd' | 'input' | 'signal'>, file: string): Promise<InputFile> => {
  if (file === '-' || file === '/dev/stdin') {
    return {
      name: 'standard input',
      path: null,
      size: null,
      stop: cli.signal,
      ...counting(readStream(cli.input, cli.signal)),
    }
  }
  const name = `"${visible(file)}"`
  const path = resolve(cli.cwd, file)
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(name, error)
  })
  if (found.isDirectory()) throw new Fixable('usage', `${name} is a directory, not a file`, 'Name the file in it.')
  if (found.isFIFO() || found.isSocket()) {
    return { name, path: null, size: null, stop: cli.signal, ...counting(readPipe(path, name, cli.signal)) }
  }
  if (!found.isFile() && path !== devNull) {
    throw new Fixable('usage', `${name} is a device, not a file`, 'Name a file; "-" reads standard input.')
  }
  return { name, path, size: found.size, stop: cli.signal, ...counting(readFile(path, name, found, cli.signal)) }
}

const counting = (chunks: AsyncIterable<Uint8Array>): Pick<InputFile, 'chunks' | 'bytesRead'> => {
  let bytes = 0
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      bytes += chunk.length
      yield chunk
    }
  }
  return { chunks: counted(), bytesRead: () => bytes }
}

/** Nothing may come for an hour, or blank lines without end: who reads does not notice a Ctrl-C, so the stream ends at it. */
async function* readStream(stream: NodeJS.ReadableStream, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  if (stream instanceof Readable) addAbortSignal(stop, stream)
  try {
    for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
  } catch (error) {
    throw stop.aborted ? new Fixable('interrupted', 'stopped: nothing was imported') : error
  }
}

/** What a shell makes of <(command): a pipe that this process has been handed. */
const INHERITED = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/

/** A named pipe that nobody writes into yet is waited for as standard input is: a thread that opens it would hear no signal. */
async function* readPipe(path: string, name: string, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  const { Socket } = await import('node:net')
  const inherited = INHERITED.exec(path)?.[1]
  try {
    const fd = inherited === undefined ? openSync(path, WITHOUT_WAITING) : Number(inherited)
    yield* readStream(new Socket({ fd, readable: true, writable: false }), stop)
  } catch (error) {
    throw error instanceof Fixable ? error : unreadable(name, error)
  }
}

const WITHOUT_WAITING = constants.O_RDONLY | constants.O_NONBLOCK

/** Of a file that grows while it is read, no more than it had: that it grew is told at its end. What says 0, as in /proc, is short. */
const lastByte = ({ size }: Stats): number => (size === 0 ? CHUNK_BYTES : size) - 1

async function* readFile(path: string, name: string, before: Stats, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  const stream = createReadStream('', {
    fd: openSync(path, WITHOUT_WAITING),
    end: lastByte(before),
    highWaterMark: CHUNK_BYTES,
  })
  try {
    yield* readStream(stream, stop)
  } catch (error) {
    throw error instanceof Fixable ? error : unreadable(name, error)
  } finally {
    // whoever reads on by another way, as SQLite does, would lose its locks on the file to a descriptor that closes later
    if (!stream.closed) await closed(stream)
  }
  const after = await stat(path)
  if (before.isFile() && (after.size !== before.size || after.mtimeMs !== before.mtimeMs)) {
    throw new Fixable('input', `${name} changed while it was read`, 'Run it again when nobody is writing the file.')
  }
}

const closed = (stream: Readable): Promise<void> =>
  new Promise((done) => {
    stream.once('close', done)
  })

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no file',
  ENOTDIR: 'there is no file',
  EACCES: 'not allowed to read',
  EPERM: 'not allowed to read',
}

const unreadable = (name: string, error: unknown): Fixable => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return new Fixable(
    'usage',
    `${REASONS[code] ?? `cannot read (${code})`} ${name}`,
    'Check the path; "-" reads standard input.',
  )
}
