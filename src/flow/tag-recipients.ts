// A tag is given to recipients, or taken from them.
import { Fixable } from '../domain/errors.ts'
import type { AddressBookStore, Recipient, RecipientFilter, TagCounts } from '../store/address-book-store.ts'
import type { OperatorAct } from '../store/mailing-store.ts'

export interface TagRequest {
  readonly tag: string
  readonly isOn: boolean
  /** One recipient, or all that a filter chooses. */
  readonly who: Recipient | RecipientFilter
}

/** A tag as an import would take it. Fixable('usage') for one that could not be imported again. */
export const checkTag = (raw: string): string => {
  const tag = raw.normalize('NFC').trim()
  if (tag === '' || /[,|\0]/.test(tag)) {
    throw new Fixable('usage', `"${raw}" is no tag`, 'Write a word or some, without commas and |, such as vip.')
  }
  return tag
}

/** Fails with Fixable('interrupted') when it is told to stop in the middle. */
export const tagRecipients = async (
  { store }: { readonly store: Pick<AddressBookStore, 'tagOne' | 'tagMatching'> },
  { tag, isOn, who }: TagRequest,
  by: OperatorAct,
  stop: AbortSignal,
  onProgress: (seen: number) => void,
): Promise<TagCounts> => {
  if ('id' in who) return store.tagOne(who.id, tag, isOn, by)
  const counts = await store.tagMatching(who, tag, isOn, by, stop, onProgress)
  if (!stop.aborted) return counts
  throw new Fixable(
    'interrupted',
    `stopped: ${counts.changed} recipients ${isOn ? 'got' : 'lost'} the tag`,
    'Run the same command again: it does the rest.',
  )
}
