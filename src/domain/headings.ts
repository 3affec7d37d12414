// Headings of a file in a text: {{ Сумма, руб. }} works as it stands, whatever characters it has. Pure.

/** A text in which each such heading is one letter that no alphabet has, so that the language reads it as a name. */
export interface Lettered {
  /** As long as the text, line by line: a place in it is the same place in the text. */
  readonly source: string
  /** What each letter stands for. */
  readonly headings: ReadonlyMap<string, string>
}

/** What the language reads as one name by itself. */
const PLAIN_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** Words of the language; a heading may be called so all the same. */
const WORDS = new Set('true false nil null empty blank and or not contains'.split(' '))

/** Behind `{{` a heading, in a condition a number or a sign: `Сумма > 10` means ten, though a column is called 10. */
const ONLY_SIGNS = /^[\d\s.,:;()<>=!|"'-]*$/

/** Gives a letter to those headings of the address book that the text names and that are more than a plain name. */
export const letterHeadings = (text: string, known: readonly string[]): Lettered => {
  const squeezed = squeeze(text)
  const named = new Map(
    known
      .filter((heading) => (!PLAIN_NAME.test(heading) || WORDS.has(heading)) && squeezed.includes(squeeze(heading)))
      .toSorted((a, b) => b.length - a.length)
      .map((heading) => [squeeze(heading), heading] as const),
  )
  if (named.size === 0) return { source: text, headings: new Map() }
  const letters = lettersFor([...named.keys()], text)
  const headings = new Map<string, string>()
  const put = (found: string): string => {
    const key = squeeze(found)
    const letter = letters.get(key) ?? ''
    headings.set(letter, named.get(key) ?? found)
    return letter + found.slice(letter.length).replaceAll(/[^\n]/g, ' ')
  }
  return { source: replaceInBraces(text, [...named.keys()], put), headings }
}

const squeeze = (text: string): string => text.trim().replaceAll(/\s+/g, ' ')

/** Of the private use area, which has 6,400, those that the text itself does not have. */
const lettersFor = (keys: readonly string[], text: string): ReadonlyMap<string, string> => {
  const taken = new Set(text)
  const free: string[] = []
  for (let code = 0xe000; code <= 0xf8ff && free.length < keys.length; code++) {
    const letter = String.fromCharCode(code)
    if (!taken.has(letter)) free.push(letter)
  }
  return new Map(free.flatMap((letter, i) => [[keys[i] ?? '', letter] as const]))
}

const OPENING = /\{%-?\s*(raw|comment)\s*-?%\}[\s\S]*?\{%-?\s*end\1\s*-?%\}|\{\{-?\s*|\{%-?\s*\w*/g
const QUOTED = /"[^"]*"|'[^']*'/y
/** A name at once, so that no heading is found in the middle of it. */
const NAME_OR_SIGN = /[\p{L}\p{N}_.]+|[\s\S]/uy

/** Outside of braces, in what is kept as it is written, and in quotes nothing is replaced. */
const replaceInBraces = (text: string, keys: readonly string[], put: (found: string) => string): string => {
  const whole = new RegExp(`(?:${keys.map(patternOf).join('|')})(?=\\s*(?:\\||-?\\}\\}))`, 'uy')
  const inner = keys.filter((key) => !ONLY_SIGNS.test(key) && !WORDS.has(key)).map(patternOf)
  const within = new RegExp(`(?:${inner.length === 0 ? '(?!)' : inner.join('|')})(?![\\p{L}\\p{N}_])`, 'uy')
  let [done, at] = ['', 0]
  const take = (found: string | null, as = found): boolean => {
    if (found === null) return false
    done += as ?? ''
    at += found.length
    return true
  }
  for (let opening = next(OPENING, text, at); opening !== null; opening = next(OPENING, text, at)) {
    take(text.slice(at, opening.index + opening[0].length))
    if (opening[1] !== undefined) continue
    const end = opening[0].startsWith('{{') ? '}}' : '%}'
    const heading = end === '}}' ? found(whole, text, at) : null
    if (heading !== null) take(heading, put(heading))
    while (at < text.length && !text.startsWith(end, at)) {
      const inside = found(within, text, at)
      if (inside !== null) take(inside, put(inside))
      else if (!take(found(QUOTED, text, at))) take(found(NAME_OR_SIGN, text, at))
    }
  }
  return done + text.slice(at)
}

const patternOf = (key: string): string => key.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(' ', '\\s+')

const next = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const found = (sticky: RegExp, text: string, at: number): string | null => next(sticky, text, at)?.[0] ?? null
