// A small file that a setting names. Whatever stands at its path, the program goes on: a named pipe is not waited for, a device
// or a file that grows is not read without end.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { devNull } from 'node:os'

export type FileReading =
  | { readonly ok: true; readonly bytes: Buffer }
  /** `code`: the system's, such as ENOENT; `why`: the same for people, where the system has no word for it. */
  | { readonly ok: false; readonly code: string; readonly why: string }

/** Reads a regular file of `most` bytes at most; /dev/null, by which people say "none", is an empty one. */
export const readPlainFile = (path: string, most: number): FileReading => {
  if (path === devNull) return { ok: true, bytes: Buffer.alloc(0) }
  let handle: number | undefined
  try {
    handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const found = fstatSync(handle)
    if (found.isDirectory()) return refused('EISDIR', 'it is a folder')
    if (!found.isFile()) return refused('NOT_A_FILE', 'it is a pipe or a device, not a file')
    const bytes = readUpTo(handle, most + 1)
    return bytes.length > most ? refused('TOO_LARGE', `it is larger than ${most / 1024} KiB`) : { ok: true, bytes }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    return refused(code, code === 'ENXIO' ? 'it is a socket, not a file' : code)
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

const refused = (code: string, why: string): FileReading => ({ ok: false, code, why })

const PIECE_BYTES = 64 * 1024

/** What it says of its size is not believed: it may grow, and files of /proc say 0. */
const readUpTo = (handle: number, most: number): Buffer => {
  const pieces: Buffer[] = []
  let length = 0
  while (length < most) {
    const piece = Buffer.alloc(Math.min(PIECE_BYTES, most - length))
    const read = readSync(handle, piece)
    if (read === 0) break
    pieces.push(piece.subarray(0, read))
    length += read
  }
  return Buffer.concat(pieces)
}
