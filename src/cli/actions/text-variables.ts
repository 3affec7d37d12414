// The variables of a text: each has to be a column that recipients have.
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import { parseText, unknownNames } from '../../domain/text.ts'
import { TEXT_COLUMNS } from '../../domain/text-columns.ts'
import { inBraces, nearestNames } from '../../domain/text-names.ts'

/**
 * A variable that no recipient column answers is an error before anything is written. Returns the headings of several words that the
 * text names: they are kept with the mailing, since who renders it does not know the headings of this day.
 */
export const checkVariables = async (
  app: Pick<App, 'store'>,
  text: string,
  done: string,
): Promise<readonly string[]> => {
  const attributes = await app.store.attributeNames()
  const parsed = parseText(text, attributes)
  const known = [...TEXT_COLUMNS, ...attributes]
  const unknown = unknownNames(parsed, known)
  if (unknown.length === 0) return parsed.headings
  throw new Fixable(
    'usage',
    `the text names ${inBraces(unknown)}, which no recipient column answers; nothing is ${done}`,
    nearestNames(unknown, known),
  )
}
