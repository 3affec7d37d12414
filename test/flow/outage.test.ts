// A gateway that goes away and comes back: probes, no burned attempts, a slow start; what one process learns holds for all.
import { describe, expect, test } from 'vitest'
import { paused, resumed } from '../../src/domain/gateway-changes.ts'
import type { Reply } from '../../src/domain/outcome.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker } from '../../src/flow/worker.ts'
import { never, openWorld, type ScriptedGateway, scheduleUsual, scriptedGateway, type World } from '../support/world.ts'

const TEN_IN_MOSCOW = '2021-10-22T07:00:00Z'
const ACCEPTED: Reply = { kind: 'accepted', ref: null }
const REFUSED: Reply = { kind: 'unavailable', reason: 'connection refused' }
const pass = (world: World) => asWorker(world, 'run-due', (id) => runDue(world, id, never))

const due = async (people: number, gateway?: ScriptedGateway): Promise<World> => {
  const world = await openWorld(undefined, gateway === undefined ? [] : [gateway])
  world.add(Array.from({ length: people }, () => ({})))
  await scheduleUsual(world, gateway === undefined ? {} : { gateway: gateway.name })
  world.clock.moveTo(TEN_IN_MOSCOW)
  return world
}

const attempted = (world: World): number =>
  Number(world.sql.prepare('select count(*) from messages where attempts > 0').pluck().get())
const health = async (world: World) => (await world.store.listGateways())[0]

describe('a gateway that is away', () => {
  test('an hour of passes, one a minute: one cohort finds out, then one probe a pass; nobody else is touched', async () => {
    const world = await due(500)
    world.sms.answer = () => REFUSED
    await pass(world)
    const cohort = world.sms.got.length
    expect(cohort).toBeLessThanOrEqual(16)
    const tried = attempted(world)
    for (let minute = 1; minute <= 60; minute += 1) {
      world.clock.moveTo(Date.parse(TEN_IN_MOSCOW) + minute * 60_000)
      const before = world.sms.got.length
      await pass(world)
      expect(world.sms.got.length - before).toBeLessThanOrEqual(1)
    }
    const probes = world.sms.got.length - cohort
    expect(probes).toBeGreaterThanOrEqual(10) // every 5 min at most
    expect(probes).toBeLessThanOrEqual(20)
    expect(attempted(world)).toBeLessThanOrEqual(tried + probes)
    expect(world.states()).toEqual({ scheduled: 500 })
  })

  test('back again: the probe is followed by one in flight, two after 10 s, four after 20 s, and so on', async () => {
    const world = await due(500)
    world.sms.answer = () => REFUSED
    await pass(world)
    world.clock.advance(6_000)
    let inFlight = 0
    let most = 0
    world.sms.answer = async () => {
      inFlight += 1
      most = Math.max(most, inFlight)
      await new Promise((resolve) => setImmediate(resolve))
      inFlight -= 1
      if (world.sms.got.length % 20 === 0) world.clock.advance(2_500)
      return ACCEPTED
    }
    const curve: string[] = []
    const original = world.sms.answer
    world.sms.answer = async (message, signal) => {
      const reply = await original(message, signal)
      const state = await health(world)
      const seconds = state?.rampFrom == null ? 0 : Math.floor((world.clock.now() - state.rampFrom) / 10_000)
      curve.push(`${seconds}:${most}`)
      most = 0
      return reply
    }
    await pass(world)
    expect(world.states()).toEqual({ sent: 500 })
    for (const step of curve) {
      const [seconds = 0, seen = 0] = step.split(':').map(Number)
      expect(seen).toBeLessThanOrEqual(Math.min(8, 2 ** seconds))
    }
    expect(curve.some((step) => step.startsWith('1:2'))).toBe(true)
  })

  test('a probe is one request, also where a quick try would be worth it', async () => {
    const world = await due(20)
    world.sms.answer = () => ({ ...REFUSED, quick: true })
    await pass(world)
    world.clock.advance(6_000)
    const before = world.sms.got.length
    await pass(world)
    expect(world.sms.got.length).toBe(before + 1)
  })

  test('quick tries are a tenth of first attempts, and ten at most beside them', async () => {
    const world = await due(400)
    const tries = new Map<string, number>()
    world.sms.answer = ({ key }) => {
      tries.set(key, (tries.get(key) ?? 0) + 1)
      return tries.size % 5 === 0 ? { ...REFUSED, quick: true } : ACCEPTED
    }
    await pass(world)
    const extra = [...tries.values()].reduce((sum, count) => sum + count - 1, 0)
    expect(extra).toBeGreaterThan(0)
    expect(extra).toBeLessThanOrEqual(10 + 40)
  })

  test('what one process found out holds in the hand of another', async () => {
    const slow = scriptedGateway('slow', { concurrency: 1 })
    const world = await due(6, slow)
    slow.answer = async () => {
      // another process finds it down meanwhile
      await world.store.changeGateway('slow', (state) => ({
        ...state,
        failures: 1,
        restsUntil: world.clock.now() + 5_000,
      }))
      world.clock.advance(300)
      return ACCEPTED
    }
    await pass(world)
    expect(slow.got).toHaveLength(1)
    expect(world.states()).toEqual({ sent: 1, scheduled: 5 })
  })

  test('one is away, the other one sends on', async () => {
    const away = scriptedGateway('away')
    const world = await due(50, away)
    await scheduleUsual(world, { uid: 'second', text: 'Other' })
    away.answer = () => REFUSED
    expect(await pass(world)).toMatchObject({ sent: 50 })
    expect(away.got.length).toBeLessThanOrEqual(8)
  })
})

