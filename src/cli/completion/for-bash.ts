// What bash inserts for a value. It inserts it as it is, so a value that came with a file must be no more than a word, whatever quote is open.
import { type Line, splitLine } from './bash-line.ts'

/**
 * What takes the place of `part`, the end of the typed word that bash parts from the rest at ":", "=" or a quote; null: it cannot be said
 * there.
 */
export const forBash = (value: string, line: Line, part: string): string | null => {
  const { open, typed } = line
  if (!typed.endsWith(part)) return null
  const kept = typed.slice(0, typed.length - part.length)
  const before = splitLine(kept)
  const said = before?.words.at(-1) ?? ''
  if (before === null || before.open !== open || !value.startsWith(said)) return null
  const rest = value.slice(said.length)
  const quote = open.slice(-1)
  if (quote === '' || PLAIN.test(rest)) {
    const given = quote === '' ? bare(rest) : rest
    return reads(`${kept}${given}${quote}`, value) ? given : null
  }
  // what begins with the quote that is open takes its place, and what ends with it gets no other
  const given = `${quote}${quote}${inNumbers(rest)}${quote}${quote}`
  return reads(`${kept.slice(0, -1)}${given}`, value) ? given : null
}

/** Whatever stands before a value, only what reads as it in the end is given. */
const reads = (word: string, value: string): boolean => {
  const read = splitLine(word)
  return read?.open === '' && read.words.length === 1 && read.words[0] === value
}

/** M-* inserts all values without the quote that was open, and a quote may be open since the line above: in one there is nothing but these. */
const PLAIN = /^[\p{L}\p{N}\p{M}_%+,./@=: -]*$/u

/**
 * A backslash before each character that is not plain. Where the line above left a ` or a " open, a backslash before some would not hold, or
 * not be taken off.
 */
const bare = (text: string): string =>
  /[$`\\"'!]/.test(text) ? inNumbers(text) : text.replaceAll(/[^\p{L}\p{N}\p{M}_%+,./@=:-]/gu, '\\$&')

/** Nothing but $'…' reads them. */
const inNumbers = (text: string): string => `$'${text.replaceAll(/[^\p{L}\p{N}\p{M}_]/gu, octal)}'`

const octal = (char: string): string => (char > '~' ? char : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`)
