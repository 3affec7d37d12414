// A heading as people read it.
import { Fixable } from '../../domain/errors.ts'
import { isDamaged, withoutUnseen } from '../../domain/unseen.ts'
import { visible } from '../../domain/visible.ts'

/** Trimmed, and without what nobody sees: a heading behind a mark without width is the same heading. */
export const headingOf = (cell: string): string => withoutUnseen(cell.normalize('NFC')).trim()

/** Letters of a heading that were lost before would be lost in the name of a field too. Fails with Fixable('input'). */
export const refuseDamaged = (header: readonly string[], file: string): void => {
  const damaged = header.find(isDamaged)
  if (damaged === undefined) return
  throw new Fixable(
    'input',
    `${file}: letters of the heading "${visible(damaged)}" are lost (\ufffd stands for them)`,
    'The file was written in a wrong encoding: save it anew where it comes from, as UTF-8.',
  )
}
