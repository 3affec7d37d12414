// A text with {{ variables }}: checked once, filled in for each recipient. Plain text in, plain text out: nothing is escaped here.
import type { Rendering } from './admission.ts'
import { Fixable } from './errors.ts'
import { letterHeadings } from './headings.ts'
import { leftoverOutput, leftovers } from './leftovers.ts'
import { blankOutputsSeen, LONGEST_TEXT, openLiquid } from './liquid.ts'
import type { RecipientValues } from './message.ts'
import { columnOf, TEXT_COLUMNS } from './text-columns.ts'
import { neitherNameNorExpression } from './text-names.ts'

export interface ParsedText {
  /** What it names, each once: columns (TEXT_COLUMNS) or attributes. */
  readonly variables: readonly string[]
  /** Those of them that are headings of more than one plain word. Who renders the text later has to know them. */
  readonly headings: readonly string[]
  /** What stands in braces and is neither a name nor an expression, as it is written. */
  readonly leftovers: readonly string[]
  /** True: everybody gets the same bytes. */
  readonly isStatic: boolean
  /** The text for one recipient; what is missing is empty. Fails with Fixable('usage') where a filter cannot take the value. */
  render(values: Readonly<Record<string, unknown>>): string
  /** How many of its outputs say nothing then. */
  blankOutputs(values: Readonly<Record<string, unknown>>): number
}

/** A text as the sending side wants it: filled in from a recipient's columns, each read only when it is named. */
export const textOfRecipients = (source: string, headings: readonly string[] = []): Rendering => {
  const { variables, isStatic, render } = parseText(source, headings)
  const columns = [...new Set(variables.map(columnOf))]
  return { isStatic, columns, render: (recipient) => render(valuesOf(variables, recipient)) }
}

/** What these variables say for a recipient, each by its name. */
export const valuesOf = (variables: readonly string[], recipient: RecipientValues): Record<string, unknown> => {
  const attributes = parseAttributes(recipient.attributes)
  const values: Record<string, unknown> = { __proto__: null } // attributes have names that people chose
  for (const variable of variables) {
    const column = columnOf(variable)
    if (column !== 'attributes') values[variable] = recipient[column]
    else if (Object.hasOwn(attributes, variable)) values[variable] = Reflect.get(attributes, variable)
  }
  return values
}

/** What the text names and none of the known headings answers, as it is written. */
export const unknownNames = (
  { variables, leftovers: left }: ParsedText,
  known: readonly string[],
): readonly string[] => [
  ...variables.filter((name) => !known.includes(name) && !left.some((each) => each.includes(name))),
  ...left,
]

/** Those of these variables that say nothing for this recipient. */
export const emptyVariables = (variables: readonly string[], recipient: RecipientValues): readonly string[] => {
  const values = valuesOf(variables, recipient)
  return variables.filter((name) => written(values[name]).trim() === '')
}

const parseAttributes = (json: string | null | undefined): object => {
  const attributes: unknown = json ? JSON.parse(json) : {}
  return typeof attributes === 'object' && attributes !== null ? attributes : {}
}

/**
 * Checks a text and prepares it. `known`: the headings that it may name. Fails with Fixable('usage'), naming line and column, where
 * the language cannot read it; what the language would pass over without a word is in `leftovers`.
 */
