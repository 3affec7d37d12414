// Words of a file inside a sentence: an error is read on a screen, however long they are and however many.
import { visible } from '../../domain/visible.ts'

const LONGEST_WORD = 80

export const quoted = (text: string): string => `"${shortened(visible(text))}"`

const shortened = (text: string): string => (text.length <= LONGEST_WORD ? text : `${text.slice(0, LONGEST_WORD)}…`)

/** Some files have 100,000 columns. */
const MOST_LISTED = 30
const LONGEST_LIST = 800

export const listed = (words: readonly (string | number)[]): string => {
  const told: (string | number)[] = []
  let length = 0
  for (const word of words.slice(0, MOST_LISTED)) {
    length += String(word).length + 2
    if (length > LONGEST_LIST) break
    told.push(word)
  }
  const more = words.length - told.length
  return more === 0 ? told.join(', ') : `${told.join(', ')} and ${more} more`
}
