// What an operator does to single messages.
import type { MessageState } from '../domain/message.ts'
import type { OperatorAct } from './mailing-store.ts'

/** A message with all that its row says. */
export interface MessageDetail {
  readonly id: number
  readonly mailingId: number
  readonly recipientId: number
  readonly recipientCreatedAt: number
  readonly recipientName: string | null
  /** Where it was first tried; null: it was not. */
  readonly address: string | null
  readonly zone: string
  readonly sendAt: number
  readonly dueAt: number | null
  readonly state: MessageState
  readonly reason: string | null
  readonly attempts: number
  readonly gatewayRef: string | null
  readonly settledAt: number | null
  readonly doubtSince: number | null
  readonly deaths: number
  readonly resend: number
  /** The hours of the mailing do not hold for it. */
  readonly anyHour: boolean
  /** What it was tried with, where that is not the text of its mailing word for word; null: nothing was kept. */
  readonly triedText: string | null
}

/** An attempt that did not end as sent at the first try. */
export interface PastAttempt {
  readonly attempt: number
  readonly at: number
  readonly state: MessageState
  readonly reason: string | null
}

export interface TestNote {
  readonly mailingId: number | null
  readonly gateway: string
  readonly state: string
}

export interface ActStore {
  findMessage(id: number): Promise<MessageDetail | null>
  /** Oldest first. */
  attemptsOf(messageId: number): Promise<readonly PastAttempt[]>
  /**
   * scheduled -> cancelled, or unknown where it may have been taken before, with an audit row. Returns its state afterwards;
   * null: it was not scheduled any more, or the rows of its mailing are at work (only who writes them counts them), and nothing is
   * changed.
   */
  cancelMessage(id: number, by: OperatorAct): Promise<'cancelled' | 'unknown' | null>
  /** Due at once, at any hour where so said, with an audit row; false: it was not scheduled, or its mailing not active, any more. */
  sendMessageNow(id: number, anyHour: boolean, by: OperatorAct): Promise<boolean>
  /** For the audit: that a test was sent, not where to. */
  noteTest(test: TestNote, by: OperatorAct): Promise<void>
}
