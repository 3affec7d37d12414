// A message: one mailing for one recipient, the row that is sent. Here: its states and what each means.

import type { LEFT } from './skip-reasons.ts'

export const MESSAGE_STATES = [
  'scheduled', // waits for due_at
  'sending', // a worker has it in hand; due_at is the end of the lease
  'sent', // the gateway accepted it
  'failed', // the gateway refused it for ever
  'unknown', // it may have been taken; a person decides
  'expired', // its time ran out before a gateway took it
  'cancelled', // an operator cancelled it
  'skipped', // never to be sent; the reason says why
] as const

export type MessageState = (typeof MESSAGE_STATES)[number]

/** States in which a message rests although nobody can say that it arrived: what may be retried. */
export const TROUBLE_STATES = ['failed', 'unknown', 'expired'] as const satisfies readonly MessageState[]

export type TroubleState = (typeof TROUBLE_STATES)[number]

export type CountByState = Record<MessageState, number>

export const noMessages = (): CountByState => ({
  scheduled: 0,
  sending: 0,
  sent: 0,
  failed: 0,
  unknown: 0,
  expired: 0,
  cancelled: 0,
  skipped: 0,
})

/**
 * A row that was in hand at so many deaths is claimed alone from then on. A kill finds hundreds of rows in hand, so deaths in
 * company prove nothing, and are counted no further than this.
 */
export const SUSPECT_DEATHS = 2

/** Who unsubscribed, was taken out of the address book or left out of the mailing, or has a blocked address gets nothing. */
export type Barred = 'unsubscribed' | 'recipient removed' | 'blocked' | typeof LEFT

/** A message as the claim offers it: the row, what is known of its recipient now, and its mailing. */
export interface Candidate {
  readonly id: number
  readonly mailingId: number
  readonly recipientId: number
  readonly zone: string
  /** Attempts before this claim. */
  readonly attempts: number
  /** It was in the hand of a worker that is gone: it may have left. Since about this instant; null: it was in no hand. */
  readonly lostSince: number | null
  /** Workers that died with it in hand. */
  readonly deaths: number
  /** First instant at which it may have been taken without our knowing; null: never. */
  readonly doubtSince: number | null
  /** Address and text of the first attempt, frozen; null before it, and for a text without variables. */
  readonly frozenAddress: string | null
  readonly frozenText: string | null
  /** Which text of its mailing it was tried with first; null: it was not, or before texts had numbers (then: the first). */
  readonly textNo: number | null
  /** The text of that number, where its mailing has another one now and it has none of its own; null: the mailing's holds. */
  readonly earlierText: string | null
  /** How often an operator asked for a second effect, or it went to another address than before; part of the key. */
  readonly resend: number
  /** An operator said now: the hours of the mailing do not hold for it. */
  readonly anyHour: boolean
  /** When it was promised, or an operator wants it sooner; by a clock that was set back since, that may lie ahead. */
  readonly notBefore: number
  /** Why its recipient, or the address that it would go to, gets nothing; null: it may. */
  readonly barred: Barred | null
  /** Birth of the recipient's row, epoch ms; part of the key. */
  readonly recipientCreatedAt: number
  /** Where the mailing's gateway reaches the recipient now; null: nowhere. */
  readonly address: string | null
  readonly recipient: RecipientValues
}

/** A message taken by this worker, with everything that a gateway needs. */
export interface Claimed {
  readonly id: number
  readonly mailingId: number
  readonly mailingUid: string
  readonly recipientId: number
  readonly zone: string
  /** The fence: settle writes only while the row still has this number. */
  readonly attempts: number
  readonly doubtSince: number | null
  /** True: no earlier attempt has frozen address and text. */
  readonly isFirst: boolean
  readonly resend: number
  readonly anyHour: boolean
  readonly notBefore: number
  readonly address: string
  readonly text: string
  /** Identity for the idempotency key: row id and birth of the recipient, so that an id given out anew never meets an old key. */
  readonly recipientKey: string
}

/** Row id and birth of a recipient: an id that a restored database gives out anew never meets an old key. */
export const recipientKey = (id: number, createdAt: number): string => `${id}:${createdAt}`

/** What the claim decides for one candidate (src/domain/admission.ts). */
export type Admission =
  | {
      readonly kind: 'take'
      readonly address: string
      readonly text: string
      /** What the row keeps of it; null: it is a text of the mailing, word for word. */
      readonly frozenText: string | null
      /** Which text of the mailing it is; kept by every retry. */
      readonly textNo: number | null
      /** It goes elsewhere than it was tried: same key would mean same bytes. */
      readonly isNewKey: boolean
      readonly doubtSince: number | null
    }
  | { readonly kind: 'wait'; readonly dueAt: number; readonly doubtSince: number | null }
  | { readonly kind: 'end'; readonly state: 'skipped' | 'expired' | 'failed' | 'unknown'; readonly reason: string }

/** The next row after a reply: what settle writes, under the fence. */
export interface Settlement {
  readonly id: number
  readonly mailingId: number
  /** The fence: attempts as claimed. */
  readonly attempts: number
  readonly state: MessageState
  readonly reason: string | null
  readonly dueAt: number | null
  readonly gatewayRef: string | null
  readonly settledAt: number | null
  /** When the attempt ended; null: nothing was tried. */
  readonly at: number | null
  /** True: it was not to blame, so the attempt is given back. */
  readonly attemptBack: boolean
  /** True: no byte of it ever left, so that address and text may still change. */
  readonly unfreezes: boolean
  readonly doubtSince: number | null
}

/** The columns of a recipient that a text can need; `attributes` is a JSON object. */
export const RECIPIENT_COLUMNS = [
  'externalId',
  'phone',
  'email',
  'operatorCode',
  'name',
  'contactPerson',
  'taxNumber',
  'address',
  'district',
  'zone',
  'attributes',
] as const

export type RecipientColumn = (typeof RECIPIENT_COLUMNS)[number]

/** What a text was given of a recipient: the columns that it needs, and no others. */
export type RecipientValues = Readonly<Partial<Record<RecipientColumn, string | null>>>
