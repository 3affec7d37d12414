// What may have been taken without our knowing: lost in a hand, unanswered, forgotten; and rows that kill their workers.
import { describe, expect, test } from 'vitest'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker, clearUp } from '../../src/flow/worker.ts'
import { until } from '../support/until.ts'
import {
  beat,
  claimOne,
  never,
  openWorld,
  type ScriptedGateway,
  scheduleUsual,
  scriptedGateway,
  type World,
} from '../support/world.ts'

const TEN_IN_MOSCOW = '2021-10-22T07:00:00Z'
const pass = (world: World) => asWorker(world, 'run-due', (id) => runDue(world, id, never))

const due = async (people: number, gateway?: ScriptedGateway): Promise<World> => {
  const world = await openWorld(undefined, gateway === undefined ? [] : [gateway])
  world.add(Array.from({ length: people }, () => ({})))
  await scheduleUsual(world, { ...(gateway === undefined ? {} : { gateway: gateway.name }), expires: '20d' })
  world.clock.moveTo(TEN_IN_MOSCOW)
  return world
}

interface Row {
  readonly state: string
  readonly reason: string | null
  readonly attempts: number
  readonly deaths: number
  readonly doubt_since: number | null
}
const rows = (world: World) => world.sql.prepare('select * from messages order by id').all() as Row[]

/** A worker that takes these rows in hand and dies. */
const dieWith = async (world: World, ids: readonly number[]): Promise<void> => {
  const worker = await world.store.addWorker(world.witness.self('daemon'), beat(world))
  const take = world.sql.prepare(
    "update messages set state = 'sending', attempts = attempts + 1, worker_id = ?, due_at = ? where id = ?",
  )
  for (const id of ids) take.run(worker, world.clock.now() + 60_000, id)
  world.dead.add(worker)
  await clearUp(world)
}

describe('a gateway that knows no keys: what is in doubt after a kill', () => {
  /** Plays a pass to its end; at every look at the gateway's door the rows in hand are counted. */
  const mostInHand = async (world: World, gateway: ScriptedGateway): Promise<number> => {
    let most = 0
    gateway.answer = async () => {
      most = Math.max(most, world.states().sending ?? 0)
      await new Promise(setImmediate)
      return { kind: 'accepted', ref: null }
    }
    const over = new AbortController()
    const passing = pass(world).finally(() => over.abort())
    while (!over.signal.aborted) {
      await new Promise(setImmediate)
      world.clock.advance(1)
    }
    await passing
    return most
  }

  test('is no more than may be in flight: nothing is taken in hand beside it', async () => {
    const world = await due(100, scriptedGateway('mail', { honoursKey: false, concurrency: 4 }))
    const gateway = (await world.gateway('mail')) as ScriptedGateway
    expect(await mostInHand(world, gateway)).toBe(4)
    expect(world.states()).toEqual({ sent: 100 })
  })

  test('nor with a rate what waits for its turn: a row is taken when its turn has nearly come', async () => {
    const world = await due(20, scriptedGateway('mail', { honoursKey: false, concurrency: 64, ratePerSecond: 10 }))
    const gateway = (await world.gateway('mail')) as ScriptedGateway
    expect(await mostInHand(world, gateway)).toBeLessThanOrEqual(2)
    expect(world.states()).toEqual({ sent: 20 })
  })

  test('a kill leaves so many unknown, and all others are sent', async () => {
    const world = await due(100, scriptedGateway('mail', { honoursKey: false, concurrency: 4, onUnknown: 'hold' }))
    const gateway = (await world.gateway('mail')) as ScriptedGateway
    const abort = new AbortController()
    gateway.answer = (_, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ kind: 'unknown', reason: 'stopped' }))
      })
    const killed = await world.store.addWorker(world.witness.self('run-due'), beat(world))
    const passing = runDue(world, killed, { stop: abort.signal, abort: abort.signal })
    await until(() => gateway.got.length === 4)
    expect(world.states()).toEqual({ sending: 4, scheduled: 96 })
    world.dead.add(killed)
    await clearUp(world)
    abort.abort()
    await passing
    gateway.answer = () => ({ kind: 'accepted', ref: null })
    await pass(world)
    expect(world.states()).toEqual({ unknown: 4, sent: 96 })
  })
})

