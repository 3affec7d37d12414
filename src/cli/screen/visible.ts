// Text from files and gateways, made safe for a terminal: nothing in it can move the cursor, colour or reorder what is shown.

/** Control characters (C0, DEL, C1), line and paragraph separators, and marks that change the direction of writing. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

const SHORT: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** The same text with every such character written out: \n, \u001b. */
export const visible = (text: string): string =>
  text.replace(UNSAFE, (char) => SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
