// Words that are kept with a hold, and with the messages of a restored database.
import { isoUtc } from './local-time.ts'

/** Who holds where no person did: a file that was moved or restored, a clock that was set. */
export const ITSELF = 'notify'

/** Where a database file is: two files differ when one of the two does. A device's number may change at a reboot. */
export interface Home {
  readonly path: string
  readonly inode: string
}

export const isSameHome = (a: Home, b: Home): boolean => a.path === b.path && a.inode === b.inode

/** Why the file that is open may not send; `remembered`: the one that sent before. */
export const movedFrom = (remembered: Home, here: Home): string =>
  remembered.path === here.path
    ? `the file was copied or moved: it is not the one that sent from ${remembered.path} before`
    : `the file was copied or moved from ${remembered.path}`

/** Of an instant, as it is told. */
export const second = (instant: number): string => isoUtc(Math.floor(instant / 1_000) * 1_000)

/** Why a database holds of which a part (its file, the log of it) was taken away while it was in use; null: nobody knows since when. */
export const lostSince = (part: string, since: number | null): string =>
  `${part} was deleted, replaced or overwritten in use: what was done ${since === null ? 'lately' : `since ${second(since)}`} may be lost`

export const restoredFrom = (madeAt: number): string => `restored from the backup of ${second(madeAt)}`

/** Reason of a message that nobody has decided about since the restore: by it `notify reconcile` finds it. */
export const undecidedSince = (madeAt: number): string =>
  `restored: it may have been sent after the backup of ${second(madeAt)}`

export const repeatedAfter = (madeAt: number): string =>
  `repeated: it may have been sent after the backup of ${second(madeAt)}`

export const leftInDoubt = (madeAt: number): string =>
  `left as it is: it may have been sent after the backup of ${second(madeAt)}`
