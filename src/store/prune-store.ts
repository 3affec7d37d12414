// What is old and done with, taken out for good.
import type { MailingState } from '../domain/mailing.ts'
import type { OperatorAct } from './mailing-store.ts'

export interface PrunableMailing {
  readonly id: number
  readonly name: string
  readonly state: MailingState
  readonly messages: number
}

/**
 * What is left over when mailings are gone: recipients that were removed, and acts that belong to no mailing, to nobody who is
 * still there, and block no address that still is.
 */
export interface Leftovers {
  readonly recipients: number
  readonly acts: number
}

export interface PruneStore {
  /**
   * Mailings, done or cancelled, of which nothing is newer than `before` and no row waits or is in hand; oldest first. Those of
   * a prune that was interrupted are among them.
   */
  prunableMailings(before: number): Promise<readonly PrunableMailing[]>
  /**
   * Takes a mailing out: it is cancelled first, so that nobody revives it; then its messages and their attempts go, in turns; at
   * last the mailing, its texts, counts and acts. One act is left that tells of it. `onRows` hears how many messages each turn
   * took; `stop` ends it between two turns, and the next prune goes on there. False: that, or it was revived meanwhile.
   */
  pruneMailing(
    mailing: PrunableMailing,
    before: number,
    by: OperatorAct,
    onRows: (count: number) => void,
    stop: AbortSignal,
  ): Promise<boolean>
  /** How many there are, of recipients removed before then without a message, and of acts older than that. */
  countLeftovers(before: number): Promise<Leftovers>
  /** Takes them out, in turns. */
  pruneLeftovers(before: number, stop: AbortSignal): Promise<Leftovers>
  /** Bytes of the file that hold nothing: they are filled again before the file grows. */
  unusedBytes(): Promise<number>
}
