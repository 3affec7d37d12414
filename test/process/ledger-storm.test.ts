// A1 and A2, small: daemons are killed while they send, and nothing is lost or doubled.
import { expect, test } from 'vitest'
import { runStorm } from '../support/storm.ts'

test.each([
  ['that honours keys', 'honoured'],
  ['that does not', 'naive'],
] as const)('2,000 messages, 4 daemons, 6 kills, a gateway %s', { timeout: 60_000 }, async (_, keys) => {
  const found = await runStorm({
    rows: 2_000,
    kills: 6,
    daemons: 4,
    keys,
    seed: 20_211_022,
    concurrency: 16,
    latencyMs: [80, 160],
    flushMs: 80, // the machine may have other work
    lookMs: 50,
    patienceMs: 40_000,
    replay: 'npx vitest run test/process/ledger-storm.test.ts',
  })
  expect(found).toMatchObject({ rows: 2_000, states: { sent: 2_000 }, lost: 0, kills: 6 })
  expect(found.effects).toBe(keys === 'honoured' ? 2_000 : 2_000 + found.repeats)
})
