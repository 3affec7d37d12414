// Proof of death: given only when it is one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { systemWitness } from '../../src/worker-identity.ts'
import { until } from '../support/until.ts'

const witness = systemWitness()
const self = witness.self('daemon')

test('this process lives', () => {
  expect(witness.isDead(self)).toBe(false)
})

test.each([
  ['the same pid, given out anew', { pidStart: '1' }, true],
  ['before the last boot', { bootId: 'another' }, true],
  ['no such process', { pid: 4_194_300 }, true],
  ['another host proves nothing', { host: 'elsewhere', pid: 4_194_300 }, false],
  [
    'another pid namespace of this host proves nothing',
    { host: self.host.replace(/#.*/, '#1'), pid: 4_194_300 },
    false,
  ],
])('%s', (_, change, isDead) => {
  expect(witness.isDead({ ...self, ...change })).toBe(isDead)
})

test('killed but not yet reaped by its parent: dead', async () => {
  // the shell starts a child, kills it and never asks for it
  const shell = spawn('sh', ['-c', 'sleep 60 & echo $!; kill -9 $!; exec sleep 60'])
  const [said] = await once(shell.stdout, 'data')
  const pid = Number(String(said))
  const stat = (): string => readFileSync(`/proc/${pid}/stat`, 'utf8')
  await until(() => stat().includes(') Z '))
  const pidStart =
    stat()
      .slice(stat().lastIndexOf(')') + 2)
      .split(' ')[19] ?? ''
  expect(witness.isDead({ ...self, pid, pidStart })).toBe(true)
  shell.kill('SIGKILL')
})
