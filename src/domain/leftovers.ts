// What stands in braces and is no expression of the language: `{{ Сумма, шт }}`, `{{ Цена.опт }}`, `{% if Сумма долга > 5 %}`.
// The language itself reads the first word of it and passes over the rest, so that another column would be sent, or nothing. Pure.

const NAME = String.raw`[\p{L}_\p{Co}][\p{L}\p{M}\p{N}_-]*`
const QUOTED = `"[^"]*"|'[^']*'`
const PATH = String.raw`(?:${NAME}|\[\s*(?:${QUOTED})\s*\])(?:\.${NAME}|\[[^\]]*\])*`
const PLAIN = String.raw`${QUOTED}|-?\d+(?:\.\d+)?|${PATH}`
const VALUE = String.raw`(?:${PLAIN}|\(\s*(?:${PLAIN})\s*\.\.\s*(?:${PLAIN})\s*\))`
const FILTERS = String.raw`(?:\s*\|\s*\w+(?:\s*:\s*(?:\w+\s*:\s*)?${VALUE}(?:\s*,\s*(?:\w+\s*:\s*)?${VALUE})*)?)*`
const OPERAND = String.raw`(?:not\s+)?${VALUE}${FILTERS}`
const OPERATOR = String.raw`\s*(?:==|!=|<>|<=|>=|<|>|(?<=\s)(?:contains|and|or)(?=\s))\s*`
const VALUES = String.raw`${VALUE}(?:\s*(?:,|\bor\b)\s*${VALUE})*`

const exactly = (pattern: string): RegExp => new RegExp(`^\\s*(?:${pattern})\\s*$`, 'u')

const OUTPUT = exactly(`${VALUE}${FILTERS}`)
const CONDITION = exactly(`${OPERAND}(?:${OPERATOR}${OPERAND})*`)

/** What may stand behind the word of a tag. */
const TAG_CONTENTS: Readonly<Record<string, RegExp>> = {
  if: CONDITION,
  elsif: CONDITION,
  unless: CONDITION,
  case: OUTPUT,
  when: exactly(VALUES),
  assign: exactly(`${NAME}\\s*=\\s*${VALUE}${FILTERS}`),
  capture: exactly(`${NAME}|${QUOTED}`),
  for: exactly(String.raw`${NAME}\s+in\s+${VALUE}(?:[\s,]+(?:reversed|(?:limit|offset)\s*:\s*${VALUE}))*`),
  cycle: exactly(`(?:${VALUE}\\s*:\\s*)?${VALUES}`),
}

/** null: a tag that nobody may use. */
const contentsOf = (tag: string): RegExp | null =>
  Object.hasOwn(TAG_CONTENTS, tag)
    ? (TAG_CONTENTS[tag] ?? null)
    : /^(?:else|break|continue|end\w+)$/.test(tag)
      ? NOTHING
      : null

const NOTHING = exactly('')

const INSIDE = String.raw`(?:${QUOTED}|[\s\S])*?`
const BRACES = new RegExp(
  String.raw`\{%-?\s*(raw|comment)\s*-?%\}[\s\S]*?\{%-?\s*end\1\s*-?%\}|\{\{-?(${INSIDE})-?\}\}|\{%-?\s*(\w+)(${INSIDE})-?%\}`,
  'gu',
)

/** Names that somebody meant and that are none, as they are written. `globals`: the names that the text does not make itself. */
export const leftovers = (source: string, globals: readonly string[]): readonly string[] => {
  const left = bracesOf(source).flatMap(({ inside, allowed, isOutput }) =>
    allowed.test(inside) ? parts(inside, globals) : [meant(inside, isOutput)],
  )
  return [...new Set(left)]
}

/** The first such name among the outputs of a text that the language cannot read; undefined: it is something else. */
export const leftoverOutput = (source: string): string | undefined => {
  const left = bracesOf(source).find(({ inside, allowed, isOutput }) => isOutput && !allowed.test(inside))
  return left && meant(left.inside, true)
}

interface Braces {
  readonly inside: string
  readonly allowed: RegExp
  readonly isOutput: boolean
}

const bracesOf = (source: string): readonly Braces[] =>
  [...source.matchAll(BRACES)].flatMap(([, kept, output, tag, content = '']) => {
    const inside = (output ?? content).trim()
    const allowed = output === undefined ? contentsOf(tag ?? '') : OUTPUT
    return kept !== undefined || allowed === null || inside === ''
      ? []
      : [{ inside, allowed, isOutput: output !== undefined }]
  })

/** In an output all before the filters; in a tag the first operand that is none. */
const meant = (inside: string, isOutput: boolean): string => {
  if (isOutput) return inside.replace(/\s*\|[\s\S]*$/u, '') || inside
  const operands = inside.split(new RegExp(OPERATOR, 'u'))
  return (operands.find((each) => !exactly(OPERAND).test(each)) ?? inside).trim()
}

/** Values are plain text and have no parts; only their length may be asked for, and the ends of a list. */
const parts = (inside: string, globals: readonly string[]): readonly string[] => {
  const unquoted = inside.replaceAll(new RegExp(QUOTED, 'gu'), (quoted) => '"'.repeat(quoted.length))
  return [...unquoted.matchAll(PATHS)].flatMap(({ 0: path, 1: root = '', 2: part = '', index }) =>
    globals.includes(root) && !ENDS.test(part) ? [inside.slice(index, index + path.length)] : [],
  )
}

const PATHS = new RegExp(String.raw`(?<![\p{L}\p{N}_.])(${NAME})((?:\.${NAME}|\[[^\]]*\])+)`, 'gu')
const ENDS = /^\.(?:size|first|last)$/
