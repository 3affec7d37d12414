// Whether an open database still is what stands at its name. Where somebody deleted, replaced or cut short one of its files,
// what is committed from then on reaches nobody, or ruins what others write: nothing more is written.
import { realpathSync } from 'node:fs'
import type Database from 'better-sqlite3'
import type { Clock } from '../../clock.ts'
import { isSame, lookAtParts, type Parts, type Sight } from './file-parts.ts'
import { openMeasure } from './log-measure.ts'
import { type Loss, type LostPart, salvage } from './salvage.ts'

/** A look asks for three names, 6 µs each; before a write it is taken anew when the last one is older than this. */
const BELIEVED_MS = 50

export interface Standing {
  /** Fails with Fixable when it does not, and from then on always. */
  confirm(): void
  /** The same, going by a look of this moment. */
  confirmNow(): void
  /** Closes the database, unless closing would do harm (src/store/sqlite/salvage.ts). */
  close(): void
}

/** Of a database that was opened, and read from, just now. */
export const openStanding = (db: Database.Database, file: string, clock: Clock): Standing => {
  const real = realpathSync(file)
  let opened = lookAtParts(file, real)
  const measure = openMeasure(db, real, clock)
  let lookedAt = Number.NEGATIVE_INFINITY
  let loss: Loss | undefined

  const confirmNow = (): void => {
    if (loss !== undefined) throw loss.error
    const seen = lookAtParts(file, real)
    opened = completed(opened, seen)
    const lost =
      movedPart(opened, seen) ?? cutIndex(opened, seen) ?? measure.spoilt(seen, () => lookAtParts(file, real))
    lookedAt = clock.monotonic()
    if (lost === null) return
    loss = salvage(db, { file, real, opened, seen, lost, wholeAt: measure.wholeAt(), now: clock.now() })
    throw loss.error
  }
  return {
    confirmNow,
    confirm: () => {
      if (loss !== undefined || clock.monotonic() - lookedAt > BELIEVED_MS) confirmNow()
    },
    close: () => {
      try {
        confirmNow()
      } catch {
        // whoever wrote has heard of it
      }
      if (loss !== undefined) return loss.close()
      db.close()
      measure.close()
    },
  }
}

/** A log that nothing was written to yet comes with the first page. Its index grows with it. */
const completed = (opened: Parts, seen: Parts): Parts => ({
  main: opened.main,
  log: opened.log ?? seen.log,
  index: opened.index === null || isGrown(opened.index, seen.index) ? seen.index : opened.index,
})

const isGrown = (was: Sight, is: Sight | null): boolean => isSame(was, is) && (is?.size ?? 0) > was.size

/** SQLite removes the log and its index only where nobody else has the database open, and never puts others there. */
const movedPart = (opened: Parts, seen: Parts): LostPart | null => {
  const part = (['main', 'log', 'index'] as const).find(
    (each) => opened[each] !== null && !isSame(opened[each], seen[each]),
  )
  return part === undefined ? null : { part, isSame: false }
}

/** Nobody makes it shorter while it is in use. SQLite has it in memory: to read what is cut off would end the process (SIGBUS). */
const cutIndex = ({ index }: Parts, seen: Parts): LostPart | null =>
  index !== null && seen.index !== null && seen.index.size < index.size ? { part: 'index', isSame: true } : null
