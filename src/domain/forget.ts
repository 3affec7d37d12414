// A person is forgotten: what strangers and operators wrote of them is taken out of their words, and the rest stays.
import type { RecipientContent } from './recipient-content.ts'

/** What is known of a person, in every form in which it was kept. */
export interface Personal {
  /** E.164, the old ones too. */
  readonly phones: readonly string[]
  readonly emails: readonly string[]
  /** Names of people: each of their words tells who it is. */
  readonly names: readonly string[]
  /** What tells who it is only as a whole: an address, a number, an attribute. */
  readonly values: readonly string[]
  /** Texts that were written for them. */
  readonly texts: readonly string[]
}

/** Longer ones are no patterns (V8 has a limit): they are looked for piece by piece, as texts are. */
const LONGEST_PATTERN = 200

/** Makes a function that takes these values out of a sentence, however they are spelled there, and puts … in their place. */
export const forgetting = (person: Personal): ((said: string) => string) => {
  const whole = [...person.names, ...person.values]
  const words = person.names.flatMap(wordsOf)
  const patterns = [
    ...person.emails.map(emailPattern),
    ...person.phones.flatMap(phonePattern),
    ...whole.filter((value) => value.length <= LONGEST_PATTERN).flatMap(wholePattern),
    ...words.map(wordPattern),
  ].map((pattern) => new RegExp(pattern, 'giu'))
  const texts = [...person.texts, ...whole.filter((value) => value.length > LONGEST_PATTERN)].map(plainText)
  const beginnings = [...person.emails, ...words].map((word) => word.toLowerCase())
  return (said) => {
    const plain = withLetters(said)
    const echoless = texts.reduce(withoutEchoes, plain)
    const rest = patterns
      .reduce((text, pattern) => text.replaceAll(pattern, '…'), echoless)
      .replace(CUT_WORD, (cut, word: string) =>
        beginnings.some((each) => each.startsWith(word.toLowerCase())) ? '…' : cut,
      )
    return rest === plain ? said : rest.replaceAll(/…(?:\s*…)+/gu, '…')
  }
}

/** What was known of a person and is not any more. Words of a name that stay in it stay known. */
export const replaced = (before: RecipientContent, after: RecipientContent): Personal => {
  const gone = (of: (content: RecipientContent) => readonly (string | null)[]): readonly string[] => {
    const left = new Set(of(after))
    return of(before).filter((value): value is string => value !== null && value !== '' && !left.has(value))
  }
  return {
    phones: gone(({ phone }) => [phone]),
    emails: gone(({ email }) => [email]),
    names: gone(({ name, contactPerson }) => wordsOf(`${name ?? ''} ${contactPerson ?? ''}`)),
    values: gone(({ externalId, taxNumber, address, attributes }) => [
      externalId,
      taxNumber,
      address,
      ...Object.values(attributes),
    ]),
    texts: [],
  }
}

/** Of a reason that a stranger gave, what is this program's own: `gateway answered 400`. */
export const ownWords = (reason: string): string => reason.replace(/: .*$/s, '')

/** What is cut short at the end of a reason may be half a name. */
const CUT_WORD = /([\p{L}\p{N}@.+'’-]{2,})…$/u

/** PHP and Python write JSON so: \u0410\u043d\u043d\u0430. */
const withLetters = (said: string): string =>
  said.replaceAll(/\\u([0-9a-f]{4})/gi, (escaped, code: string) => {
    const character = String.fromCodePoint(Number.parseInt(code, 16))
    return /[\p{L}\p{N}\p{P}\p{Zs}]/u.test(character) ? character : escaped
  })

const emailPattern = (email: string): string => {
  const at = email.lastIndexOf('@')
  const [local, domain] = [email.slice(0, at), email.slice(at + 1)]
  // the domain of an address may be written in letters of its own (пример.рф)
  return `${literal(local)}(?:@|%40|&#64;| ?[([]?at[)\\]]? ?)(?:${literal(domain)}|[\\p{L}\\p{N}.-]+)`
}

const GAP = String.raw`[\s()./\u2010-\u2015-]{0,3}`
/** As many digits at the end of a phone make it known, wherever a country code or an 8 stands before them. */
const TELLING = 7

const phonePattern = (phone: string): readonly string[] => {
  const digits = phone.replaceAll(/\D/g, '').split('')
  if (digits.length < TELLING) return []
  const head = digits.slice(0, -TELLING).map((digit) => `(?:${digit}${GAP})?`)
  return [
    `(?<!\\p{Nd})(?:\\((?=\\p{Nd}{2,5}\\)))?(?:(?:\\+|00?|8)${GAP})?${head.join('')}${digits.slice(-TELLING).join(GAP)}`,
  ]
}

/** Fewer digits are a status, an hour, a count. */
const FEWEST_DIGITS = 5

const wholePattern = (value: string): readonly string[] => {
  const text = value.trim()
  if (/^\p{Nd}+$/u.test(text)) return text.length < FEWEST_DIGITS ? [] : [bounded(text.split('').join(GAP))]
  return text.length < 2 || !/\p{L}|\p{Nd}{5}/u.test(text) ? [] : [bounded(literal(text))]
}

const wordsOf = (name: string): readonly string[] => name.match(/\p{L}{3,40}/gu) ?? []

/** Russian names are declined: Анна, Анны, с Анной. */
const wordPattern = (word: string): string =>
  bounded(/^[а-яё]{4,}$/i.test(word) ? `${literal(word.slice(0, -1))}\\p{L}{0,4}` : literal(word))

const bounded = (pattern: string): string => `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`

const literal = (text: string): string =>
  text
    .replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
    .replaceAll(/[её]/gi, '[её]')
    .replaceAll(/\s+/g, String.raw`\s+`)

const plainText = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().toLowerCase()

/** A shorter piece of a text says nothing of whom it was for. */
const SHORTEST_ECHO = 12

/** Pieces of the text that stand in what was said. */
const withoutEchoes = (said: string, told: string): string => {
  const heard = said.toLowerCase()
  const least = Math.min(SHORTEST_ECHO, told.length)
  if (least < 4 || heard.length !== said.length) return said
  let rest = ''
  for (let at = 0; at < said.length; ) {
    let end = at + least
    if (end > said.length || !told.includes(heard.slice(at, end))) {
      rest += said[at]
      at += 1
      continue
    }
    while (end < said.length && told.includes(heard.slice(at, end + 1))) end += 1
    rest += said[at] === ' ' ? ' …' : '…'
    at = end
  }
  return rest
}
