// The variables of a text: each has to be a column that recipients have.
import type { App } from '../../app.ts'
import { Fixable } from '../../domain/errors.ts'
import { nearest } from '../../domain/nearest.ts'
import { parseText, TEXT_COLUMNS } from '../../domain/text.ts'

/** Some files have 100,000 columns. */
const MOST_LISTED = 40

const listed = (names: readonly string[]): string =>
  names.length <= MOST_LISTED
    ? names.join(', ')
    : `${names.slice(0, MOST_LISTED).join(', ')} and ${names.length - MOST_LISTED} more`

/** A variable that no recipient column answers is an error before anything is written. */
export const checkVariables = async (app: Pick<App, 'store'>, text: string, done: string): Promise<void> => {
  const { variables } = parseText(text)
  const known = [...TEXT_COLUMNS, ...(await app.store.attributeNames())]
  const unknown = variables.filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  const [first = ''] = unknown
  const near = nearest(first, known)
  throw new Fixable(
    'usage',
    `the text names ${unknown.map((name) => `{{ ${name} }}`).join(', ')}, which no recipient column answers; nothing is ${done}`,
    `${near === null ? '' : `Did you mean {{ ${near} }}? `}Known: ${listed(known)}.`,
  )
}
