// Bad recipients beside good ones: whatever is wrong with some, the others get their message as if those were not there.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Reply } from '../../src/domain/outcome.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker } from '../../src/flow/worker.ts'
import { replyTo } from '../../src/gateway/http-reply.ts'
import { never, openWorld, scheduleUsual, scriptedGateway, type World } from '../support/world.ts'

const START = Date.parse('2021-10-22T07:00:00Z')
const ACCEPTED: Reply = { kind: 'accepted', ref: null }
const CONTRACT = {
  accept: { status: [200], json: { code: 0 }, echo: 'id' },
  deadlineMs: 10_000,
  honoursKey: true,
  hide: String,
}

/** As the HTTP gateway understands it. */
const answered = (status: number, body = '', headers = {}): Reply =>
  replyTo({ kind: 'answered', status, headers, body }, CONTRACT, '1', () => START)
const lost = (code: string): Reply =>
  replyTo({ kind: 'failed', code, started: true, answering: false }, CONTRACT, '1', () => START)

const fault = fc.oneof(
  fc.integer({ min: 400, max: 599 }).map((status) => answered(status)),
  fc.constantFrom(answered(200, '{"code":1}'), answered(200, '<html>'), answered(302)),
  fc.constantFrom(lost('DEADLINE'), lost('ECONNRESET')),
)
const comeLater = fc
  .tuple(fc.constantFrom(429, 503), fc.constantFrom(1, 30, 3_600))
  .map(([status, seconds]) => answered(status, '', { 'retry-after': String(seconds) }))

const faultsOf = (one: fc.Arbitrary<Reply>) => fc.array(one, { minLength: 1, maxLength: 12 })

/** Fewer than one in five, anywhere among the others. */
const apart = (people: number) =>
  fc.record({
    bad: fc.uniqueArray(fc.nat(people - 1), { maxLength: Math.ceil(people / 5) - 1 }),
    faults: faultsOf(fc.oneof({ weight: 3, arbitrary: fault }, { weight: 1, arbitrary: comeLater })),
  })

/** Side by side, as after a list was sorted. Of those that are all told to come later nobody could tell that others are not. */
const sideBySide = (people: number) => {
  const most = Math.ceil(people / 5) - 1
  const block = fc.record({ from: fc.nat(people - most), length: fc.integer({ min: 1, max: most }) })
  const bad = block.map(({ from, length }) => Array.from({ length }, (_, i) => from + i))
  return fc.record({ bad, faults: faultsOf(fault) })
}

const scene = fc.constantFrom(30, 60).chain((people) =>
  fc.tuple(
    fc.oneof({ weight: 3, arbitrary: apart(people) }, { weight: 1, arbitrary: sideBySide(people) }),
    fc.record({
      people: fc.constant(people),
      concurrency: fc.constantFrom(1, 4, 8, 64),
      seed: fc.integer({ min: 1, max: 2 ** 31 - 2 }),
    }),
  ),
)
interface Scene {
  readonly people: number
  readonly bad: readonly number[]
  readonly faults: readonly Reply[]
  readonly concurrency: number
  readonly seed: number
}

/** The numbers of a small generator, so that rests and places differ from step to step. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** A quarter of a second each. */
const RUNS = 15

const phoneOf = (i: number): string => `+7916${String(i).padStart(7, '0')}`

/** How long after their hour the last of the good ones is sent, ms. `next`: when the next pass is made. */
const lastGood = async (play: Scene, next: (world: World, now: number) => Promise<number>): Promise<number> => {
  const sms = scriptedGateway('sms', { concurrency: play.concurrency })
  const world = await openWorld()
  const powers = { ...world, clock: { ...world.clock, random: randomFrom(play.seed) }, gateway: async () => sms }
  world.add(Array.from({ length: play.people }, (_, i) => ({ phone: phoneOf(i) })))
  await scheduleUsual(world)
  const replies = new Map(play.bad.map((i, n) => [phoneOf(i), play.faults[n % play.faults.length] ?? ACCEPTED]))
  const good = new Set<string>()
  let last = START
  let inFlight = 0
  sms.answer = async ({ address }) => {
    inFlight += 1
    await new Promise((resolve) => setImmediate(resolve))
    world.clock.advance(100 / inFlight)
    inFlight -= 1
    const reply = replies.get(address)
    if (reply !== undefined) return reply
    good.add(address)
    last = world.clock.now()
    return ACCEPTED
  }
  world.clock.moveTo(START)
  for (let passes = 0; passes < 60 && good.size < play.people - replies.size; passes += 1) {
    await asWorker(powers, 'run-due', (id) => runDue(powers, id, never))
    world.clock.moveTo(await next(world, world.clock.now()))
  }
  expect(good.size).toBe(play.people - replies.size)
  return last - START
}

const asDaemon = async (world: World, now: number): Promise<number> =>
  Math.max(now + 1, (await world.store.nextDueAt('sms', now)) ?? now)
const asCron = async (_: World, now: number): Promise<number> => now + 60_000

/** What all of them take with nobody bad among them. */
const healthyTime = ({ people, concurrency }: Scene): number => (people * 100) / Math.min(concurrency, people)
/** The first rest of a gateway; the few scenes that begin with bad ones may see the second. */
const BACK_OFF_MS = 15_000

test('by a daemon: the good ones leave within a back-off of what they would take alone (property)', async () => {
  const property = fc.asyncProperty(scene, async ([people, terms]) => {
    const play: Scene = { ...people, ...terms }
    expect(await lastGood(play, asDaemon)).toBeLessThanOrEqual(healthyTime(play) + BACK_OFF_MS)
  })
  await fc.assert(property, { numRuns: RUNS })
}, 60_000)

test('by cron, where every pass begins with what the database knows: within the next two passes (property)', async () => {
  const property = fc.asyncProperty(scene, async ([people, terms]) => {
    const play: Scene = { ...people, ...terms }
    expect(await lastGood(play, asCron)).toBeLessThanOrEqual(healthyTime(play) + 120_000)
  })
  await fc.assert(property, { numRuns: RUNS })
}, 60_000)
