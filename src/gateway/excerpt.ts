// A few words of what a stranger said, fit to be stored, logged, counted and shown on a terminal.
import { withoutPersonal } from '../domain/mask.ts'
import { UNSAFE, writtenOut } from '../domain/unsafe.ts'

const LONGEST = 80
/** More is not looked at: an answer may have 64 KiB. */
const MOST_READ = 2_000

/**
 * At most 80 characters on one line: what a terminal would obey is escaped, secrets (`hide` takes them out) and long numbers (phones, ids) are
 * blanked, and whom they are about (phones, e-mail addresses), so that equal troubles read the same and count together.
 */
export const excerpt = (said: string, hide: (said: string) => string): string => {
  const safe = withoutPersonal(hide(said.slice(0, MOST_READ).replaceAll(/\s+/g, ' ')))
    .replaceAll(/\d{5,}/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const [...characters] = safe.slice(0, 4 * LONGEST)
  const cut = characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : characters.join('')
  return cut.replaceAll(UNSAFE, writtenOut)
}
