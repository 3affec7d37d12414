// Placeholders of other programs in a text: here they are sent as they stand.
import type { App } from '../../app.ts'
import { foreignPlaceholders } from '../../domain/foreign-placeholders.ts'
import { nearest } from '../../domain/nearest.ts'
import { TEXT_COLUMNS } from '../../domain/text-columns.ts'
import { visible } from '../../domain/visible.ts'
import { type Cli, type CommonOptions, print } from '../cli.ts'
import { FIELD_NAMES, headerKey, knownField } from '../input/header-names.ts'

/** Warns of each that names a column or nearly one: {name}, %name%, *|NAME|*. */
export const warnOfPlaceholders = async (
  cli: Cli,
  { store }: Pick<App, 'store'>,
  options: CommonOptions,
  text: string,
): Promise<void> => {
  if (options.quiet === true || !/[{}%[\]()$<>#@|]/.test(text)) return
  const known = [...TEXT_COLUMNS, ...(await store.attributeNames())]
  for (const { written, column } of foreignPlaceholders(text, (word) => columnFor(word, known)))
    print(cli.err, `Warning: ${visible(written)} is sent as it stands. To fill it in, write {{ ${visible(column)} }}.`)
}

const columnFor = (word: string, known: readonly string[]): string | null => {
  const same = known.find((name) => headerKey(name) === headerKey(word))
  if (same !== undefined) return same
  const field = knownField(word)
  if (field !== null && field !== 'ignored' && TEXT_COLUMNS.includes(FIELD_NAMES[field])) return FIELD_NAMES[field]
  return word.length < SHORTEST ? null : nearest(word, known)
}

/** Of three letters one that is other makes another word. */
const SHORTEST = 4
