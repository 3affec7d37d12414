// A refusal in a column that is only an attribute would be passed over, and its people written to: nothing is imported then.
import { saysRefusal } from '../domain/consent.ts'
import { Fixable } from '../domain/errors.ts'
import type { Column } from '../domain/recipient.ts'

/** Asked for every row, good or bad; `more`: attributes of which the columns do not tell. Fails with Fixable('input'). */
export const consentGuard = (columns: readonly Column[]) => {
  const places = columns.flatMap((column, i) =>
    column.kind === 'attribute' && column.isMeant !== true ? [[i, column.name] as const] : [],
  )
  return (line: number, cells: readonly string[], more: readonly (readonly [string, string])[] = []): void => {
    for (const [i, name] of places) if (saysRefusal(cells[i] ?? '')) throw unsaid(line, name, cells[i] ?? '')
    for (const [name, cell] of more) if (saysRefusal(cell)) throw unsaid(line, name, cell)
  }
}

const unsaid = (line: number, name: string, cell: string): Fixable =>
  new Fixable(
    'input',
    `nothing is imported: line ${line} says "${cell.trim()}" in the column "${name}", which is no column of consent`,
    `Say what it is: --map unsubscribed="${name}", or --map "${name}"="${name}" where it is only an attribute.`,
  )
