// Personal data in the words of strangers, taken out: phones and e-mail addresses. What stays tells two of them apart.
import { decoded } from './decoded.ts'

const DOTTED = String.raw`(?=[\p{L}\p{N}-]+\.\p{L}{2})`
/** Also as mail spells it (=40), after a comment, and as people write it so that no program finds it. */
const AT = String.raw`(?:\([^()\n]{1,64}\))?(?:\\?[@＠﹫]|=40${DOTTED}|\p{Zs}@\p{Zs}${DOTTED}|\p{Zs}?[([{]at[)\]}]\p{Zs}?)`
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
const NUMBER = String.raw`[+＋]?\p{Nd}(?:(?!${ANOTHER})${BETWEEN}\p{Nd}){6,}`
const PHONE = new RegExp(NUMBER, 'gu')

const OTHER = String.raw`[/_,:;|~*+\t]`
/** Divided as only phones are, by what divides other numbers too: 8/916/123/45/67, 916_123_4567. */
const DIVIDED = String.raw`(?<!\p{Nd})[+＋]?(?:\p{Nd}{1,3}(?<a>${OTHER})\p{Nd}{3}\k<a>\p{Nd}{3}\k<a>(?:\p{Nd}{2}\k<a>\p{Nd}{2}|\p{Nd}{4})|\p{Nd}{3}(?<b>${OTHER})\p{Nd}{3}\k<b>\p{Nd}{4})(?!\p{Nd})`

const monthAndDay = (between: string): string => `(?:0[1-9]|1[0-2])${between}(?:0[1-9]|[12]\\d|3[01])`
const LAST = String.raw`(?![\p{L}\p{N}]|${BETWEEN}\p{Nd})`
/** By these an operator finds a request, an hour, a reason: a UUID, the number of a trace, dates of other forms, a reply of SMTP. */
const TELLING = [
  String.raw`(?=[\d-]*[a-f])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}${LAST}`,
  String.raw`(?=\d*[a-f])(?![\da-f]*\d{10})[\da-f]{32,}${LAST}`,
  String.raw`(?:19|20)\d\d${monthAndDay('')}T\d{4}(?:\d\d)?Z?${LAST}`,
  String.raw`(?:(?:19|20)\d\d\.${monthAndDay('[.]')}|\d\d\.\d\d\.\d\d)\p{Zs}\d\d:\d\d(?!\p{Nd})`,
  String.raw`(?:19|20)\d\d\.${monthAndDay('[.]')}${LAST}`,
  String.raw`[245]\d\d[\- ][245]\.\d\.\d{1,2}${LAST}`,
].join('|')

const FOUND = new RegExp(String.raw`(?<![\p{L}\p{N}+])(${TELLING})|${DIVIDED}|${NUMBER}`, 'giu')

/** A date, an IP address, and from so much to so much (with a long dash) look like that too. */
const NO_PHONE = new RegExp(
  String.raw`^(?:\d{4}\p{Pd}\d\d\p{Pd}\d\d|\d\d\.\d\d\.\d{4}|[12]?\d?\d(?:\.[12]?\d?\d){3}(?!\.?\d)|(?:\d{4}\p{Zs}?[–—−]\p{Zs}?\d{4}|\d{1,3}\p{Zs}\d{3}\p{Zs}[–—−]\p{Zs}\d{1,3}\p{Zs}\d{3})(?!${BETWEEN}\d))`,
  'u',
)

/** `+7916…67` for a phone, `…@example.com` for an e-mail address. What hid in another spelling (%40, &#64;) is told as it reads. */
export const maskPersonal = (text: string): string =>
  masked(text, (said) => withoutPhones(withoutEmails(said, EMAIL, '…@'), shortened))

/** Nothing is left of either: for words that are kept. */
export const withoutPersonal = (text: string): string =>
  masked(text, (said) => withoutPhones(withoutEmails(said, WHOLE_EMAIL, '…'), () => '…'))

const masked = (text: string, mask: (said: string) => string): string => {
  const plain = decoded(text)
  const told = mask(plain)
  return told === plain ? text : told
}

/** Most words have neither: without these looks a text of 13 characters took 18 µs, with them it takes 2. */
const withoutEmails = (said: string, email: RegExp, instead: string): string =>
  /[@＠﹫]|=40|[([{]at[)\]}]/.test(said) ? said.replaceAll(email, instead) : said

const withoutPhones = (said: string, mask: (phone: string) => string): string =>
  !/\p{Nd}/u.test(said)
    ? said
    : said.replaceAll(FOUND, (found, kept: string | undefined) => kept ?? besideNumbers(found, mask))

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
