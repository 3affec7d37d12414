// An address by itself, as a list of them has it: a phone in any spelling or an e-mail address.
import { parseEmail } from './email.ts'
import { phoneParser } from './phone.ts'

export type ParsedAddress =
  /** E.164 with the plus, or lower case with the domain in ASCII. */
  { readonly ok: true; readonly address: string } | { readonly ok: false; readonly reason: string }

/** How addresses are read; `country`: of phones written without one. Fails with Fixable('config') for an unknown country. */
export const addressParser = (country: string): ((text: string) => ParsedAddress) => {
  const parsePhone = phoneParser(country)
  return (text) => {
    if (text.includes('@')) {
      const parsed = parseEmail(text)
      return parsed.ok ? { ok: true, address: parsed.email } : parsed
    }
    const parsed = parsePhone(text)
    if (!parsed.ok) return parsed
    return parsed.more === 'numbers'
      ? { ok: false, reason: 'more than one number: each wants a line of its own' }
      : { ok: true, address: parsed.phone }
  }
}
