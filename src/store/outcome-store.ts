// What keeps outcomes while the database does not take them: patience, room on the disk, a journal beside it.
import type { Settlement } from '../domain/message.ts'

/** How long writes wait for what passes by itself, from its beginning, before they fail. */
export interface Patience {
  /** Another process holds the lock. Then they fail with Fixable('busy'), which names it. */
  readonly lockedMs: number
  /** The disk is full. */
  readonly fullMs: number
}

export interface Replay {
  readonly workerId: number
  /** Outcomes written; those that were written before, or whose rows are another worker's by now, do not count. */
  readonly count: number
}

/** A file that this user may not use: why, and the command that helps. */
export interface RefusedFile {
  readonly file: string
  readonly says: string
  readonly hint: string
}

export interface OutcomeStore {
  /** Holds from now on, also for the writes that wait already. At first: a minute for a lock, none for a full disk. */
  setPatience(patience: Patience): void
  /**
   * Since when writes go through again, on the monotonic clock, after a wait of more than a second; 0: there was none. Nobody
   * could write his beat in that time.
   */
  writableSince(): number
  /** Bytes that may still be written beside the database. */
  freeBytes(): Promise<number>
  /** Takes room on the disk for the outcomes of this worker, so that they can be kept when it is full. */
  reserveJournal(workerId: number): Promise<void>
  /** Keeps outcomes beside the database, until they are forgotten or replayed; on disk when it resolves. */
  keepOutcomes(workerId: number, settlements: readonly Settlement[]): Promise<void>
  /** These, as far as they were kept, are in the database after all. */
  forgetOutcomes(workerId: number, settlements: readonly Settlement[]): void
  /** Gives the room back, unless outcomes are kept there: then they wait for who replays them. */
  closeJournal(workerId: number): Promise<void>
  /**
   * Writes down, under the fence, what dead workers kept, and removes their journals. Those of workers that are not registered
   * count as dead. To be said before the rows of a dead worker are given to others: after that its outcomes come too late.
   * `foreign`: journals that are not of this installation or cannot be read, once each; they stay as they are.
   */
  replayOutcomes(dead: readonly number[]): Promise<{
    readonly replayed: readonly Replay[]
    readonly foreign: readonly string[]
    /** Found for the first time. */
    readonly refused: readonly RefusedFile[]
  }>
  /** Journals of dead workers that this process found and may not read; they stay as they are. */
  refusedOutcomes(): readonly RefusedFile[]
}
