// Placeholders as other programs write them: {name}, %name%, *|NAME|*. Here they are plain text, and would be sent as they stand. Pure.

/** Any heading: what it is, the address book knows. */
const WORD = String.raw`\s*([\p{L}_№][^\n{}[\]<>#@*|$]{0,60}?)\s*`

/** The longer a mark, the earlier it is looked for: ${name} is not {name}. At every place, for `5 %, %name%` has three of them. */
const MARKS = [
  [String.raw`\{\{\{`, String.raw`\}\}\}`],
  [String.raw`\*\|`, String.raw`\|\*`],
  [String.raw`\$\{`, String.raw`\}`],
  ['<<', '>>'],
  ['%%', '%%'],
  ['##', '##'],
  [String.raw`\[\[`, String.raw`\]\]`],
  [String.raw`\(\(`, String.raw`\)\)`],
  [String.raw`\{`, String.raw`\}`],
  [String.raw`\[`, String.raw`\]`],
  ['<', '>'],
  ['%', '%'],
  ['#', '#'],
  ['@', '@'],
]
  .map(([before = '', after = '']) => before + WORD + after)
  .concat(String.raw`\$([\p{L}_][\p{L}\p{N}_]*)`)
  .map((mark) => new RegExp(`(?=(${mark}))`, 'gu'))

/** What the template language reads itself; three braces are another program's. */
const OURS = /(?<!\{)\{\{(?!\{)[\s\S]*?\}\}|\{%[\s\S]*?%\}/g

/**
 * Those whose word is a column, or nearly one: `columnOf` says which, null: none. Whatever else stands in brackets, a price or a
 * percentage is a text's own affair.
 */
export const foreignPlaceholders = (
  text: string,
  columnOf: (word: string) => string | null,
): readonly { readonly written: string; readonly column: string }[] => {
  const plain = text.replaceAll(OURS, '\n')
  const found: { readonly written: string; readonly column: string; readonly from: number; readonly to: number }[] = []
  for (const mark of MARKS) {
    for (const { 1: written = '', 2: word = '', index: from } of plain.matchAll(mark)) {
      const to = from + written.length
      if (found.some((other) => other.from <= from && to <= other.to)) continue
      const column = columnOf(word.trim())
      if (column !== null) found.push({ written, column, from, to })
    }
  }
  const byPlace = found.toSorted((a, b) => a.from - b.from)
  return [...new Map(byPlace.map(({ written, column }) => [written, { written, column }] as const)).values()]
}
