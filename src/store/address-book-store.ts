// The address book as an operator keeps it by hand: recipients listed, found, added, changed, removed, tagged.
import type { Audience } from '../domain/mailing.ts'
import type { MessageState } from '../domain/message.ts'
import type { RecipientDraft } from '../domain/recipient.ts'
import type { RecipientContent } from '../domain/recipient-content.ts'
import type { OperatorAct } from './mailing-store.ts'

export interface Recipient extends RecipientDraft {
  readonly id: number
  /** Their own zone, else their district's; null: none. */
  readonly zoneNow: string | null
  /** One of their addresses is on the blocklist. */
  readonly blocked: boolean
  /** And which: the other one is written to. */
  readonly blockedPhone: boolean
  readonly blockedEmail: boolean
  readonly createdAt: number
  readonly updatedAt: number
  /** Not null: a person that was removed; nothing but the number is left. */
  readonly removedAt: number | null
}

export interface RecipientFilter {
  readonly audience: Audience
  readonly unsubscribed: boolean
  readonly blocked: boolean
  /** Part of a name, a phone, an e-mail or an external id; null: any. */
  readonly search: string | null
  /** Beside those of the audience: has this tag; null: any. */
  readonly withTag: string | null
}

export interface RecipientMessage {
  readonly id: number
  readonly mailingId: number
  readonly mailing: string
  readonly on: string
  readonly zone: string
  readonly state: MessageState
  readonly reason: string | null
  readonly sendAt: number
  readonly settledAt: number | null
}

export interface RecordedAct {
  readonly at: number
  readonly who: string
  readonly what: string
  readonly why: string | null
  /** JSON; names what changed. */
  readonly detail: string | null
}

/** What a word may mean; null: nothing. */
export interface RecipientNames {
  readonly id: number | null
  readonly externalId: string | null
  readonly phone: string | null
  readonly email: string | null
}

export type SavedRecipient =
  | { readonly kind: 'saved'; readonly before: Recipient | null; readonly after: Recipient }
  /** Nothing is written. `what`: the field that belongs to `other`. */
  | { readonly kind: 'conflict'; readonly what: 'external id' | 'phone' | 'e-mail'; readonly other: Recipient }
  /** It was removed meanwhile. */
  | { readonly kind: 'gone' }

export interface RemovedRecipient {
  /** True: the row is gone; false: a row without a word about the person stays for the messages that name it. */
  readonly deleted: boolean
  readonly cancelled: number
  /** Waiting messages that may have been sent: they are `unknown`. */
  readonly unknown: number
  /** Messages in the hand of a worker: this attempt finishes, and there is no other. */
  readonly inHand: number
}

export interface TagCounts {
  /** Recipients looked at. */
  readonly seen: number
  readonly changed: number
}

export interface AddressBookStore {
  /** In the order of their numbers, those behind `after`. With a filter by tags it looks at nobody else. */
  listRecipients(
    filter: RecipientFilter,
    page: { readonly after: number; readonly limit: number },
  ): Promise<readonly Recipient[]>
  /** How many there are; null: to count them would take too long. */
  countMatching(filter: RecipientFilter): Promise<number | null>
  /** Whoever has one of these names: each once, ten at most of one name. A removed one by its number only. */
  lookUpRecipients(names: RecipientNames): Promise<readonly Recipient[]>
  /** Newest mailing first. */
  messagesOf(recipientId: number, limit: number): Promise<readonly RecipientMessage[]>
  /** Newest first. */
  actsOn(recipientId: number, limit: number): Promise<readonly RecordedAct[]>
  /** Messages that wait for their time, also of paused mailings. */
  countWaiting(recipientId: number): Promise<number>
  addRecipient(draft: RecipientDraft, by: OperatorAct): Promise<SavedRecipient>
  /** Writes what `change` (pure) makes of the recipient as it is at that moment. `dryRun`: writes nothing. */
  changeRecipient(
    id: number,
    change: (before: RecipientContent) => RecipientContent,
    by: OperatorAct,
    options: { readonly dryRun: boolean },
  ): Promise<SavedRecipient>
  /** Either consent; undefined: stays as it is. */
  setConsent(
    id: number,
    consent: { readonly unsubscribed?: boolean; readonly unsubscribedByAdmin?: boolean },
    by: OperatorAct,
  ): Promise<SavedRecipient>
  /**
   * Forgets a person in one transaction: deletes the row where no message names it, else erases all that it says, and address and
   * text of its messages. Waiting messages are `cancelled`, or `unknown` where they may have been sent; what is in hand finishes its attempt.
   */
  removeRecipient(id: number, by: OperatorAct): Promise<RemovedRecipient>
  /** Gives (or takes) the tag to one recipient. */
  tagOne(id: number, tag: string, isOn: boolean, by: OperatorAct): Promise<TagCounts>
  /** The same to all that the filter chooses, in turns with other writers, with one audit row; stops between two turns when told to. */
  tagMatching(
    filter: RecipientFilter,
    tag: string,
    isOn: boolean,
    by: OperatorAct,
    stop: AbortSignal,
    onProgress: (seen: number) => void,
  ): Promise<TagCounts>
}