describe('a gateway that asks for a rest', () => {
  test('Retry-After burns no attempt, and who asks again and again is down: one probe from then on', async () => {
    const world = await due(100)
    world.sms.answer = () => ({ kind: 'unavailable', reason: 'answered 503', retryAfter: 30_000 })
    await pass(world)
    expect(attempted(world)).toBe(0)
    const asked = world.sms.got.length
    expect(asked).toBe(8)
    world.clock.advance(31_000)
    await pass(world)
    expect(world.sms.got.length).toBe(asked + 1)
    expect(attempted(world)).toBe(0)
  })
})

describe('404 for everybody', () => {
  test('from a gateway that has taken nothing lately it is our own fault: nothing fails, and it goes on by itself', async () => {
    const world = await due(100)
    world.sms.answer = () => ({ kind: 'refused', reason: 'answered 404', perhapsOurs: true })
    expect(await pass(world)).toMatchObject({ failed: 0, troubles: new Map([['sms', 'answered 404']]) })
    expect(world.states()).toEqual({ scheduled: 100 })
    expect(attempted(world)).toBe(0)
    world.sms.answer = () => ACCEPTED
    for (let i = 0; i < 20; i += 1) {
      world.clock.advance(10_000)
      await pass(world)
    }
    expect(world.states()).toEqual({ sent: 100 })
  })

  test('for one of many it is that message', async () => {
    const world = await due(100)
    world.sms.answer = ({ address }) =>
      address.endsWith('50') ? { kind: 'refused', reason: 'answered 404', perhapsOurs: true } : ACCEPTED
    expect(await pass(world)).toMatchObject({ sent: 99, failed: 1 })
  })
})

describe('an operator', () => {
  test('pauses the gateway in the middle: what is in hand stays, within a quarter of a second', async () => {
    const slow = scriptedGateway('slow', { concurrency: 1 })
    const world = await due(6, slow)
    slow.answer = async () => {
      const act = { at: world.clock.now(), who: 'anna', why: 'invoice', what: 'gateway slow paused' }
      if (slow.got.length === 2)
        await world.store.changeGateway('slow', (state) => paused(state, act.at, 'anna', act.why), act)
      world.clock.advance(300)
      return ACCEPTED
    }
    expect(await pass(world)).toMatchObject({ sent: 2, troubles: new Map() })
    expect(world.states()).toEqual({ sent: 2, scheduled: 4 })
    expect(await world.store.nextDueAt('slow', world.clock.now())).toBeNull()
    await world.store.changeGateway('slow', (state) => resumed(state, world.clock.now(), null))
    slow.answer = () => ACCEPTED
    expect(await pass(world)).toMatchObject({ sent: 4 })
    expect(world.sql.prepare('select who, what, why from audit').all()).toEqual([
      { who: 'anna', what: 'gateway slow paused', why: 'invoice' },
    ])
  })

  test.each(['mailing', 'hold'] as const)('stops a %s in the middle: the same', async (what) => {
    const slow = scriptedGateway('slow', { concurrency: 1 })
    const world = await due(6, slow)
    const by = { at: world.clock.now(), who: 'anna', why: null }
    slow.answer = async () => {
      if (slow.got.length === 2) await (what === 'hold' ? world.store.hold(by) : world.store.pauseMailing(1, by))
      world.clock.advance(300)
      return ACCEPTED
    }
    await pass(world)
    expect(world.states()).toEqual({ sent: 2, scheduled: 4 })
    expect(await pass(world)).toMatchObject({ claimed: 0 })
    await (what === 'hold' ? world.store.release(by) : world.store.resumeMailing(1, by))
    slow.answer = () => ACCEPTED
    expect(await pass(world)).toMatchObject({ sent: 4 })
  })
})
