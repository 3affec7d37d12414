// What fails alone while others are taken is the message's own fault; what fails for all is the gateway's. One story each.
import { expect, test } from 'vitest'
import type { Reply } from '../../src/domain/outcome.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker } from '../../src/flow/worker.ts'
import { never, openWorld, scheduleUsual, type World } from '../support/world.ts'

const START = Date.parse('2021-10-22T07:00:00Z')
const ACCEPTED: Reply = { kind: 'accepted', ref: null }
const FORBIDDEN: Reply = { kind: 'misconfigured', reason: 'answered 403', perhapsTheirs: true }
const UNAUTHORISED: Reply = { kind: 'misconfigured', reason: 'answered 401' }
const BUSY: Reply = { kind: 'unavailable', reason: 'answered 429', retryAfter: 30_000 }
const BROKEN: Reply = { kind: 'unknown', reason: 'answered 500' }
const NO: Reply = { kind: 'unavailable', reason: 'said no: {"code":1}' }

const pass = (world: World) => asWorker(world, 'run-due', (id) => runDue(world, id, never))
const phone = (i: number): string => `+7916${String(i).padStart(7, '0')}`

const due = async (people: number): Promise<World> => {
  const world = await openWorld()
  world.add(Array.from({ length: people }, () => ({})))
  await scheduleUsual(world)
  world.clock.moveTo(START)
  return world
}

/** These addresses are answered so, all others with yes. */
const answerTo = (world: World, reply: Reply, ...bad: readonly number[]): void => {
  const phones = new Set(bad.map(phone))
  world.sms.answer = ({ address }) => (phones.has(address) ? reply : ACCEPTED)
}

const minutes = async (world: World, from: number, to: number): Promise<void> => {
  for (let minute = from; minute <= to; minute += 1) {
    world.clock.moveTo(START + minute * 60_000)
    await pass(world)
  }
}

const rests = (world: World): number => world.events.filter(({ event }) => event === 'gateway-rests').length
const rowOf = (world: World, i: number) =>
  world.sql.prepare('select state, attempts, reason from messages where recipient_id = ?').get(i + 1)

test.each([
  ['403', FORBIDDEN],
  ['401', UNAUTHORISED],
  ['429 with Retry-After', BUSY],
  ['500', BROKEN],
  ['a no without words', NO],
])('%s for one of 200: the others leave in the same pass, the gateway does not rest', async (_, reply) => {
  const world = await due(200)
  answerTo(world, reply, 100)
  expect(await pass(world)).toMatchObject({ sent: 199, troubles: new Map() })
  expect(rests(world)).toBe(0)
  expect(rowOf(world, 100)).toMatchObject({
    state: 'scheduled',
    attempts: 1,
    reason: 'reason' in reply ? reply.reason : '',
  })
})

test('403 for one, a third time while others are taken: it means this message, and it fails', async () => {
  const world = await due(200)
  answerTo(world, FORBIDDEN, 100)
  await minutes(world, 0, 3)
  expect(rowOf(world, 100)).toEqual({ state: 'failed', attempts: 3, reason: 'answered 403' })
})

test.each([
  ['one that is told no', NO, [5]],
  ['three that are answered 500', BROKEN, [5, 6, 7]],
  ['one that is told to come later', { ...BUSY, retryAfter: 3_600_000 }, [5]],
])('%s, tried again and again by cron: a second mailing is not held up by a second', async (_, reply, bad) => {
  const world = await due(100)
  answerTo(world, reply, ...bad)
  await minutes(world, 0, 30)
  const before = world.sms.got.length
  await scheduleUsual(world, { uid: 'second', name: 'second', text: 'Second', ifPast: 'now' })
  await pass(world)
  const second = world.sms.got.slice(before).filter(({ text }) => text === 'Second')
  expect(second).toHaveLength(100)
  expect(world.states().sent).toBe(2 * (100 - bad.length))
})

test('what is wrong with one is tried again ever more rarely, until its mailing is over', async () => {
  const world = await due(50)
  answerTo(world, NO, 5)
  await minutes(world, 0, 600)
  const tries = world.sms.got.filter(({ address }) => address === phone(5)).length
  expect(tries).toBeGreaterThan(10)
  expect(tries).toBeLessThan(35)
  world.clock.moveTo('2021-10-26T07:00:00Z')
  await pass(world)
  expect(rowOf(world, 5)).toMatchObject({ state: 'expired' })
})

test('the first of all is the bad one: another one is asked after the first rest, and the rest of them go at full speed', async () => {
  const world = await due(100)
  const narrow = { ...world, gateway: async () => ({ ...world.sms, concurrency: 1 }) }
  answerTo(world, { ...BUSY, retryAfter: 3_600_000 }, 0)
  await pass(narrow)
  expect(world.sms.got).toHaveLength(1)
  world.clock.advance(5_000)
  await pass(narrow)
  expect(world.states()).toEqual({ sent: 99, scheduled: 1 })
  expect((await world.store.listGateways())[0]).toMatchObject({ rampFrom: null, witnesses: [], checksAt: null })
})

test('a probe is never twice running the same message while another one is due', async () => {
  const world = await due(40)
  world.sms.answer = () => BROKEN
  await pass(world)
  const probes: string[] = []
  for (let i = 0; i < 12; i += 1) {
    const before = world.sms.got.length
    world.clock.moveTo((await world.store.nextDueAt('sms', world.clock.now())) ?? 0)
    await pass(world)
    probes.push(...world.sms.got.slice(before).map(({ address }) => address))
  }
  expect(probes).toHaveLength(12)
  expect(new Set(probes).size).toBe(12)
})

test.each([
  ['401', UNAUTHORISED],
  ['403', FORBIDDEN],
  ['500', BROKEN],
  ['429 with Retry-After', BUSY],
])('%s for all in the middle of a mailing: found out by two cohorts, and none fails', async (_, reply) => {
  const world = await due(300)
  world.sms.answer = () => (world.sms.got.length > 100 ? reply : ACCEPTED)
  expect(await pass(world)).toMatchObject({ failed: 0 })
  expect(world.sms.got.length).toBeLessThanOrEqual(100 + 2 * 8)
  expect(rests(world)).toBe(1)
  world.sms.answer = () => ACCEPTED
  await minutes(world, 5, 5)
  expect(world.states()).toEqual({ sent: 300 })
})

test('404 from one that was down and answers again: it may be half started, so nothing fails', async () => {
  const world = await due(60)
  world.sms.answer = () => (world.sms.got.length > 20 ? BROKEN : ACCEPTED)
  await pass(world)
  world.sms.answer = () => ({ kind: 'refused', reason: 'answered 404', perhapsOurs: true })
  await minutes(world, 1, 2)
  expect(world.states().failed).toBeUndefined()
})

test('most are told to come later although some are taken: that means all, and holds as long as it says', async () => {
  const world = await due(300)
  world.sms.answer = () => (world.sms.got.length > 50 && world.sms.got.length % 4 !== 0 ? BUSY : ACCEPTED)
  await pass(world)
  const asked = world.sms.got.length
  expect(asked).toBeLessThan(150)
  world.clock.advance(29_000)
  await pass(world)
  expect(world.sms.got).toHaveLength(asked)
})
