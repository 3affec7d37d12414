// The bearer token of a gateway: read once, when the gateway is opened, and shown to nobody.
import { Fixable } from '../domain/errors.ts'
import { looksLikeFile, looksLikeVariable } from '../domain/token-place.ts'
import { refusalOf } from '../file-access.ts'
import { readPlainFile } from '../plain-file.ts'

interface TokenSource {
  readonly tokenFile: string | null
  readonly tokenEnv: string | null
}

/** The token, trimmed; null: none is configured. Fails with Fixable('config'), naming the setting and never the value. */
export const readToken = (
  gateway: string,
  { tokenFile, tokenEnv }: TokenSource,
  env: Readonly<Record<string, string | undefined>>,
): string | null => {
  if (tokenFile !== null) return checkToken(readTokenFile(tokenFile, `gateways.${gateway}.token_file`), tokenFile)
  if (tokenEnv === null) return null
  const token = env[tokenEnv]
  if (token === undefined) {
    throw new Fixable('config', `gateways.${gateway}.token_env: the variable ${variableOf(tokenEnv)} is not set`)
  }
  return checkToken(token, tokenEnv)
}

/** Some write the token itself where its place belongs: what does not look like a place is not repeated. */
const variableOf = (name: string): string => (looksLikeVariable(name) ? name : 'that it names')

const fileOf = (file: string): string => (looksLikeFile(file) ? file : 'the file that it names')

const NOWHERE = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL'])

const LARGEST = 64 * 1024

const readTokenFile = (file: string, setting: string): string => {
  const found = readPlainFile(file, LARGEST)
  if (found.ok) return found.bytes.toString()
  const refusal = NOWHERE.has(found.why) ? null : refusalOf(file, 'read')
  if (refusal !== null) throw new Fixable('config', `${setting}: ${refusal.says}`, refusal.hint)
  throw new Fixable(
    'config',
    `${setting}: ${NOWHERE.has(found.why) ? fileOf(file) : file} cannot be read (${found.why})`,
    'Put the token, and nothing else, there.',
  )
}

const checkToken = (raw: string, place: string): string => {
  const token = raw.trim()
  if (token === '') throw new Fixable('config', `the token in ${place} is empty`)
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new Fixable(
      'config',
      `the token in ${place} has characters that no header can carry`,
      'One line of ASCII is expected.',
    )
  }
  return token
}
