// MAILING on the command line: a number or a name.
import { Fixable } from '../../domain/errors.ts'
import type { Mailing } from '../../domain/mailing.ts'
import { nearest } from '../../domain/nearest.ts'
import { visible } from '../../domain/visible.ts'
import type { Store } from '../../store/store.ts'

/** Names among which the nearest is looked for. */
const KNOWN = 1_000

/** The mailing of this number or name; Fixable('notFound') with the nearest name, or the newest ones. */
export const mailingNamed = async (
  store: Pick<Store, 'lookUpMailing' | 'mailingNames'>,
  word: string,
): Promise<Mailing> => {
  const mailing = await store.lookUpMailing(word)
  if (mailing !== null) return mailing
  const names = await store.mailingNames(KNOWN)
  throw new Fixable('notFound', `there is no mailing "${word}"`, hintFor(word, names))
}

const hintFor = (word: string, names: readonly string[]): string => {
  if (names.length === 0) return 'There is none yet: notify schedule --at 10:00.'
  const near = nearest(word, names)
  if (near !== null) return `Did you mean "${visible(near)}"? See notify mailings.`
  const newest = names.slice(0, 3).map((name) => `"${visible(name)}"`)
  return `The newest: ${newest.join(', ')}. See notify mailings.`
}
