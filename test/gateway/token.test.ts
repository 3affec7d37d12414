// The token: from a file or a variable, never shown.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Fixable } from '../../src/domain/errors.ts'
import { readToken } from '../../src/gateway/token.ts'
import { temporaryFolder } from '../support/database.ts'

const tokenFile = (content: string): string => {
  const file = join(temporaryFolder(), 'token.txt')
  writeFileSync(file, content)
  return file
}

const thrownBy = (body: () => unknown): Fixable => {
  try {
    body()
  } catch (error) {
    if (error instanceof Fixable) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

test('the content of the file, without the blanks around it', () => {
  expect(readToken('sms', { tokenFile: tokenFile(' s3cret\r\n'), tokenEnv: null }, {})).toBe('s3cret')
})

test('the value of the variable', () => {
  expect(readToken('sms', { tokenFile: null, tokenEnv: 'SMS_TOKEN' }, { SMS_TOKEN: 's3cret' })).toBe('s3cret')
})

test('none is configured', () => {
  expect(readToken('sms', { tokenFile: null, tokenEnv: null }, { SMS_TOKEN: 's3cret' })).toBeNull()
})

test.each([
  ['an inner line break', 's3cret\nX-Evil: 1'],
  ['an inner blank', 's3cret s3cret'],
  ['letters that no header carries', 's3cret-ключ'],
  ['nothing', ' \n'],
])('%s is told by place, not by value', (_, content) => {
  const file = tokenFile(content)
  for (const error of [
    thrownBy(() => readToken('sms', { tokenFile: file, tokenEnv: null }, {})),
    thrownBy(() => readToken('sms', { tokenFile: null, tokenEnv: 'SMS_TOKEN' }, { SMS_TOKEN: content })),
  ]) {
    expect(error.exit).toBe('config')
    expect(error.message).toMatch(/token\.txt|SMS_TOKEN/)
    expect(`${error.message} ${error.hint ?? ''}`).not.toContain('s3cret')
  }
})

test.each(['a pipe', 'a device without end', 'a folder', 'a large file'])(
  '%s is no token, and is not waited for',
  (what) => {
    const folder = temporaryFolder()
    const [pipe, large] = [join(folder, 'pipe'), join(folder, 'large')]
    execFileSync('mkfifo', [pipe])
    writeFileSync(large, 'x'.repeat(70_000))
    const file = { 'a pipe': pipe, 'a folder': folder, 'a large file': large }[what] ?? '/dev/zero'
    const error = thrownBy(() => readToken('sms', { tokenFile: file, tokenEnv: null }, {}))
    expect(error.message).toMatch(
      /cannot be read \(it is (a pipe or a device, not a file|a folder|larger than 64 KiB)\)/,
    )
  },
)

test('a file or a variable that is not there', () => {
  const missing = thrownBy(() => readToken('sms', { tokenFile: '/nowhere/token.txt', tokenEnv: null }, {}))
  expect(missing.message).toBe('gateways.sms.token_file: /nowhere/token.txt cannot be read (ENOENT)')
  const unset = thrownBy(() => readToken('sms', { tokenFile: null, tokenEnv: 'SMS_TOKEN' }, {}))
  expect(unset.message).toBe('gateways.sms.token_env: the variable SMS_TOKEN is not set')
})

test.each(['Bearer abc def', 'abc def', 'K4nar13nvog3l', 'eyJhbGci.eyJzdWIi.sIgNaTuRe', 'sms/K4nar13nvog3l+laut=='])(
  'a token where its place belongs is not repeated: %s',
  (token) => {
    const said = [
      thrownBy(() => readToken('sms', { tokenFile: join('/nowhere', token), tokenEnv: null }, {})),
      thrownBy(() => readToken('sms', { tokenFile: null, tokenEnv: token }, {})),
    ].map(({ message, hint }) => `${message} ${hint ?? ''}`)
    for (const part of token.split(/[ /.]/).filter(({ length }) => length > 2))
      expect(said.join(' ')).not.toContain(part === 'sms' ? token : part)
    expect(said[0]).toContain('gateways.sms.token_file: the file that it names cannot be read (ENOENT)')
    expect(said[1]).toContain('gateways.sms.token_env: the variable that it names is not set')
  },
)
