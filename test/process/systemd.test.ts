// examples/notify.service is a unit that systemd takes without a word.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/database.ts'

const example = readFileSync(join(import.meta.dirname, '../../examples/notify.service'), 'utf8')

const verify = (unit: string): { code: number | null; said: string } => {
  const file = join(temporaryFolder(), 'notify.service')
  writeFileSync(file, unit.replace('/usr/local/bin/notify', process.execPath)) // the program must exist where it is named
  const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' })
  return { code: status, said: stdout + stderr }
}

const missing = spawnSync('systemd-analyze', ['--version']).error && 'systemd-analyze is not installed'

test('the example unit is clean', ({ skip }) => {
  skip(missing !== undefined, missing)
  expect(example).toContain('ExecStart=/usr/local/bin/notify daemon -c /etc/notify/notify.toml')
  expect(verify(example)).toEqual({ code: 0, said: '' })
})

test('a mistyped setting would be told', ({ skip }) => {
  skip(missing !== undefined, missing)
  expect(verify(example.replace('ProtectSystem=strict', 'ProtectSistem=strict')).said).toContain('ProtectSistem')
})
