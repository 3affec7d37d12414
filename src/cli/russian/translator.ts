// English that goes to a person -> another language, phrase by phrase. The program itself speaks English only: errors of the
// domain, help, screens; their words are translated at the door, so that no function needs to know who listens.
import { paragraphs } from './paragraphs.ts'
import { type Compiled, compileAll, HOLE, kindOf, type Language, type Phrase, SENTENCES } from './patterns.ts'

/** A text of one or several lines, as it is where a phrase is not known. */
export type Tongue = (text: string) => string

interface Lexicon extends Language {
  readonly exact: ReadonlyMap<string, string>
  readonly patterns: readonly Compiled[]
  /** Of the longest phrase. */
  readonly mostSentences: number
  readonly lengthOfTime: RegExp
}

/** A paragraph is tried whole, then each line, then sentence by sentence. What stands in a hole is translated too. */
export const openTongue = (language: Language): Tongue => {
  const lexicon = lexiconOf(language)
  const known = (joined: string): string | undefined => lexicon.exact.get(joined)
  return (text) => {
    if (!/[a-z]/i.test(text)) return text
    const lines = text.split('\n')
    if (lines.length < 3) return lines.map((each) => line(lexicon, each)).join('\n')
    return paragraphs(lines, known)
      .map((each) => ('said' in each ? each.said : line(lexicon, each.line)))
      .join('\n')
  }
}

const lexiconOf = (language: Language): Lexicon => {
  const phrases = language.phrases.map(([english, other]): Phrase => [withoutName(english), withoutName(other)])
  const patterns = compileAll(phrases, language)
  const unit = `[\\d.]+ (?:${Object.keys(language.units).join('|')})`
  return {
    ...language,
    exact: new Map(phrases.filter(([english]) => !english.includes('{'))),
    patterns,
    mostSentences: Math.max(...patterns.map(({ sentences }) => sentences)),
    lengthOfTime: new RegExp(`^-?${unit}(?: ${unit})*$`),
  }
}

/** Lines begin with the name of the program, or do not. */
const withoutName = (phrase: string): string => phrase.replace(/^notify: /, '')

/** Indents, colours and bars around it, the name of the program before it and blanks at the end stay. A line of a table is no phrase. */
const line = (lexicon: Lexicon, text: string): string => {
  const [, before = '', said = '', after = ''] = AROUND.exec(text) ?? []
  const isTable = / {2}/.test(said)
  const other = said === '' ? null : isTable ? (lexicon.exact.get(said) ?? null) : sentences(lexicon, said)
  return other === null ? text : `${before}${other}${after}`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const AROUND = /^((?:\s|\u001b\[\d*[mK]|[█░#-]{24} )*(?:notify: )?)(.*?)((?:\s|\u001b\[\d+m)*)$/s

/** The longest runs of sentences that are one phrase each; null where nothing is known. */
const sentences = (lexicon: Lexicon, said: string): string | null => {
  const pieces = said.split(SENTENCES)
  const known: (string | null)[] = []
  for (let i = 0; i < pieces.length; ) {
    let count = Math.min(pieces.length - i, lexicon.mostSentences)
    let run = whole(lexicon, pieces.slice(i, i + count).join(' '), count)
    while (run === null && count > 1) {
      count -= 1
      run = whole(lexicon, pieces.slice(i, i + count).join(' '), count)
    }
    known.push(run)
    i += count
  }
  if (known.every((piece) => piece !== null)) return known.join(' ')
  const isSome = known.some((piece) => piece !== null)
  return whole(lexicon, said) ?? (isSome ? known.map((one, i) => one ?? pieces[i]).join(' ') : null)
}

/** `ofSentences`: only phrases of so many. */
const whole = (lexicon: Lexicon, text: string, ofSentences?: number): string | null => {
  const known = lexicon.exact.get(text)
  if (known !== undefined) return known
  if (lexicon.lengthOfTime.test(text)) return text.replaceAll(/[a-z]+/g, (name) => lexicon.units[name] ?? name)
  for (const { find, holes, other, sentences: count } of lexicon.patterns) {
    const found = ofSentences !== undefined && ofSentences !== count ? null : find(text)
    if (found === null) continue
    const values = new Map(holes.map((hole, i) => [hole, filled(lexicon, kindOf(hole), found[i] ?? '')]))
    const counted = holes.findIndex((hole) => Object.hasOwn(lexicon.plurals, kindOf(hole)))
    const isOne = lexicon.form(numberIn(found[counted] ?? '')) === 0
    return other
      .replaceAll(AGREEING, (_, one: string, more: string) => (isOne ? one : more))
      .replaceAll(HOLE, (_, hole: string) => values.get(hole) ?? '')
  }
  return null
}

/** '(уйдёт|уйдут) {messages}': as the first noun that is counted. */
const AGREEING = /\(([^()|]+)\|([^()|]+)\)/g

/** What stands in these holes is somebody's own and never translated. */
const OWN = new Set(['name', 'file', 'text'])

const filled = (lexicon: Lexicon, kind: string, text: string): string => {
  if (OWN.has(kind)) return text
  const word = lexicon.words[kind]?.[text]
  if (word !== undefined) return word
  const forms = lexicon.plurals[kind]
  if (forms === undefined) return listed(lexicon, text)
  const [number = ''] = text.split(' ')
  return `${number} ${forms[lexicon.form(numberIn(number))]}`
}

/** '2,342 messages' -> 2342 */
const numberIn = (text: string): number => Number(/^[\d,]+/.exec(text)?.[0].replaceAll(',', '') ?? 0)

/** Part by part where each of them is known: whoever lists things lists what is known alone. */
const listed = (lexicon: Lexicon, text: string): string => {
  const parts = text.split(PARTS)
  const known = parts.map((part, i) => (i % 2 === 1 || !/[a-z]/i.test(part) ? part : sentences(lexicon, part)))
  if (known.length > 1 && known.every((part) => part !== null)) return known.join('')
  return sentences(lexicon, text) ?? known.map((part, i) => part ?? parts[i]).join('')
}

/** 'a (1, 2), b' are two; what stands between stays. */
const PARTS = /([,;] )(?![^(]*\))/
