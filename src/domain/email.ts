// E-mail addresses: an allow-list. What is not plainly one address is refused, so that nothing can be smuggled into a header.
import { bareAddress } from './unseen.ts'

export type ParsedEmail =
  | { readonly ok: true; readonly email: string }
  | { readonly ok: false; readonly reason: string }

/** RFC 5321: a path is 256 octets with its angle brackets. */
const LONGEST = 254
const LONGEST_LOCAL_PART = 64

const ADDRESS =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** One address -> lower case, its domain in ASCII (пример.рф -> xn--e1afmkfd.xn--p1ai: look-alike letters cannot hide). */
export const parseEmail = (written: string): ParsedEmail => {
  const raw = bareAddress(written)
  if (raw.length > LONGEST) return { ok: false, reason: `e-mail is longer than ${LONGEST} characters` }
  if (/[\p{Cc}\u2028\u2029]/u.test(raw.trim()))
    return { ok: false, reason: 'e-mail has a line break or a control character' }
  if (/[,;<>]/.test(raw)) return { ok: false, reason: 'e-mail has , ; < or > (one plain address is wanted)' }
  const email = withAsciiDomain(raw.trim().toLowerCase())
  if (email.length > LONGEST) return { ok: false, reason: `e-mail is longer than ${LONGEST} characters` }
  return ADDRESS.test(email) && email.indexOf('@') <= LONGEST_LOCAL_PART
    ? { ok: true, email }
    : { ok: false, reason: 'e-mail is not a valid address' }
}

const withAsciiDomain = (email: string): string => {
  if (/^[\0-\x7f]*$/.test(email)) return email
  const [local, domain, ...rest] = email.split('@')
  if (domain === undefined || rest.length > 0 || !/^[\p{L}\p{M}\p{N}.-]*[^\0-\x7f][\p{L}\p{M}\p{N}.-]*$/u.test(domain))
    return email
  const url = `http://${domain}`
  return URL.canParse(url) ? `${local}@${new URL(url).hostname}` : email
}
