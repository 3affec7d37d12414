// RECIPIENT on the command line: a number, an external id, a phone in any spelling, an e-mail address.
import type { App } from '../../app.ts'
import { parseEmail } from '../../domain/email.ts'
import { Fixable } from '../../domain/errors.ts'
import { phoneParser } from '../../domain/phone.ts'
import { visible } from '../../domain/visible.ts'
import { calledRecipient } from '../../flow/keep-recipient.ts'
import type { Recipient, RecipientNames } from '../../store/address-book-store.ts'

type Powers = Pick<App, 'store' | 'config'>

/** Whom the word means. Fixable('notFound') with what was looked for, Fixable('usage') with all whom it may mean. */
export const recipientNamed = async (app: Powers, word: string): Promise<Recipient> => {
  const recipient = await recipientOrStub(app, word)
  if (recipient.removedAt === null) return recipient
  throw new Fixable('notFound', `recipient ${recipient.id} was removed: nothing is known of them`)
}

/** All whom the word may mean; of those who were removed only where nobody else is. */
export const recipientsMeant = async (app: Powers, word: string): Promise<readonly Recipient[]> => {
  const found = await app.store.lookUpRecipients(namesOf(word, app.config.country))
  const known = found.filter(({ removedAt }) => removedAt === null)
  return known.length > 0 ? known : found
}

/** The same; a number may also mean somebody who was removed. */
export const recipientOrStub = async (app: Powers, word: string): Promise<Recipient> => {
  const meant = await recipientsMeant(app, word)
  const [recipient] = meant
  if (recipient === undefined) throw unknown(word, namesOf(word, app.config.country))
  if (meant.length === 1) return recipient
  const all = meant.map((each) => visible(calledRecipient(each))).join(', ')
  throw new Fixable('usage', `"${word}" may mean ${all}`, `Say which: id=${recipient.id}, or external-id=…`)
}

const NOBODY: RecipientNames = { id: null, externalId: null, phone: null, email: null }

/** Shorter than any phone: not worth the library, which takes 100 ms. */
const FEWEST_DIGITS = 5

const namesOf = (word: string, country: string): RecipientNames => {
  const [, kind, said = ''] = /^(id|external-id)=(.*)$/s.exec(word) ?? []
  if (kind === 'id') return { ...NOBODY, id: numberOf(said) }
  if (kind === 'external-id') return { ...NOBODY, externalId: said }
  const text = word.trim()
  if (text.includes('@')) {
    const email = parseEmail(text)
    return { ...NOBODY, externalId: text, email: email.ok ? email.email : null }
  }
  const digits = text.match(/\d/g)?.length ?? 0
  const phone = digits < FEWEST_DIGITS ? null : phoneParser(country)(text)
  return { ...NOBODY, id: numberOf(text), externalId: text, phone: phone?.ok === true ? phone.phone : null }
}

/** Written with zeros before it, it is a code of accounting: 000000010 is not recipient 10. */
const numberOf = (text: string): number | null => (/^(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : null)

const unknown = (word: string, { id, externalId, phone, email }: RecipientNames): Fixable => {
  const tried = [
    ...(id === null ? [] : [`the number ${id}`]),
    ...(externalId === null ? [] : [`the external id "${externalId}"`]),
    ...(phone === null ? [] : [`the phone ${phone}`]),
    ...(email === null ? [] : [`the e-mail ${email}`]),
  ]
  return new Fixable(
    'notFound',
    `there is no recipient "${word}"`,
    `${tried.length === 0 ? '' : `Nobody has ${tried.join(', ')}. `}Look for part of a name: notify recipients --search TEXT`,
  )
}
