// FILE or "-": where bytes come from, and what is wrong with them as a file.
import { createReadStream, type Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { addAbortSignal, Readable } from 'node:stream'
import { Fixable } from '../../domain/errors.ts'
import type { Cli } from '../cli.ts'
import { visible } from '../screen/visible.ts'

export interface InputFile {
  /** As people know it: the path as it was given, in quotes, or "standard input". */
  readonly name: string
  /** Absolute; null: standard input. */
  readonly path: string | null
  /** Bytes; null: not known beforehand. */
  readonly size: number | null
  readonly chunks: AsyncIterable<Uint8Array>
  /** Bytes of `chunks` that have been taken by now. */
  bytesRead(): number
}

const CHUNK_BYTES = 256 * 1024

/** Opens FILE, or standard input for "-". Fails with Fixable('usage') when it cannot be read; reading fails with Fixable('interrupted') when it is stopped. */
export const openInput = async (cli: Pick<Cli, 'cwd' | 'input' | 'signal'>, file: string): Promise<InputFile> => {
  if (file === '-') {
    return { name: 'standard input', path: null, size: null, ...counting(readStream(cli.input, cli.signal)) }
  }
  const name = `"${visible(file)}"`
  const path = resolve(cli.cwd, file)
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(name, error)
  })
  if (found.isDirectory()) throw new Fixable('usage', `${name} is a directory, not a file`, 'Name the file in it.')
  return { name, path, size: found.isFile() ? found.size : null, ...counting(readFile(path, name, found, cli.signal)) }
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

async function* readFile(path: string, name: string, before: Stats, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES })
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
