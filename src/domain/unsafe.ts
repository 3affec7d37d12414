// Text of strangers made safe to be read: nothing in it can move a cursor, colour, reorder or hide what is shown, or begin a line.

/**
 * Control characters (C0, DEL, C1), line and paragraph separators, halves of a pair, and what is not seen: marks that change the direction of
 * writing, spaces without width, tags. The joiners stay, and what chooses the look of an emoji: Persian words are made with them.
 */
export const UNSAFE = /(?!\u200c|\u200d|\ufe0e|\ufe0f)[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu

const SHORT: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** Such a character in letters: \n, \u001b. */
export const writtenOut = (char: string): string => {
  const short = SHORT[char]
  if (short !== undefined) return short
  const number = (char.codePointAt(0) ?? 0).toString(16)
  return number.length > 4 ? `\\u{${number}}` : `\\u${number.padStart(4, '0')}`
}
