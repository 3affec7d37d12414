// An operator keeps a recipient by hand: adds, changes, unsubscribes, subscribes again, forgets.
import type { Clock } from '../clock.ts'
import { Fixable } from '../domain/errors.ts'
import { type ClearedField, changeContent, parseWritten, type WrittenRecipient } from '../domain/recipient-change.ts'
import { differences, type RecipientContent } from '../domain/recipient-content.ts'
import { sizeFault } from '../domain/row-size.ts'
import type { AddressBookStore, Recipient, RemovedRecipient, SavedRecipient } from '../store/address-book-store.ts'
import type { Erased, EraseStore } from '../store/erase-store.ts'
import type { HandStore } from '../store/hand-store.ts'
import type { OperatorAct } from '../store/mailing-store.ts'
import { countInFlight } from './in-flight.ts'

interface Powers {
  readonly store: AddressBookStore & EraseStore & Pick<HandStore, 'inHand' | 'countLeft'>
  readonly clock: Clock
}

export interface EditRequest extends WrittenRecipient {
  readonly clear: readonly ClearedField[]
  /** Of a phone written without a country. */
  readonly country: string
  readonly dryRun: boolean
}

export interface Edited {
  readonly recipient: Recipient
  readonly changes: ReturnType<typeof differences>
  /** Messages that wait for their time: they keep the zone that they were planned with. */
  readonly waiting: number
  /** As in Erased; true where nothing was changed. */
  readonly logEmptied: boolean
  /** Messages that had begun to leave to an address that is another now, and may still arrive there. */
  readonly inFlight: number
}

/** Adds somebody by the rules of an import. Fixable('usage') for what is badly written, Fixable('input') for a phone of another. */
export const addRecipient = async (
  { store }: Powers,
  written: WrittenRecipient,
  country: string,
  by: OperatorAct,
): Promise<Recipient> => {
  const parsed = parseWritten(written, country, 'whole')
  if (!parsed.ok) throw badlyWritten(parsed.reason.replace(/^the row has/, 'a recipient with'), 'added')
  return savedOf(await store.addRecipient(parsed.draft, by), parsed.draft).after
}

/** Changes what is mentioned and nothing else. */
export const editRecipient = async (
  powers: Powers,
  { id }: Recipient,
  request: EditRequest,
  by: OperatorAct,
): Promise<Edited> => {
  const { store } = powers
  const parsed = parseWritten(request, request.country, 'part')
  if (!parsed.ok) throw badlyWritten(parsed.reason, 'changed')
  const dropped = request.attributes.flatMap(({ name, value }) => (value.trim() === '' ? [name] : []))
  let wanted: RecipientContent = parsed.draft
  const change = (before: RecipientContent): RecipientContent => {
    wanted = changeContent(before, { set: parsed.draft, clear: request.clear, dropped })
    if (sizeFault(Object.values(wanted.attributes)) !== null)
      throw new Fixable('usage', 'the attributes of a recipient may have 1 MiB together: nothing is changed')
    if (wanted.phone === null && wanted.email === null)
      throw new Fixable(
        'usage',
        'a recipient needs a phone or an e-mail: nothing is changed',
        'Give the other one too.',
      )
    return wanted
  }
  const { before, after } = savedOf(await store.changeRecipient(id, change, by, request), wanted)
  const changes = before === null ? [] : differences(before, after)
  const isElsewhere = !request.dryRun && (before?.phone !== after.phone || before.email !== after.email)
  return {
    recipient: after,
    changes,
    waiting: await store.countWaiting(id),
    inFlight: isElsewhere ? await inFlightTo(powers, id) : 0,
    logEmptied: request.dryRun || changes.length === 0 || (await store.emptyLog()),
  }
}

export interface ConsentChanged {
  readonly recipient: Recipient
  /** Which of the two consents is another now. */
  readonly own: boolean
  readonly byAdmin: boolean
  /** Messages that wait for their time, and leave only to somebody who is subscribed. */
  readonly waiting: number
  /** Messages that had begun to leave to somebody who is unsubscribed now, and may still arrive. */
  readonly inFlight: number
}

/** Whoever unsubscribed gets nothing from now on, whatever is scheduled. */
export const unsubscribe = (
  powers: Powers,
  recipient: Recipient,
  byAdmin: boolean,
  by: OperatorAct,
): Promise<ConsentChanged> =>
  changeConsent(powers, recipient, byAdmin ? { unsubscribedByAdmin: true } : { unsubscribed: true }, by)

/** Lifts both: their own word and the administrator's. */
export const resubscribe = (powers: Powers, recipient: Recipient, by: OperatorAct): Promise<ConsentChanged> =>
  changeConsent(powers, recipient, { unsubscribed: false, unsubscribedByAdmin: false }, by)

const changeConsent = async (
  powers: Powers,
  { id }: Recipient,
  consent: { readonly unsubscribed?: boolean; readonly unsubscribedByAdmin?: boolean },
  by: OperatorAct,
): Promise<ConsentChanged> => {
  const { store } = powers
  const { before, after } = savedOf(await store.setConsent(id, consent, by), null)
  const isForbidden = after.unsubscribed || after.unsubscribedByAdmin
  return {
    recipient: after,
    own: before?.unsubscribed !== after.unsubscribed,
    byAdmin: before?.unsubscribedByAdmin !== after.unsubscribedByAdmin,
    inFlight: isForbidden ? await inFlightTo(powers, id) : 0,
    waiting: await store.countWaiting(id),
  }
}

export interface Forgotten extends RemovedRecipient, Erased {
  /** Messages that had begun to leave to them, and may still arrive. */
  readonly inFlight: number
}

/** Forgets a person; once more on a removed one erases what was in hand then and has finished since. */
export const removeRecipient = async (powers: Powers, { id }: Recipient, by: OperatorAct): Promise<Forgotten> => {
  const removed = await powers.store.removeRecipient(id, by)
  const inFlight = await inFlightTo(powers, id)
  return { ...removed, inFlight, logEmptied: await powers.store.emptyLog() }
}

const inFlightTo = async (powers: Powers, recipientId: number): Promise<number> =>
  countInFlight(powers, await powers.store.inHand({ recipientId }))

const badlyWritten = (reason: string, done: string): Fixable =>
  new Fixable('usage', `${reason}; nothing is ${done}`, 'See notify recipients add --help for how fields are written.')

/** How people call a recipient: the number, and the name where there is one. */
export const calledRecipient = ({ id, name }: Pick<Recipient, 'id' | 'name'>): string =>
  name === null ? `recipient ${id}` : `recipient ${id} "${name}"`

const savedOf = (
  saved: SavedRecipient,
  wanted: RecipientContent | null,
): Extract<SavedRecipient, { kind: 'saved' }> => {
  if (saved.kind === 'saved') return saved
  if (saved.kind === 'gone') throw new Fixable('notFound', 'the recipient was removed meanwhile: nothing is changed')
  const { what, other } = saved
  const value = what === 'phone' ? wanted?.phone : what === 'e-mail' ? wanted?.email : wanted?.externalId
  throw new Fixable(
    'input',
    `the ${what} ${value ?? ''} belongs to ${calledRecipient(other)}: nothing is changed`,
    `See notify recipients show ${other.id}; to change that one: notify recipients edit ${other.id}`,
  )
}
