// D4 in full length: the lock is held for more than a minute, longer than a lease and than the patience of a pass.
import { expect, test } from 'vitest'
import { playLocked, playLockedPair } from '../support/locked-play.ts'

test('locked for a minute: the pass ends with 75, the daemon goes on, and nothing is sent twice', async () => {
  const found = await playLocked({ until: 'pass' })
  process.stdout.write(`longest stop of the event loop: ${found.longestStop.toFixed(0)} ms\n`)
  expect(found.pass).toMatchObject({ code: 75, stderr: expect.stringContaining(`by process ${found.holder} (`) })
  expect(found.alarms.map(({ seconds }) => seconds)).toEqual([10])
  expect(found.claimedMeanwhile).toBe(0)
  expect(found.longestStop).toBeLessThan(300)
  expect(found.end).toEqual({ code: 143, states: { sent: 600 }, requests: 600, repeated: 0 })
}, 300_000)

test('locked for longer than a lease, with two daemons: neither takes what the other has sent', async () => {
  const end = await playLockedPair(75_000)
  expect(end).toEqual({ code: 143, states: { sent: 600 }, requests: 600, repeated: 0 })
}, 300_000)