describe('no answer', () => {
  const mail = (onUnknown: 'repeat' | 'hold') => scriptedGateway('mail', { honoursKey: false, onUnknown })

  test('where the key is honoured: again with the same key, until the gateway may have forgotten it', async () => {
    const world = await due(1)
    world.sms.answer = () => ({ kind: 'unknown', reason: 'no answer' })
    for (let hour = 0; hour <= 22; hour += 1) {
      world.clock.moveTo(Date.parse(TEN_IN_MOSCOW) + hour * 3_600_000)
      await pass(world)
    }
    const tries = world.sms.got.length
    expect(tries).toBeGreaterThanOrEqual(11) // while its hours are open
    expect(new Set(world.sms.got.map(({ key, text }) => key + text)).size).toBe(1)
    world.clock.moveTo('2021-10-23T07:00:00Z') // 24 h after the first: less than an hour of its memory is left
    expect(await pass(world)).toMatchObject({ unknown: 1 })
    expect(world.sms.got).toHaveLength(tries)
    expect(rows(world)[0]).toMatchObject({
      state: 'unknown',
      reason: 'it may have been taken, and the gateway has forgotten its key by now',
    })
  })

  test('an outage of days is no doubt: what never arrived is sent when the gateway is back', async () => {
    const world = await due(1)
    world.sms.answer = () => ({ kind: 'unavailable', reason: 'connection refused' })
    await pass(world)
    world.clock.moveTo('2021-10-25T07:00:00Z')
    world.sms.answer = () => ({ kind: 'accepted', ref: null })
    expect(await pass(world)).toMatchObject({ sent: 1 })
  })

  test('where it is not, on_unknown = repeat: once more after ten minutes, then a person decides', async () => {
    const gateway = mail('repeat')
    const world = await due(1, gateway)
    gateway.answer = () => ({ kind: 'unknown', reason: 'no answer' })
    await pass(world)
    world.clock.advance(599_000)
    await pass(world)
    expect(gateway.got).toHaveLength(1)
    world.clock.advance(61_000)
    expect(await pass(world)).toMatchObject({ unknown: 1 })
    expect(gateway.got).toHaveLength(2)
    expect(rows(world)[0]).toMatchObject({ state: 'unknown', reason: 'no answer; it was repeated once already' })
  })

  test('on_unknown = hold: a person decides at once', async () => {
    const gateway = mail('hold')
    const world = await due(1, gateway)
    gateway.answer = () => ({ kind: 'unknown', reason: 'no answer' })
    expect(await pass(world)).toMatchObject({ unknown: 1 })
    expect(rows(world)[0]).toMatchObject({ state: 'unknown', reason: 'no answer' })
  })

  test('lost in the hand of a worker: repeated after ten minutes, or held', async () => {
    const repeating = mail('repeat')
    const world = await due(1, repeating)
    await dieWith(world, [1])
    await pass(world)
    expect(repeating.got).toHaveLength(0)
    world.clock.advance(600_000)
    expect(await pass(world)).toMatchObject({ sent: 1 })
    const holding = mail('hold')
    const other = await due(1, holding)
    await dieWith(other, [1])
    expect(await pass(other)).toMatchObject({ unknown: 1 })
    expect(holding.got).toHaveLength(0)
  })

  test('lost in a hand, and found when the key is forgotten or its time ran out: since when stays known', async () => {
    for (const found of ['2021-10-24T07:00:00Z', '2021-11-20T07:00:00Z']) {
      const world = await due(1)
      await dieWith(world, [1])
      const lost = Date.parse(TEN_IN_MOSCOW) // its lease ends when its worker is found dead
      world.clock.moveTo(found)
      expect(await pass(world)).toMatchObject({ unknown: 1 })
      expect(rows(world)[0]).toMatchObject({ state: 'unknown', doubt_since: lost })
    }
  })

  test('what was cancelled or ran out while in doubt is not called unsent', async () => {
    const world = await due(2)
    world.sms.answer = () => ({ kind: 'unknown', reason: 'no answer' })
    await pass(world)
    await world.store.cancelMailing(1, { at: world.clock.now(), who: 'anna', why: null })
    expect(world.states()).toEqual({ unknown: 2 })
  })
})

