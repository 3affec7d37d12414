// What an adversary found in the engine that is to be trusted at night: each of these once lost, doubled or stranded a message.
import { expect, test } from 'vitest'
import { askedToRest, foundDown } from '../../src/domain/gateway-changes.ts'
import { healthy } from '../../src/domain/gateway-health.ts'
import { handBack } from '../../src/domain/outcome.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker, clearUp } from '../../src/flow/worker.ts'
import { openStore } from '../../src/store/open.ts'
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

const anna = (world: World) => ({ at: world.clock.now(), who: 'anna', why: null })
const aWorker = (world: World) => world.store.addWorker(world.witness.self('daemon'), beat(world))

test('a mailing that paused itself and is resumed while the pass goes on: its rows leave, none is taken again and again', async () => {
  const world = await due(200)
  await scheduleUsual(world, { uid: 'second', text: 'Second' })
  let isMended = false
  world.sms.answer = async ({ text }) => {
    if (text === 'Good morning' && !isMended) return { kind: 'refused', reason: 'bad sender' }
    if (!isMended && (await world.store.findMailing(1))?.state === 'paused') {
      isMended = true
      world.clock.advance(300)
      await world.store.resumeMailing(1, anna(world))
    }
    return { kind: 'accepted', ref: null }
  }
  await pass(world)
  world.clock.advance(60_000)
  await pass(world)
  expect(world.states().scheduled).toBeUndefined()
  expect(world.sms.got.length).toBe(400)
})

test.each(['hold', 'repeat'] as const)(
  'a hand-back that was kept beside the database, and written after all, is not replayed against a later attempt (%s)',
  async (onUnknown) => {
    const mail = scriptedGateway('sms', { honoursKey: false, onUnknown })
    const world = await due(1)
    const worker = await aWorker(world)
    await world.store.reserveJournal(worker)
    const [first] = (await claimOne(world, worker)).taken
    if (first === undefined) throw new Error('nothing was due')
    const back = handBack(first, world.clock.now())
    await world.store.keepOutcomes(worker, [back])
    await world.store.settle(worker, [back])
    world.store.forgetOutcomes(worker, [back])
    const [second] = (await claimOne(world, worker)).taken
    expect(second?.attempts).toBe(1) // the same number again; now it leaves, and its worker is killed
    world.dead.add(worker)
    const store = await openStore(world.file, world.clock)
    const next = { ...world, store, gateway: async () => mail }
    await clearUp(next)
    await asWorker(next, 'run-due', (id) => runDue(next, id, never))
    await store.close()
    await world.store.closeJournal(worker)
    expect(mail.got).toHaveLength(0) // it may have left: not sent at once
  },
)

test('lost in a hand, and the machine off for two days: the gateway has forgotten its key, a person decides', async () => {
  const world = await due(1)
  const worker = await aWorker(world)
  await claimOne(world, worker)
  world.dead.add(worker)
  world.clock.moveTo('2021-10-24T09:00:00Z')
  expect(await pass(world)).toMatchObject({ unknown: 1 })
  expect(world.sms.got).toHaveLength(0)
})

test('after an outage one time-out in a hundred does not keep a gateway from getting well', async () => {
  const world = await due(600)
  world.sms.answer = () => ({ kind: 'unavailable', reason: 'down' })
  await pass(world)
  world.clock.advance(10_000)
  world.sms.answer = () => {
    world.clock.advance(100)
    return world.sms.got.length % 100 === 0 ? { kind: 'unknown', reason: 'no answer' } : { kind: 'accepted', ref: null }
  }
  await pass(world)
  const rests = world.events.filter(({ event }) => event === 'gateway-rests')
  expect(rests).toHaveLength(1)
  expect(world.states().sent).toBeGreaterThan(580)
})

test('the clock is set forward by four days in the middle of a pass: nothing expires, everything is held', async () => {
  const slow = scriptedGateway('slow', { concurrency: 1 })
  const world = await openWorld(undefined, [slow])
  world.add(Array.from({ length: 50 }, () => ({})))
  await scheduleUsual(world, { gateway: 'slow' })
  world.clock.moveTo(TEN_IN_MOSCOW)
  slow.answer = () => {
    if (slow.got.length === 1) world.clock.set(world.clock.now() + 4 * 86_400_000)
    return { kind: 'accepted', ref: null }
  }
  await pass(world)
  expect(world.states().expired).toBeUndefined()
  expect(await world.store.readHold()).toMatchObject({ by: 'notify' })
})

test('a quick try does not leave after a hold', async () => {
  const world = await due(1)
  world.sms.answer = async () => {
    await world.store.hold(anna(world))
    world.clock.advance(9_000)
    return { kind: 'unknown', reason: 'answered 502', quick: true }
  }
  await pass(world)
  expect(world.sms.got).toHaveLength(1)
})

test('a rest that was asked for is not shortened by what was in flight', () => {
  const resting = askedToRest(healthy('sms'), 0, 'answered 429', 600_000)
  expect(foundDown(resting, 10, 'no answer', 0, 0.5).restsUntil).toBe(600_000)
})

test('a low rate after an outage: the next instant is reckoned anew while the gateway gets well', async () => {
  const rare = scriptedGateway('rare', { concurrency: 64, ratePerSecond: 0.5 })
  const world = await due(10, rare)
  world.sql.prepare("insert into gateways (name, ramp_from) values ('rare', ?)").run(world.clock.now())
  const passing = pass(world)
  while (rare.got.length < 10) {
    const wake = world.clock.nextWake()
    if (wake !== null) world.clock.moveTo(Math.max(wake, world.clock.now()))
    await new Promise((done) => setTimeout(done, 40)) // the pass does all that it can at this instant: outcomes are written every 20 ms
  }
  // about 72 s; not reckoned anew, already the second would leave after 128 s
  expect(world.clock.now() - Date.parse(TEN_IN_MOSCOW)).toBeLessThan(128_000)
  while (world.states().sent !== 10) await new Promise((resolve) => setTimeout(resolve, 2))
  world.clock.advance(60_000)
  await passing
})

test('where no key is honoured, a refusal of the repeat says nothing of the first', async () => {
  const mail = scriptedGateway('mail', { honoursKey: false, onUnknown: 'repeat' })
  const world = await due(1, mail)
  mail.answer = () => ({ kind: 'unknown', reason: 'no answer' })
  await pass(world)
  world.clock.advance(700_000)
  mail.answer = () => ({ kind: 'refused', reason: 'answered 400: duplicate' })
  await pass(world)
  expect(world.states()).toEqual({ unknown: 1 })
})

test('cancelled with a row in flight, and the clock set forward: its yes counts', async () => {
  const world = await due(1)
  world.sms.answer = async () => {
    await world.store.cancelMailing(1, anna(world))
    world.clock.set(world.clock.now() + 3_600_000)
    await world.store.closeFinished(world.clock.now())
    return { kind: 'accepted', ref: null }
  }
  await pass(world)
  expect(world.states()).toEqual({ sent: 1 })
})
