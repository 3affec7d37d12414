// What is wrong with a configuration, one line a setting: where, what was there, what belongs there. Never a secret's value.
import type { z } from 'zod/v3'
import { nearest } from '../domain/nearest.ts'
import { isTable, type Overlay, type RawTable } from './environment.ts'
import { ACCEPT_KEYS, GATEWAY_KEYS } from './gateway-settings.ts'
import { DEFAULTS_KEYS, ROOT_KEYS } from './schema.ts'

/** `gateways.sms.concurrency: got "many", expected …`; what came from the environment is named by its variable. */
export const complaintLines = (
  issues: readonly z.ZodIssue[],
  raw: RawTable,
  overlays: readonly Overlay[],
): readonly string[] =>
  issues.flatMap((issue) => {
    const path = issue.path.map(String)
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => `${placeOf([...path, key], overlays)}: ${unknownKey(key, path, raw)}`)
    }
    return [`${placeOf(path, overlays)}: ${saysOf(issue, path, raw)}`]
  })

const placeOf = (path: readonly string[], overlays: readonly Overlay[]): string =>
  overlays.findLast((one) => one.path.join('.') === path.join('.').toLowerCase().replaceAll('-', '_'))?.variable ??
  path.join('.')

const saysOf = (issue: z.ZodIssue, path: readonly string[], raw: RawTable): string => {
  const value = valueAt(raw, path)
  if (issue.code === 'invalid_string') return 'a gateway is named by 1 to 32 letters, digits, "-" and "_"'
  if (issue.code === 'custom') return issue.message
  if (issue.code === 'invalid_union_discriminator') return unknownType(value)
  return issue.code === 'invalid_type' ? 'expected a table' : 'expected a text, a number, true or false'
}

const unknownType = (type: unknown): string => {
  if (type === 'smtp') return 'e-mail by SMTP comes later: for now "http" or "outbox"'
  const got = typeof type === 'string' ? `got ${JSON.stringify(type.slice(0, 20))}` : 'missing'
  return `${got}, expected "http" or "outbox"`
}

const unknownKey = (key: string, path: readonly string[], raw: RawTable): string => {
  if (path.length === 2 && path[0] === 'gateways' && /^(token|password|secret|api_?key)$/i.test(key)) {
    return 'a secret does not belong in this file: name token_file or token_env'
  }
  const meant = nearest(key, knownKeys(path, raw))
  return `unknown setting${meant === null ? '' : `; did you mean ${[...path, meant].join('.')}?`}`
}

const knownKeys = (path: readonly string[], raw: RawTable): readonly string[] => {
  if (path.length === 0) return ROOT_KEYS
  if (path[0] === 'defaults') return DEFAULTS_KEYS
  if (path.length > 2) return ACCEPT_KEYS
  const type = valueAt(raw, [...path, 'type'])
  return (typeof type === 'string' ? GATEWAY_KEYS[type] : undefined) ?? []
}

const valueAt = (table: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isTable(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined), table)
