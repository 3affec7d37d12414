// What single cells of a table say: tags, attributes.

const NO_TAGS: readonly string[] = []

/** Tags with commas, semicolons or | between them, each once, in their order. */
export const parseTags = (text: string | null): readonly string[] => {
  if (text === null) return NO_TAGS
  if (!/[,;|]/.test(text)) return [text.normalize('NFC')]
  const tags = text.normalize('NFC').split(/[,;|]/)
  return [...new Set(tags.map((tag) => tag.trim()))].filter((tag) => tag !== '')
}

/** The attribute that keeps a phone cell as it is written, where it says more than the one number that is used. */
const PHONES_ATTRIBUTE = 'phones'

const NO_ATTRIBUTES: Readonly<Record<string, string>> = {}

/** The cells of these columns that are not blank, by the names of the columns; a column `__proto__` is plain data. */
export const attributesOf = (
  cells: readonly string[],
  columns: readonly (readonly [index: number, name: string])[],
  phones: string | null,
): Readonly<Record<string, string>> => {
  if (columns.length === 0 && phones === null) return NO_ATTRIBUTES
  const texts = columns.map(([index, name]): [string, string] => [name, cells[index]?.trim() ?? ''])
  if (phones !== null) texts.push([PHONES_ATTRIBUTE, phones])
  return Object.fromEntries<string>(texts.filter(([, text]) => text !== ''))
}
