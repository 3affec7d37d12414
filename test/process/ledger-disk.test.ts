// A3 and D3: at the n-th write or sync of a pass the process dies, or the disk fails. The file stays whole, and the next
// pass finishes: everything sent, nothing twice.
import { expect, test } from 'vitest'
import { openFaultyShop } from '../support/faulty-pass.ts'
import { straceObstacle } from '../support/strace.ts'

/** How far into the pass; `+`: from there on. */
const FAULTS = [
  ['fsync:signal=SIGKILL', 0.3],
  ['fsync:signal=SIGKILL', 0.8],
  ['pwrite64:signal=SIGKILL', 0.5],
  ['pwrite64:signal=SIGKILL', 0.95],
  ['fsync:error=EIO', 0.2],
  ['fsync:error=EIO', 0.7],
  ['pwrite64:error=ENOSPC', 0.6, '+'], // a pass waits 10 s for room
] as const

test('200 messages, a pass spoilt at seven moments, each time put right by the next', { timeout: 120_000 }, async ({
  skip,
}) => {
  skip(straceObstacle !== undefined, straceObstacle)
  const shop = await openFaultyShop()
  expect(shop.calls.fsync).toBeGreaterThan(10)
  for (const [fault, at, plus = ''] of FAULTS) {
    const calls = shop.calls[fault.startsWith('fsync') ? 'fsync' : 'pwrite64']
    const pass = await shop.passWith(`${fault}:when=${Math.ceil(calls * at)}${plus}`)
    expect(pass).toMatchObject({ rows: 200, states: { sent: 200 }, effects: 200, lost: 0, doubles: 0 })
    expect(pass.code, `${fault} had no effect`).not.toBe(0)
  }
})
