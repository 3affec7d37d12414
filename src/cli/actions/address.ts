// An address on the command line: a phone or an e-mail address, whichever it looks like.
import { parseEmail } from '../../domain/email.ts'

export type ReadAddress =
  | { readonly ok: true; readonly kind: 'phone' | 'email'; readonly address: string }
  | { readonly ok: false; readonly reason: string }

/** As the address book keeps it. The parser of phones takes 100 ms to load, so it is loaded here. */
export const addressOf = async (raw: string, country: string): Promise<ReadAddress> => {
  if (raw.includes('@')) {
    const email = parseEmail(raw)
    return email.ok ? { ok: true, kind: 'email', address: email.email } : email
  }
  const { phoneParser } = await import('../../domain/phone.ts')
  const phone = phoneParser(country)(raw)
  return phone.ok ? { ok: true, kind: 'phone', address: phone.phone } : phone
}
