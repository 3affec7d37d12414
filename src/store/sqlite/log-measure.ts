// Whether the log, and the file itself, are as SQLite has left them: one that somebody emptied or overwrote is shorter, or younger.
import type Database from 'better-sqlite3'
import type { Clock } from '../../clock.ts'
import { openHead } from './file-head.ts'
import type { Parts } from './file-parts.ts'
import { type LogState, openForeignWatch } from './foreign-writes.ts'
import { FRAME_HEADER, LOG_HEADER } from './log-pages.ts'
import type { LostPart } from './salvage.ts'

/** While somebody else begins the log anew, its length and its size are of two moments. */
const LOOKS = 3
/** The log is measured when it has become shorter, and so often at least: 60 µs. */
const EVERY_MS = 500

export interface Measure {
  /** What somebody else has written into; null: nothing. */
  spoilt(seen: Parts, lookAgain: () => Parts): LostPart | null
  /** When everything that is committed was seen to be in the main file; null: never. */
  wholeAt(): number | null
  /** After the database. */
  close(): void
}

export const openMeasure = (db: Database.Database, real: string, clock: Clock): Measure => {
  const state = db.prepare<[], LogState>('pragma wal_checkpoint(noop)')
  const version = db.prepare<[], number>('pragma schema_version').pluck()
  const pageSize = Number(db.pragma('page_size', { simple: true }))
  const frame = FRAME_HEADER + pageSize
  const head = openHead(real)
  const isForeign = openForeignWatch(`${real}-wal`, head, pageSize)
  let schema = version.get()
  let before: { main: number; log: number } = { main: 0, log: Number.POSITIVE_INFINITY }
  let measuredAt = Number.NEGATIVE_INFINITY
  let wholeAt: number | null = null

  const measured = (): LogState => {
    const found = state.get() ?? { log: 0, checkpointed: 0 }
    if (found.log === found.checkpointed) wholeAt = clock.now()
    measuredAt = clock.monotonic()
    return found
  }
  const isLogCut = (seen: Parts, lookAgain: () => Parts): boolean => {
    let size = seen.log?.size ?? 0
    for (let look = 1; ; look += 1) {
      const { log } = measured()
      if (log === 0 || size >= LOG_HEADER + log * frame) return false
      if (look === LOOKS) return true
      size = lookAgain().log?.size ?? 0
    }
  }
  /** It grows only, but for a VACUUM, which changes the version of the schema. */
  const isMainCut = (size: number): boolean => {
    if (size >= before.main) return false
    const [was, is] = [schema, version.get()]
    schema = is
    return was === is
  }
  return {
    spoilt: (seen, lookAgain) => {
      const sizes = sizesOf(seen)
      if (isMainCut(sizes.main)) return { part: 'main', isSame: true }
      const isBegun = before.log === 0 && sizes.log > 0 // until then it leaves no traces that could be compared
      const isDue = isBegun || clock.monotonic() - measuredAt > EVERY_MS
      if ((isDue || sizes.log < before.log) && isLogCut(seen, lookAgain)) return { part: 'log', isSame: true }
      if (isDue && isForeign(seen, measured)) return { part: 'main', isSame: true }
      before = sizes
      return null
    },
    wholeAt: () => wholeAt,
    close: head.close,
  }
}

const sizesOf = ({ main, log }: Parts): { readonly main: number; readonly log: number } => ({
  main: main?.size ?? 0,
  log: log?.size ?? 0,
})