export const parseText = (text: string, known: readonly string[] = []): ParsedText => {
  if (text.length > LONGEST_TEXT) throw new Fixable('usage', `the text is longer than ${LONGEST_TEXT} characters`)
  if (text.includes('\0')) throw new Fixable('usage', 'the text contains a NUL character', 'Save it as plain text.')
  if (!/\{[{%]/.test(text))
    return { variables: [], headings: [], leftovers: [], isStatic: true, render: () => text, blankOutputs: () => 0 }
  const { source, headings } = letterHeadings(text, known)
  const named = (word: string): string => headings.get(word) ?? word
  const parsed = parsePlain(source, named) ?? parseLiquid(source, named, { headings, known })
  return { ...parsed, headings: [...headings.values()], isStatic: false }
}

type Parsed = Pick<ParsedText, 'variables' | 'leftovers' | 'render' | 'blankOutputs'>

// ---------------------------------------------------------------- nothing but {{ variable }}

const VARIABLE = /\{\{\s*(\p{Co}|[\p{L}_][\p{L}\p{N}_]*)\s*\}\}/u

/** Words that are values of the language, not names. */
const LITERALS = new Set(['true', 'false', 'nil', 'null', 'empty', 'blank'])

/** Most texts need no engine: joining takes 0.1 µs a message where liquid takes 4 µs, and 27 ms to load in every process. */
const parsePlain = (source: string, named: (word: string) => string): Parsed | null => {
  // split by a group: literal, name, literal, name, …, literal
  const pieces = source.split(VARIABLE)
  const words = pieces.filter((_, i) => i % 2 === 1)
  const names = words.map(named)
  const literals = pieces.filter((_, i) => i % 2 === 0)
  if (words.some((word) => LITERALS.has(word)) || literals.some((literal) => /\{[{%]/.test(literal))) return null
  const render: ParsedText['render'] = (values) => {
    let text = pieces[0] ?? ''
    for (let i = 0; i < names.length; i++) text += written(ownValue(values, names[i] ?? '')) + (literals[i + 1] ?? '')
    return text
  }
  const blankOutputs: ParsedText['blankOutputs'] = (values) =>
    names.filter((name) => written(ownValue(values, name)).trim() === '').length
  return { variables: [...new Set(names)], leftovers: [], render, blankOutputs }
}

const ownValue = (values: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(values, name) ? values[name] : null

const written = (value: unknown): string => {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

// ---------------------------------------------------------------- filters and tags: liquid, locked down

interface Names {
  /** By their letters. */
  readonly headings: ReadonlyMap<string, string>
  readonly known: readonly string[]
}

const parseLiquid = (source: string, named: (word: string) => string, names: Names): Parsed => {
  const liquid = openLiquid()
  const template = explained(
    () => liquid.parse(source),
    names,
    () => leftoverOutput(source),
  )
  const words = explained(() => liquid.globalVariablesSync(template), names)
  const render: ParsedText['render'] = (values) => {
    const scope = Object.fromEntries(words.map((word) => [word, ownValue(values, named(word))]))
    return explained(() => String(liquid.renderSync(template, scope)), names)
  }
  const blankOutputs: ParsedText['blankOutputs'] = (values) => {
    const before = blankOutputsSeen()
    render(values)
    return blankOutputsSeen() - before
  }
  render({}) // a loop without end is found here, not at ten o'clock
  const left = leftovers(source, words).map((each) => asWritten(each, names))
  return { variables: [...new Set(words.map(named))], leftovers: left, render, blankOutputs }
}

/** With the headings in the place of their letters. */
const asWritten = (words: string, { headings }: Names): string =>
  [...headings].reduce(
    (all, [letter, heading]) => all.replaceAll(new RegExp(`${letter} *`, 'gu'), () => heading),
    words,
  )

/** liquid says `undefined filter: nope, line:2, col:3`; only that line is for people. A heading that it stumbles over is named. */
const explained = <T>(body: () => T, names: Names, leftover?: () => string | undefined): T => {
  try {
    return body()
  } catch (error) {
    const left = asWritten(leftover?.() ?? '', names)
    if (left !== '') throw neitherNameNorExpression(left, [...TEXT_COLUMNS, ...names.known])
    const [said = ''] = asWritten(error instanceof Error ? error.message : String(error), names).split('\n')
    const place = /^(?<what>.*), line:(?<line>\d+), col:(?<column>\d+)$/.exec(said)?.groups
    const where = place ? `line ${place['line']}, column ${place['column']}: ${place['what']}` : said
    throw new Fixable('usage', `the text cannot be used: ${where}`, 'Write {{ name }} or {{ name | default: "…" }}.')
  }
}
