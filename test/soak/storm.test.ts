// A1 and A2 in full size: NOTIFY_SOAK=standard 100,000 messages and 50 kills, soak 1,000,000 and 500. The seed is random and
// told; NOTIFY_SEED plays one again.
import { randomInt } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { runStorm, type StormFindings, type StormPlan } from '../support/storm.ts'

const isLong = process.env['NOTIFY_SOAK'] === 'soak'
const size = isLong ? 'soak' : 'standard'

const newSeed = (): number => Number(process.env['NOTIFY_SEED'] ?? randomInt(1_000_000_000))

/** 64 in flight and 100 ms an answer: 2,500 messages a second, of which the machine can do more. */
const plan = (change: Partial<StormPlan>): StormPlan => ({
  rows: 100_000,
  kills: 50,
  daemons: 4,
  keys: 'honoured',
  seed: newSeed(),
  concurrency: 64,
  latencyMs: [40, 160],
  flushMs: 20,
  lookMs: 250,
  patienceMs: 600_000,
  replay: `NOTIFY_SOAK=${size} NOTIFY_SEED=SEED npm run soak -- test/soak/storm.test.ts`,
  ...change,
})

const tell = (name: string, { seed }: StormPlan, found: StormFindings): void => {
  const rounded = Object.entries(found).map(([key, value]) => [
    key,
    typeof value === 'number' ? Math.round(value * 10) / 10 : value,
  ])
  process.stdout.write(`${name}, seed ${seed}: ${JSON.stringify(Object.fromEntries(rounded))}\n`)
}

const storm = async (name: string, change: Partial<StormPlan>): Promise<StormFindings> => {
  const planned = plan(change)
  const found = await runStorm(planned)
  tell(name, planned, found)
  expect(found).toMatchObject({ rows: planned.rows, states: { sent: planned.rows }, lost: 0, kills: planned.kills })
  if (planned.keys === 'honoured') expect(found).toMatchObject({ effects: planned.rows, doubles: 0 })
  else expect(found.effects).toBe(planned.rows + found.repeats)
  return found
}

const MINUTE = 60_000

describe.runIf(!isLong)('standard', () => {
  test('A1: 100,000 messages, 50 kills, keys honoured; at most twice the time of an undisturbed run', {
    timeout: 30 * MINUTE,
  }, async () => {
    const calm = await storm('A1 undisturbed', { kills: 0 })
    const stormy = await storm('A1', {})
    expect(stormy.seconds / calm.seconds).toBeLessThanOrEqual(2)
  })

  test('A2: the same at a gateway that has an effect a request', { timeout: 30 * MINUTE }, async () => {
    await storm('A2', { keys: 'naive' })
  })
})

describe.runIf(isLong)('soak', () => {
  test('A1: 1,000,000 messages, 500 kills', { timeout: 60 * MINUTE }, async () => {
    await storm('A1', { rows: 1_000_000, kills: 500, lookMs: 1_000, patienceMs: 50 * MINUTE })
  })

  test('thirty storms of 2,000 messages and 6 kills, each with a seed of its own', {
    timeout: 30 * MINUTE,
  }, async () => {
    for (let i = 0; i < 30; i += 1) {
      const keys = i % 2 === 0 ? 'honoured' : 'naive'
      await storm(`storm ${i + 1}`, {
        rows: 2_000,
        kills: 6,
        keys,
        concurrency: 16,
        latencyMs: [80, 160],
        flushMs: 80, // the machine may have other work
        lookMs: 50,
      })
    }
  })
})
