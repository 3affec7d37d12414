// bash's line as its words: pure.

/** The quote that is open: $' takes escapes as $'…' does; '' is none. */
export type Quote = '' | "'" | '"' | "$'"

export interface Line {
  /** The words, quotes taken off; the last one is being written. */
  readonly words: readonly string[]
  /** The quote that the last word begins and does not end. */
  readonly open: Quote
  /** The last word as it was typed. */
  readonly typed: string
}

/** null: it runs a command in the middle, whose inside has quoting of its own, or says a character by a number that we do not read. */
export const splitLine = (line: string): Line | null => {
  const words: string[] = []
  let [word, typed, isWord] = ['', '', false]
  let open: Quote = ''
  for (let rest = line; rest !== ''; ) {
    const piece = pieceOf(rest, open)
    if (piece === null) return null
    rest = rest.slice(piece.raw.length)
    open = piece.open
    if (!piece.isBlank) {
      word += piece.says
      typed += piece.raw
      isWord = true
      continue
    }
    if (isWord) words.push(word)
    ;[word, typed, isWord] = ['', '', false]
  }
  return { words: [...words, word], open, typed }
}

interface Piece {
  /** As it is typed. */
  readonly raw: string
  readonly says: string
  /** The quote that is open after it. */
  readonly open: Quote
  readonly isBlank?: boolean
}

const pieceOf = (rest: string, open: Quote): Piece | null => {
  if (open !== "'" && open !== "$'" && /^(?:`|\$\(|[<>]\()/.test(rest)) return null
  if (open === '') return bare(rest)
  if (open === "$'") return escaped(rest)
  if (rest.startsWith(open)) return { raw: open, says: '', open: '' }
  return (open === '"' ? matched(/^\\([$`"\\])/, rest, open) : null) ?? first(rest, open)
}

/** What opens one; $" is " to all but translators. */
const QUOTES: Readonly<Record<string, Quote>> = { "'": "'", '"': '"', '$"': '"', "$'": "$'" }

const bare = (rest: string): Piece => {
  const [quote] = /^(?:\$?["']|\s)/.exec(rest) ?? []
  if (quote === undefined) return matched(/^\\(.?)/su, rest, '') ?? first(rest, '')
  if (/\s/.test(quote)) return { raw: quote, says: '', open: '', isBlank: true }
  return { raw: quote, says: '', open: QUOTES[quote] ?? '' }
}

/** Inside $'…'. */
const escaped = (rest: string): Piece | null => {
  if (rest.startsWith("'")) return { raw: "'", says: '', open: '' }
  if (!rest.startsWith('\\')) return first(rest, "$'")
  if (/^\\[0-7]{0,2}$/.test(rest)) return { raw: rest, says: '', open: "$'" } // bash writes what several values begin with: half a number
  const [raw, digits] = /^\\([0-7]{1,3})/.exec(rest) ?? []
  if (raw !== undefined) return { raw, says: String.fromCharCode(Number.parseInt(digits ?? '', 8)), open: "$'" }
  return matched(/^\\(['"\\?])/, rest, "$'")
}

const matched = (form: RegExp, rest: string, open: Quote): Piece | null => {
  const [raw, says = ''] = form.exec(rest) ?? []
  return raw === undefined ? null : { raw, says, open }
}

/** The first character, for what it is: one beyond the basic plane is two units long. */
const first = (rest: string, open: Quote): Piece => {
  const char = String.fromCodePoint(rest.codePointAt(0) ?? 0)
  return { raw: char, says: char, open }
}