describe('a lease', () => {
  test('that the wall clock ends early is not stolen from a living worker', async () => {
    const world = await due(1)
    const worker = await world.store.addWorker(world.witness.self('daemon'), beat(world))
    await claimOne(world, worker)
    world.clock.set('2021-10-22T08:30:00Z') // set forward by 90 min
    expect(await pass(world)).toMatchObject({ claimed: 0 })
    world.clock.advance(61_000) // but one that hangs for longer than a lease loses its rows
    expect(await pass(world)).toMatchObject({ sent: 1 })
  })
})

describe('a clock that is set', () => {
  test('forward by two days: everything is held until an operator looked, nothing expires', async () => {
    const world = await due(3)
    await scheduleUsual(world, { uid: 'second', text: 'Other', expires: '1d' })
    await asWorker(world, 'run-due', (id) => runDue({ ...world, gateway: async () => world.sms }, id, never))
    const sent = world.sms.got.length
    await scheduleUsual(world, { uid: 'third', text: 'Third', on: '2021-10-23' })
    world.clock.set('2021-10-24T07:00:00Z')
    expect(await pass(world)).toMatchObject({ claimed: 0 })
    expect(world.sms.got).toHaveLength(sent)
    expect(world.events).toContainEqual({ event: 'clock-jumped', ms: 48 * 3_600_000, held: true })
    expect(await world.store.readHold()).toMatchObject({
      by: 'notify',
      why: 'the clock of this machine was set forward by 48 h; check it',
    })
  })

  test('by an hour: it is told, and the sending goes on', async () => {
    const world = await due(3)
    await pass(world)
    world.clock.set('2021-10-22T08:00:00Z')
    await pass(world)
    expect(world.events).toContainEqual({ event: 'clock-jumped', ms: 3_600_000, held: false })
    expect(await world.store.readHold()).toBeNull()
  })
})

describe('a row that kills its workers', () => {
  test('is claimed alone after two deaths in company, and fails after three more deaths of its own; the others are sent', async () => {
    const world = await due(20)
    const everybody = Array.from({ length: 20 }, (_, i) => i + 1)
    await dieWith(world, everybody)
    await dieWith(world, everybody)
    await dieWith(world, everybody) // any number of kills in company proves nothing
    expect(rows(world).every(({ deaths }) => deaths === 2)).toBe(true)
    for (let i = 0; i < 3; i += 1) await dieWith(world, [7])
    expect(await pass(world)).toMatchObject({ sent: 19, failed: 1 })
    expect(rows(world)[6]).toMatchObject({ state: 'failed', reason: 'poison: its workers die of it' })
  })

  test('suspects are in flight one by one', async () => {
    const world = await due(10)
    const everybody = Array.from({ length: 10 }, (_, i) => i + 1)
    for (let i = 0; i < 2; i += 1) await dieWith(world, everybody)
    let inFlight = 0
    world.sms.answer = async () => {
      inFlight += 1
      expect(inFlight).toBe(1)
      expect(
        world.sql
          .prepare("select count(*) from messages where worker_id is not null and state = 'sending'")
          .pluck()
          .get(),
      ).toBe(1)
      await new Promise((resolve) => setImmediate(resolve))
      inFlight -= 1
      return { kind: 'accepted', ref: null }
    }
    expect(await pass(world)).toMatchObject({ sent: 10 })
  })
})
