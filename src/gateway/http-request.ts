// The request of one message, from the templates of the configuration. What is constant is built once, when the gateway opens.
import type { HttpGatewayConfig } from '../config.ts'
import { isPlaceholder, type Placeholder, placeholderValue, splitTemplate } from '../domain/placeholders.ts'
import type { Outgoing } from './gateway.ts'

export interface HttpRequest {
  readonly method: string
  readonly path: string
  /** Name, value, name, value, … */
  readonly headers: string[]
  readonly body: string | null
}

type RequestTemplates = Pick<HttpGatewayConfig, 'url' | 'method' | 'path' | 'headers' | 'body'>

/** The request of a message; null: this message does not fit into the contract (an id or a number that is none). */
export const compileRequest = (
  config: RequestTemplates,
  token: string | null,
): ((message: Outgoing) => HttpRequest | null) => {
  const { method } = config
  const path = compile([new URL(config.url).pathname.replace(/\/$/, ''), ...pathParts(config.path)])
  const body = config.body === null ? null : compile(jsonParts(config.body))
  const constant = constantHeaders(config, token)
  const others = Object.entries(config.headers).filter(([, value]) => value.includes('{{'))
  const variable = others.map(([name, value]) => ({ name, value: compile(templateParts(value, (text) => text)) }))
  return (message) => {
    const target = path(message)
    const content = body === null ? null : body(message)
    if (target === null || (content === null && body !== null)) return null
    const headers = [...constant, 'idempotency-key', message.key]
    for (const { name, value } of variable) headers.push(name, value(message) ?? '')
    return { method, path: target === '' ? '/' : target, headers, body: content }
  }
}

const constantHeaders = ({ headers, body }: RequestTemplates, token: string | null): readonly string[] => [
  ...(body === null ? [] : ['content-type', 'application/json']),
  ...(token === null ? [] : ['authorization', `Bearer ${token}`]),
  ...Object.entries(headers)
    .filter(([, value]) => !value.includes('{{'))
    .flat(),
]

// ---------------------------------------------------------------- templates

/** A literal, or what a message puts there; null: it has nothing that may stand there. */
type Part = string | ((message: Outgoing) => string | null)

const compile = (parts: readonly Part[]): ((message: Outgoing) => string | null) => {
  const merged: Part[] = []
  for (const part of parts) {
    const last = merged.at(-1)
    if (typeof last === 'string' && typeof part === 'string') merged[merged.length - 1] = last + part
    else merged.push(part)
  }
  return (message) => {
    let text = ''
    for (const part of merged) {
      const piece = typeof part === 'string' ? part : part(message)
      if (piece === null) return null
      text += piece
    }
    return text
  }
}

const templateParts = (
  template: string,
  encode: (value: string, name: Placeholder) => string | null,
): readonly Part[] =>
  splitTemplate(template).flatMap(({ literal, name }): Part[] =>
    name !== null && isPlaceholder(name)
      ? [literal, (message) => encode(placeholderValue(name, message), name)]
      : [literal],
  )

const ID = /^[\w-]{1,64}$/

/** Ids by allow-list, for escaping does not stop `..`; everything else is percent-encoded. */
const pathParts = (path: string): readonly Part[] =>
  templateParts(path, (value, name) => {
    if (name === 'key' || name === 'key_number') return ID.test(value) ? value : null
    return encodeURIComponent(Buffer.from(value).toString()) // half a surrogate pair would throw
  })

// ---------------------------------------------------------------- JSON

const INT64 = 'int64:'
const NUMBER = /^(0|[1-9]\d{0,18})$/

/** A JSON document with holes. Strings are escaped by JSON.stringify; numbers are written digit by digit: 63 bits do not fit a double. */
const jsonParts = (value: unknown): readonly Part[] => {
  if (typeof value === 'string' && value.startsWith(INT64)) {
    return templateParts(value.slice(INT64.length), (digits) => (NUMBER.test(digits) ? digits : null))
  }
  if (typeof value === 'string') return stringParts(value)
  if (Array.isArray(value)) return ['[', ...joined(value.map((item: unknown) => jsonParts(item))), ']']
  if (typeof value !== 'object' || value === null) return [JSON.stringify(value)]
  return ['{', ...joined(Object.entries(value).map(memberParts)), '}']
}

const memberParts = ([key, value]: [string, unknown]): readonly Part[] => [
  `${JSON.stringify(key)}:`,
  ...jsonParts(value),
]

const joined = (items: readonly (readonly Part[])[]): readonly Part[] =>
  items.flatMap((parts, i) => (i === 0 ? parts : [',', ...parts]))

const stringParts = (template: string): readonly Part[] => [
  '"',
  ...templateParts(template, inString).map((part) => (typeof part === 'string' ? inString(part) : part)),
  '"',
]

const inString = (text: string): string => JSON.stringify(text).slice(1, -1)
