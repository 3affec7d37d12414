// The request of a gateway that is spelled out: its templates, checked before anything is sent.
import { nearest } from '../domain/nearest.ts'
import { isPlaceholder, PLACEHOLDERS, type Placeholder, splitTemplate } from '../domain/placeholders.ts'
import { isTable } from './environment.ts'

export interface Complaint {
  readonly path: readonly string[]
  readonly says: string
}

export interface RequestTemplates {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  readonly addressKind: 'phone' | 'email'
}

const INT64 = 'int64:'
const NUMBERS: readonly Placeholder[] = ['key_number', 'phone_digits']
/** A text in a path or a header would have to be cut and bent to fit. */
const IDS = PLACEHOLDERS.filter((name) => name !== 'text')

/** What is wrong with the templates; paths are relative to the gateway. */
export const checkTemplates = (request: RequestTemplates): readonly Complaint[] => {
  const allowed = (names: readonly Placeholder[]): readonly Placeholder[] =>
    names.filter((name) => (request.addressKind === 'phone' ? name !== 'email' : !name.startsWith('phone')))
  const headers = Object.entries(request.headers)
  const cut = request.path.indexOf('?')
  const [path, query] = cut < 0 ? [request.path, ''] : [request.path.slice(0, cut), request.path.slice(cut)]
  return [
    ...checkPath(request.path),
    ...checkTemplate(path, allowed(IDS), ['path']),
    ...checkTemplate(query, allowed(PLACEHOLDERS), ['path']),
    ...headers.flatMap(([name, value]) => checkHeader(name, value)),
    ...headers.flatMap(([name, value]) => checkTemplate(value, allowed(IDS), ['headers', name])),
    ...checkBody(request.body, allowed(PLACEHOLDERS), ['body']),
  ]
}

const checkPath = (path: string): readonly Complaint[] => {
  const literal = splitTemplate(path)
    .map((piece) => piece.literal)
    .join('')
  const isSound = /^[!-~]*$/.test(literal) && !literal.includes('#') && /^([/?]|$)/.test(path)
  return isSound ? [] : [{ path: ['path'], says: 'expected a path that begins with / or ?, without spaces, in ASCII' }]
}

/** Set by us, or by the connection. */
const OURS = new Set(
  'authorization idempotency-key host content-length transfer-encoding connection keep-alive upgrade expect accept-encoding'.split(
    ' ',
  ),
)

const checkHeader = (name: string, value: string): readonly Complaint[] => {
  const path = ['headers', name]
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return [{ path, says: 'is not the name of a header' }]
  if (name.toLowerCase() === 'authorization')
    return [{ path, says: 'a token does not belong in this file: name token_file or token_env' }]
  if (OURS.has(name.toLowerCase())) return [{ path, says: 'is set by notify itself' }]
  return /^[\t\x20-\x7e]*$/.test(value) ? [] : [{ path, says: 'expected printable ASCII' }]
}

const checkBody = (value: unknown, names: readonly Placeholder[], path: readonly string[]): readonly Complaint[] => {
  if (Array.isArray(value)) return value.flatMap((item, i) => checkBody(item, names, [...path, String(i)]))
  if (isTable(value)) return Object.entries(value).flatMap(([key, item]) => checkBody(item, names, [...path, key]))
  if (value instanceof Date) return [{ path, says: 'got a date, expected a text: put it in quotes' }]
  if (typeof value === 'number' && !Number.isFinite(value)) return [{ path, says: 'is no number that JSON can hold' }]
  if (typeof value !== 'string') return []
  return value.startsWith(INT64)
    ? checkNumber(value.slice(INT64.length), names, path)
    : checkTemplate(value, names, path)
}

const checkNumber = (rest: string, names: readonly Placeholder[], path: readonly string[]): readonly Complaint[] => {
  const [first, last, ...more] = splitTemplate(rest)
  const isOne = first?.literal === '' && last?.literal === '' && more.length === 0
  const fits = NUMBERS.some((name) => name === first?.name && names.includes(name))
  const wanted = NUMBERS.filter((name) => names.includes(name)).map((name) => `"int64:{{ ${name} }}"`)
  return isOne && fits ? [] : [{ path, says: `expected ${wanted.join(' or ')} and nothing else` }]
}

const checkTemplate = (
  template: string,
  names: readonly Placeholder[],
  path: readonly string[],
): readonly Complaint[] => {
  const pieces = splitTemplate(template)
  const open = pieces.some(({ literal }) => literal.includes('{{'))
  return [
    ...(open ? [{ path, says: 'a {{ is not closed' }] : []),
    ...pieces.flatMap(({ name }) => (name === null ? [] : checkName(name, names, path))),
  ]
}

const checkName = (name: string, names: readonly Placeholder[], path: readonly string[]): readonly Complaint[] => {
  if (!isPlaceholder(name)) {
    const meant = nearest(name, names)
    return [{ path, says: `unknown {{ ${name} }}${meant === null ? '' : `; did you mean {{ ${meant} }}?`}` }]
  }
  return names.includes(name) ? [] : [{ path, says: `{{ ${name} }} cannot stand here` }]
}
