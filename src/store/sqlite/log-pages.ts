// The pages in the log, which is a head and then frames: a head each, and the page.
import { readFileSync } from 'node:fs'

export const LOG_HEADER = 32
export const FRAME_HEADER = 24
/** Where both the log and a frame say of which beginning they are: a frame of an older one is none of the log any more. */
const SALTS = { log: 16, frame: 8, length: 8 } as const

/** Whether all that differs between two looks at the beginning of a file was copied from the log. Reads up to 64 MiB, where it differs. */
export const isFromLog = (
  { was, is }: { readonly was: Buffer; readonly is: Buffer },
  log: string,
  pageSize: number,
): boolean => {
  const pages = differing(was, is, pageSize)
  if (pages.size === 0) return true
  const frames = readFileSync(log)
  const salts = frames.subarray(SALTS.log, SALTS.log + SALTS.length)
  for (let at = LOG_HEADER; at + FRAME_HEADER + pageSize <= frames.length; at += FRAME_HEADER + pageSize) {
    if (!frames.subarray(at + SALTS.frame, at + SALTS.frame + SALTS.length).equals(salts)) continue
    const number = frames.readUInt32BE(at)
    const page = frames.subarray(at + FRAME_HEADER, at + FRAME_HEADER + pageSize)
    if (pages.get(number)?.equals(page) === true) pages.delete(number)
  }
  return pages.size === 0
}

const differing = (was: Buffer, is: Buffer, pageSize: number): Map<number, Buffer> => {
  const pages = new Map<number, Buffer>()
  for (let at = 0; at < Math.max(was.length, is.length); at += pageSize) {
    const page = is.subarray(at, at + pageSize)
    if (!was.subarray(at, at + pageSize).equals(page)) pages.set(at / pageSize + 1, page)
  }
  return pages
}
