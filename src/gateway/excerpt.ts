// A few words of what a stranger said, fit to be stored, logged, counted and shown on a terminal.
import { withoutPersonal } from '../domain/mask.ts'

const LONGEST = 80
/** More is not looked at: an answer may have 64 KiB. */
const MOST_READ = 2_000

/**
 * At most 80 characters on one line: what a terminal would obey is escaped, the secret and long numbers (phones, ids) are
 * blanked, and whom they are about (phones, e-mail addresses), so that equal troubles read the same and count together.
 */
export const excerpt = (said: string, secret: string | null): string => {
  const safe = withoutPersonal((secret === null ? said : withoutSecret(said, secret)).slice(0, MOST_READ))
    .replaceAll(/\d{5,}/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const [...characters] = safe.slice(0, 4 * LONGEST)
  const cut = characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : characters.join('')
  return cut.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped)
}

const escaped = (character: string): string => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`

/** Enough of a secret to know it by. */
const TELLING = 8

/** A stranger may repeat it cut short, escaped or encoded: the word that begins as it does is blanked. */
const withoutSecret = (said: string, secret: string): string => {
  if (secret.length < TELLING) return said.replaceAll(secret, '…')
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
  return forms.reduce((rest, form) => withoutWord(rest, form.slice(0, TELLING)), said)
}

const withoutWord = (said: string, beginning: string): string =>
  said
    .split(beginning)
    .map((part, i) => (i === 0 ? part : part.replace(/^\S*/, '')))
    .join('…')
