// Personal data in the words of strangers, taken out: phones and e-mail addresses. What stays tells two of them apart.
import { decoded } from './decoded.ts'

const AT = '[@＠﹫]'
/** Of what may stand before it all is taken, a part in quotes too; what divides words in JSON, lists and addresses of the web stays. */
const LOCAL = String.raw`(?:"[^"\n]{1,64}"|[^\s@＠﹫<>()[\]",;:\\]{1,254})`
const DOMAIN = String.raw`(?:\[[^\]\s]+\]|[\p{L}\p{N}_-][^\s@＠﹫<>()[\]{}"',;:=/\\]*)`

const EMAIL = new RegExp(`${LOCAL}${AT}(?=${DOMAIN})`, 'gu')
const WHOLE_EMAIL = new RegExp(`${LOCAL}${AT}${DOMAIN}`, 'gu')

/** What people group digits by, and what nobody sees. */
const BETWEEN = String.raw`[\p{Zs}\p{Pd}\p{Cf}−⁃.．·•∙⋅‧・()（）[\]]{0,5}`

/** In brackets after a phone stands another one: the same as a gateway spells it. */
const ANOTHER = String.raw`[\p{Zs}\p{Cf}]{0,5}[(（[][+＋]?\p{Nd}{7}`

/** Seven digits or more, also as people group them: 8 (916) 123-45-67, 06.12.34.56.78. Fewer are a status, an hour, a count. */
const PHONE = new RegExp(String.raw`[+＋]?\p{Nd}(?:(?!${ANOTHER})${BETWEEN}\p{Nd}){6,}`, 'gu')

/** A date, an IP address, and from so much to so much (with a long dash) look like that too. */
const NO_PHONE = new RegExp(
  String.raw`^(?:\d{4}\p{Pd}\d\d\p{Pd}\d\d|\d\d\.\d\d\.\d{4}|[12]?\d?\d(?:\.[12]?\d?\d){3}(?!\.?\d)|(?:\d{4}\p{Zs}?[–—−]\p{Zs}?\d{4}|\d{1,3}\p{Zs}\d{3}\p{Zs}[–—−]\p{Zs}\d{1,3}\p{Zs}\d{3})(?!${BETWEEN}\d))`,
  'u',
)

/** `+7916…67` for a phone, `…@example.com` for an e-mail address. What hid in another spelling (%40, &#64;) is told as it reads. */
export const maskPersonal = (text: string): string =>
  masked(text, (said) => said.replaceAll(EMAIL, '…@').replaceAll(PHONE, (phone) => besideNumbers(phone, shortened)))

/** Nothing is left of either: for words that are kept. */
export const withoutPersonal = (text: string): string =>
  masked(text, (said) =>
    said.replaceAll(WHOLE_EMAIL, '…').replaceAll(PHONE, (phone) => besideNumbers(phone, () => '…')),
  )

const masked = (text: string, mask: (said: string) => string): string => {
  const plain = decoded(text)
  const told = mask(plain)
  return told === plain ? text : told
}

const besideNumbers = (said: string, mask: (phone: string) => string): string => {
  const [other] = NO_PHONE.exec(said) ?? []
  if (other === undefined) return mask(said)
  return other + said.slice(other.length).replaceAll(PHONE, (rest) => besideNumbers(rest, mask))
}

const shortened = (said: string): string => {
  const digits = Array.from(said.replaceAll(/\P{Nd}/gu, ''))
  const shown = Math.min(4, digits.length - 7) // at least five are hidden
  return `${/^[+＋]/.test(said) ? '+' : ''}${digits.slice(0, shown).join('')}…${digits.slice(-2).join('')}`
}
