// English that goes to a person -> another language, phrase by phrase. The program itself speaks English only: errors of the
// domain, help, screens; their words are translated at the door, so that no function needs to know who listens.

/** 'Paused {mailing}: {messages} wait.' and the same in the other language. Holes: see HOLES and the plurals of a language. */
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
}

/** A text of one or several lines, as it is where a phrase is not known. */
export type Tongue = (text: string) => string

interface Compiled {
  readonly pattern: RegExp
  readonly holes: readonly string[]
  readonly other: string
}

/** Each line is tried whole, then sentence by sentence. What stands in a hole is translated too. */
export const openTongue = (language: Language): Tongue => {
  const exact = new Map(language.phrases.filter(([english]) => !english.includes('{')))
  const patterns = language.phrases
    .filter(([english]) => english.includes('{'))
    .map((phrase) => compile(phrase, language))

  const whole = (text: string): string | null => {
    const known = exact.get(text)
    if (known !== undefined) return known
    for (const { pattern, holes, other } of patterns) {
      const found = pattern.exec(text)
      if (found === null) continue
      const values = new Map(holes.map((hole, i) => [hole, filled(hole, found[i + 1] ?? '')]))
      return other.replaceAll(HOLE, (_, hole: string) => values.get(hole) ?? '')
    }
    return null
  }
  const filled = (hole: string, text: string): string => {
    const forms = language.plurals[hole]
    if (forms === undefined) return whole(text) ?? text.split(', ').map(tongue).join(', ')
    const [number = ''] = text.split(' ')
    return `${number} ${forms[language.form(Number(number.replaceAll(/\D/g, '')))]}`
  }
  const tongue: Tongue = (text) => {
    if (!/[a-z]/i.test(text)) return text
    return text.split('\n').map(line).join('\n')
  }
  /** Indents, colours around it and blanks at the end stay. */
  const line = (text: string): string => {
    const [, before = '', said = '', after = ''] = AROUND.exec(text) ?? []
    if (said === '') return text
    const known = whole(said)
    if (known !== null) return `${before}${known}${after}`
    const sentences = said.split(SENTENCES)
    return sentences.length === 1 ? text : `${before}${sentences.map((one) => whole(one) ?? one).join(' ')}${after}`
  }
  return tongue
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const AROUND = /^((?:\s|\u001b\[\d+m)*)(.*?)((?:\s|\u001b\[\d+m)*)$/s

const HOLE = /\{(\w+)\}/g

/** A sentence ends before a blank and a capital, or a number: "… wait. What is in hand finishes." */
const SENTENCES = /(?<=[.!?;]) (?=[A-Z\d"])/

const compile = ([english, other]: Phrase, { plurals }: Language): Compiled => {
  const parts = english.split(HOLE) // literal, hole, literal, hole, …, literal
  const holes = parts.filter((_, i) => i % 2 === 1)
  const source = parts.map((part, i) => (i % 2 === 0 ? escaped(part) : holeSource(part, plurals))).join('')
  return { pattern: new RegExp(`^${source}$`), holes, other }
}

const escaped = (literal: string): string => literal.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** A hole with a noun wants a number before it; {n} is a number; any other takes what is there. */
const holeSource = (hole: string, plurals: Language['plurals']): string => {
  if (Object.hasOwn(plurals, hole)) return `([\\d,]+ ${hole.replace(/s$/, 's?')})`
  return /^n\d?$/.test(hole) ? '([\\d,]+)' : '(.+?)'
}
