// Messages in the hands of workers, beside what the address book says by now.
import type { Barred } from '../domain/message.ts'

/** What holds for one message in hand now. */
export interface StandingNow {
  readonly id: number
  readonly barred: Barred | null
  /** Where its recipient is reached now. */
  readonly phone: string | null
  readonly email: string | null
}

/** A message in the hand of a worker, and where it goes; one that comes back and is taken anew may go elsewhere. */
export interface InHand {
  readonly id: number
  /** null: its recipient is forgotten. */
  readonly address: string | null
}

/** Of whom: one recipient, one mailing, or everybody whose message may not leave, or goes to another address, by now. */
export type InHandOf = { readonly recipientId: number } | { readonly mailingId: number } | 'forbidden'

export interface HandStore {
  standingNow(messageIds: readonly number[]): Promise<readonly StandingNow[]>
  /** Messages in the hand of any worker. */
  inHand(of: InHandOf): Promise<readonly InHand[]>
  /** Of these, to the same address: still in a hand; and those that have left it and may have been taken. */
  countLeft(messages: readonly InHand[]): Promise<{ readonly inHand: number; readonly gone: number }>
}
