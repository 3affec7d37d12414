// bash's line as its words, and what it is to insert: pure.

export interface Line {
  /** The words, quotes taken off; the last one is being written. */
  readonly words: readonly string[]
  /** The quote that the last word begins with and does not end: ' or "; else ''. */
  readonly open: string
  /** The last word as it was typed. */
  readonly typed: string
}

export const splitLine = (line: string): Line => {
  const words: string[] = []
  let [word, typed, quote, isWord] = ['', '', '', false]
  for (let i = 0; i < line.length; i += 1) {
    const char = line.charAt(i)
    if (quote === '' && /\s/.test(char)) {
      if (isWord) words.push(word)
      ;[word, typed, isWord] = ['', '', false]
      continue
    }
    isWord = true
    typed += char
    if (char === quote) quote = ''
    else if (quote === '' && (char === '"' || char === "'")) quote = char
    else if (char === '\\' && quote !== "'") {
      i += 1
      typed += line.charAt(i)
      word += line.charAt(i)
    } else word += char
  }
  return { words: [...words, word], open: quote, typed }
}

/** What stands after the last ":" or "=" is a word of its own to bash: only that part is inserted. In an open quote it is all one. */
export const forBash = (value: string, { open, typed }: Line): string => {
  if (open !== '') return value
  const quoted = value.replaceAll(/[^\w@%+=:,./-]/g, (char) => `\\${char}`)
  const parted = Math.max(typed.lastIndexOf(':'), typed.lastIndexOf('='))
  return parted < 0 ? quoted : quoted.slice(parted + 1)
}
