// Personal data in the words of strangers, taken out: phones and e-mail addresses. What stays tells two of them apart.

const EMAIL = /[^\s@<>()[\]{}"',;:=/\\]{1,64}@(?=[^\s@<>()[\]{}"',;:=/\\])/gu

const WHOLE_EMAIL = new RegExp(String.raw`${EMAIL.source}[^\s@<>()[\]{}"',;:=/\\]+`, 'gu')

/** Seven digits or more, also as people group them: 8 (916) 123-45-67, 06.12.34.56.78. Fewer are a status, an hour, a count. */
const PHONE = /\+?\p{Nd}(?:[\p{Zs}.()-]{0,3}\p{Nd}){6,}/gu

/** A date and an IP address look like that too. */
const NO_PHONE = /^(?:\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d{4}|[12]?\d?\d(?:\.[12]?\d?\d){3}(?!\.?\d))/

/** `+7916…67` for a phone, `…@example.com` for an e-mail address. */
export const maskPersonal = (text: string): string =>
  text.replaceAll(EMAIL, '…@').replaceAll(PHONE, (said) => besideNumbers(said, shortened))

/** Nothing is left of either: for words that are kept. */
export const withoutPersonal = (text: string): string =>
  text.replaceAll(WHOLE_EMAIL, '…').replaceAll(PHONE, (said) => besideNumbers(said, () => '…'))

const besideNumbers = (said: string, mask: (phone: string) => string): string => {
  const [other] = NO_PHONE.exec(said) ?? []
  if (other === undefined) return mask(said)
  return other + said.slice(other.length).replaceAll(PHONE, (rest) => besideNumbers(rest, mask))
}

const shortened = (said: string): string => {
  const digits = said.replaceAll(/\P{Nd}/gu, '')
  const shown = Math.min(4, digits.length - 7) // at least five are hidden
  return `${said.startsWith('+') ? '+' : ''}${digits.slice(0, shown)}…${digits.slice(-2)}`
}
