// The secrets of a gateway, and how they are taken out of what it says: it may repeat what it was sent, whole, cut, escaped or encoded.
import type { HttpGatewayConfig } from '../config.ts'
import { decoded } from '../domain/decoded.ts'
import { isOpenHeader, maybeSecret } from '../domain/secret-name.ts'

type RequestTemplates = Pick<HttpGatewayConfig, 'path' | 'headers' | 'body'>

/** The token, and what of a request is constant and may be one. */
export const secretsOf = ({ path, headers, body }: RequestTemplates, token: string | null): readonly string[] => {
  const [segments = '', query = ''] = path.split('?')
  return [
    token ?? '',
    ...Object.entries(headers).flatMap(([name, value]) => (isOpenHeader(name) ? [] : [value])),
    ...segments.split('/').filter((segment) => maybeSecret('', segment)),
    ...[...new URLSearchParams(query)].flatMap(([name, value]) => (maybeSecret(name, value) ? [value] : [])),
    ...secretsIn(body),
  ].flatMap((secret) => secret.split(PLACEHOLDER).map((part) => part.replace(SCHEME, '').trim()))
}

const PLACEHOLDER = /\{\{[^{}]*\}\}/
/** "Bearer abc": the first word is none. */
const SCHEME = /^\s*(?:basic|bearer|digest|token|key|apikey)\s+/i

const secretsIn = (value: unknown, name = ''): readonly string[] => {
  if (typeof value === 'string' || typeof value === 'number')
    return maybeSecret(name, String(value)) ? [String(value)] : []
  if (Array.isArray(value)) return value.flatMap((item) => secretsIn(item, name))
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) => secretsIn(item, key))
    : []
}

/** As much of a secret, next to each other, is not by chance. */
const TELLING = 4

/** Prepared once: blanks in a text whatever has four characters of a secret in a row, and the rest of that word. */
export const blankSecrets = (secrets: readonly string[]): ((said: string) => string) => {
  const pieces = new Set(secrets.flatMap(formsOf).flatMap(piecesOf))
  if (pieces.size === 0) return (said) => said
  return (said) => {
    const plain = asItReads(said)
    const shown = blanked(plain, pieces)
    return shown === plain ? blanked(said, pieces) : shown
  }
}

/** JSON, HTML and addresses of the web may spell each character by its number; some stand for others, and some are not seen. */
const asItReads = (text: string): string =>
  decoded(text)
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')

const blanked = (said: string, pieces: ReadonlySet<string>): string => {
  const low = lowered(said)
  let shown = ''
  for (let i = 0; i < said.length; ) {
    const end = endOfSecret(low, i, pieces)
    shown += end === i ? said.charAt(i) : '…'
    i = end === i ? i + 1 : end
  }
  return shown
}

/** Where the secret ends that begins here; `i` itself: none begins. */
const endOfSecret = (low: string, i: number, pieces: ReadonlySet<string>): number => {
  let end = i
  while (pieces.has(low.slice(end, end + TELLING))) end += 1
  if (end === i) return i
  const isWord = end + TELLING - 1 - i >= 2 * TELLING // of a short one the text goes on right behind it
  end += TELLING - 1
  return isWord ? end + (/^\S*/.exec(low.slice(end))?.[0].length ?? 0) : end
}

/** As long as it was: of a few letters the small one is longer. */
const lowered = (text: string): string =>
  text.replaceAll(/\p{Lu}/gu, (letter) => {
    const small = letter.toLowerCase()
    return small.length === letter.length ? small : letter
  })

const piecesOf = (form: string): readonly string[] =>
  Array.from({ length: Math.max(form.length - TELLING + 1, 0) }, (_, i) => lowered(form.slice(i, i + TELLING)))

const formsOf = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret)
  const encoded = [0, 1, 2].flatMap((before) => {
    // what stands before a secret moves its characters: those that hold a bit of a neighbour are none of its own
    const bits = Buffer.concat([Buffer.alloc(before), bytes])
    const own = bits.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bits.length * 8) / 6))
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
  return [
    secret,
    asItReads(secret),
    secret.replaceAll(/\s+/g, ' '),
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
    bytes.toString('hex'),
    ...encoded,
  ]
}
