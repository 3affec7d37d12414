// A text as it reads: what programs write in another spelling, in an address of the web (%40), in HTML (&#64;) or in JSON (\u0040).

const SPELLED =
  /(?:%[\da-f]{2})+|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});|\\u[\da-f]{4}|\\u\{[\da-f]{1,6}\}|\\x[\da-f]{2}/gi

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  commat: '@',
  dash: '‐',
  hyphen: '‐',
  lpar: '(',
  mdash: '—',
  minus: '−',
  nbsp: '\u00a0',
  ndash: '–',
  num: '#',
  percnt: '%',
  period: '.',
  plus: '+',
  quot: '"',
  rpar: ')',
  shy: '\u00ad',
}

/** One program repeats what another spelled already. */
const TIMES = 3

/** The same text where nothing of it is spelled. */
export const decoded = (text: string): string => {
  let plain = text
  for (let i = 0; i < TIMES && /[%&\\]/.test(plain); i += 1) plain = plain.replaceAll(SPELLED, read)
  return plain
}

const read = (spelled: string): string => {
  if (spelled.startsWith('%')) return Buffer.from(spelled.replaceAll('%', ''), 'hex').toString()
  if (/^&[a-z]/i.test(spelled)) return NAMED[spelled.slice(1, -1).toLowerCase()] ?? spelled
  const [, decimal] = /^&#(\d+);/.exec(spelled) ?? []
  const number =
    decimal === undefined ? Number.parseInt(spelled.replaceAll(/^(?:&#x|\\[ux]\{?)|[;}]$/gi, ''), 16) : Number(decimal)
  return number <= 0x10ffff ? String.fromCodePoint(number) : spelled
}
