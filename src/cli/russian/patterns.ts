// Phrases with holes -> patterns that find them.

/** 'Paused {mailing}: {messages} wait.' and the same in the other language. Holes: see the plurals and words of a language. */
export type Phrase = readonly [english: string, other: string]

/** A phrase a line: 'English → the same in the other language'. */
export const phrasesOf = (text: string): readonly Phrase[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const at = line.indexOf(' → ')
      return [line.slice(0, at), line.slice(at + 3)] as const
    })

/** One of three forms goes with a number: 1 сообщение, 2 сообщения, 5 сообщений. */
export type Plural = readonly [one: string, few: string, many: string]

export interface Language {
  readonly phrases: readonly Phrase[]
  /** By the English noun in the plural: {messages} matches "1 message" and "287 messages". */
  readonly plurals: Readonly<Record<string, Plural>>
  /** Which of the three forms goes with this number. */
  readonly form: (count: number) => 0 | 1 | 2
  /** By the name of a hole: the only words that stand there, and how they are said there. */
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** '3 min 20 s': ms, s, min, h, d. */
  readonly units: Readonly<Record<string, string>>
}

export interface Compiled {
  /** What it finds in the holes of a text; null: the text is another. */
  readonly find: (text: string) => readonly string[] | null
  readonly holes: readonly string[]
  readonly other: string
  /** So many sentences. */
  readonly sentences: number
}

export const HOLE = /\{(\w+)\}/g

/** A sentence ends before a blank and a capital, or a number: "… wait. What is in hand finishes." */
export const SENTENCES = /(?<=[.!?;]) (?=[A-Z\d"])/

/** {n2} is another {n}. */
export const kindOf = (hole: string): string => hole.replace(/\d$/, '')

/** Phrases with holes, and each noun that is counted for itself; first the one that says most of it in its own words. */
export const compileAll = (phrases: readonly Phrase[], language: Language): readonly Compiled[] => {
  const nouns = Object.keys(language.plurals).map((noun) => [`{${noun}}`, `{${noun}}`] as const)
  return [...phrases.filter(([english]) => english.includes('{')), ...nouns]
    .map((phrase) => ({ phrase, literal: literalOf(phrase[0]) }))
    .toSorted((a, b) => b.literal - a.literal)
    .map(({ phrase }) => compile(phrase, language))
}

const literalOf = (english: string): number => english.replaceAll(HOLE, '').length

const compile = ([english, other]: Phrase, language: Language): Compiled => {
  const parts = english.split(HOLE) // literal, hole, literal, hole, …, literal
  const holes = parts.filter((_, i) => i % 2 === 1)
  const [head = '', tail = ''] = [parts[0], parts.at(-1)]
  let pattern: RegExp | undefined // made for the first text that begins and ends so: a command needs a few of a thousand
  const find = (text: string): readonly string[] | null => {
    if (!text.startsWith(head) || !text.endsWith(tail)) return null
    pattern ??= new RegExp(
      `^${parts.map((part, i) => (i % 2 === 0 ? escaped(part) : holeSource(part, language))).join('')}$`,
    )
    return pattern.exec(text)?.slice(1) ?? null
  }
  return { find, holes, other, sentences: english.replaceAll(HOLE, '7').split(SENTENCES).length }
}

const escaped = (literal: string): string => literal.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** A hole with a noun wants a number before it; {n} is a number, {took} a length of time; one with words of its own one of those; any other takes what is there. */
const holeSource = (hole: string, { plurals, words, units }: Language): string => {
  const kind = kindOf(hole)
  if (Object.hasOwn(plurals, kind)) return `([\\d,]+ ${nounSource(kind)})`
  if (Object.hasOwn(words, kind))
    return `(${Object.keys(words[kind] ?? {})
      .map(escaped)
      .join('|')})`
  if (kind === 'took') return `([\\d.]+ (?:${Object.keys(units).join('|')})[\\w ]*)`
  return kind === 'n' ? '([\\d,]+)' : '(.+?)'
}

/** 'waiting_messages' -> one or several of them. */
const nounSource = (plural: string): string => plural.replace(/(?:(?<=address)e)?s$/, '(?:e?s)?').replaceAll('_', ' ')
