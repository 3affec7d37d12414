// The wall clock is wrong for a while, and is set right: nothing that it wrote keeps anybody waiting, nothing ends by it in silence.
import { describe, expect, test } from 'vitest'
import { guardClock, refuseFalseClock, watchClock } from '../../src/flow/clock-guard.ts'
import { applyEdit } from '../../src/flow/edit-mailing.ts'
import { follow } from '../../src/flow/follow.ts'
import { releaseEverything } from '../../src/flow/hold.ts'
import { prepareReplan } from '../../src/flow/replan-mailing.ts'
import { planRetry, retriedOf, retry } from '../../src/flow/retry.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker, clearUp, livingSender } from '../../src/flow/worker.ts'
import { seededRandom } from '../support/seeded.ts'
import { beat, claimOne, never, openWorld, scheduleUsual, type World } from '../support/world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const TEN_IN_MOSCOW = Date.parse('2021-10-22T07:00:00Z')
const pass = (world: World) => asWorker(world, 'run-due', (id) => runDue(world, id, never))
const anna = (world: World) => ({ at: world.clock.now(), who: 'anna', why: null })
const why = async (world: World) => (await world.store.readHold())?.why

const due = async (people: number, change: { readonly expires?: string } = {}): Promise<World> => {
  const world = await openWorld()
  world.add(Array.from({ length: people }, () => ({})))
  await scheduleUsual(world, change)
  world.clock.moveTo(TEN_IN_MOSCOW)
  await pass({ ...world, store: { ...world.store, gatewaysInUse: async () => [] } }) // as cron did before: the clock is known
  return world
}

/** Sets the clock, that many ms from where it is. */
const set = (world: World, ms: number): void => world.clock.set(world.clock.now() + ms)
const numbers = (world: World, sql: string) => world.sql.prepare<[], number>(sql).pluck().all()

describe('five hours ahead, and back', () => {
  const triedAhead = async (): Promise<World> => {
    const world = await due(20)
    set(world, 5 * HOUR)
    world.sms.answer = () => ({ kind: 'unavailable', reason: 'connection refused' })
    await pass(world)
    world.clock.advance(20 * 60_000)
    await pass(world)
    expect(numbers(world, 'select due_at from messages where attempts > 0').length).toBeGreaterThan(0)
    set(world, -5 * HOUR)
    return world
  }

  test('what was tried meanwhile leaves within an hour, and all is told', async () => {
    const world = await triedAhead()
    world.sms.answer = () => ({ kind: 'accepted', ref: null })
    for (let minute = 0; minute <= 60; minute += 5) {
      await pass(world)
      world.clock.advance(300_000)
    }
    expect(world.states()).toEqual({ sent: 20 })
    const jumps = world.events.filter(({ event }) => event === 'clock-jumped')
    expect(jumps).toEqual([
      { event: 'clock-jumped', ms: 5 * HOUR, held: false },
      { event: 'clock-jumped', ms: -5 * HOUR, held: false },
    ])
  })

  test('what was put off to the next day, since it was late by the other clock, leaves today', async () => {
    const world = await due(1)
    world.clock.moveTo(TEN_IN_MOSCOW + 10.9 * HOUR) // 20:54
    set(world, -5 * HOUR)
    await watchClock(world)
    world.sms.answer = () => {
      set(world, 5 * HOUR)
      return { kind: 'unavailable', reason: 'later', retryAfter: 600_000 }
    }
    await pass(world)
    set(world, -5 * HOUR)
    world.sms.answer = () => ({ kind: 'accepted', ref: null })
    await watchClock(world)
    expect(numbers(world, 'select due_at from messages')).toEqual([world.clock.now()])
  })

  test('a gateway has its speed again, its rest and its probe end; what it took is not thought new', async () => {
    const world = await triedAhead()
    const ahead = world.clock.now() + 5 * HOUR
    await world.store.changeGateway('sms', (health) => ({
      ...health,
      restsUntil: ahead + 300_000,
      probeUntil: ahead + 15_000,
      rampFrom: ahead - 1_000,
      nextSlotAt: ahead + 500,
      acceptedAt: ahead - 2_000,
    }))
    await watchClock(world)
    const now = world.clock.now()
    expect((await world.store.listGateways())[0]).toMatchObject({
      restsUntil: now + 300_000,
      probeUntil: now + 15_000,
      rampFrom: now - 1_000,
      nextSlotAt: now + 500,
      acceptedAt: now - 2_000,
    })
  })

  test('trouble that was told is told again; before anybody has noticed the clock too', async () => {
    const world = await due(1)
    set(world, 5 * HOUR)
    expect(await world.store.noteTrouble('sms', world.clock.now(), HOUR)).toBe(true)
    set(world, -5 * HOUR)
    expect(await world.store.noteTrouble('sms', world.clock.now(), HOUR)).toBe(true)
    expect(await world.store.noteTrouble('sms', world.clock.now(), HOUR)).toBe(false)
  })

  test('what happened meanwhile has happened by now; a key is thought forgotten too early, never too late', async () => {
    const world = await due(2)
    set(world, 5 * HOUR)
    world.sms.answer = () => ({ kind: 'unknown', reason: 'no answer' })
    await pass(world)
    const triedAt = world.clock.now() - 5 * HOUR
    await world.store.cancelMailing(1, anna(world))
    world.clock.advance(60_000)
    set(world, -5 * HOUR)
    await watchClock(world)
    expect(numbers(world, 'select doubt_since from messages')).toEqual([triedAt, triedAt])
    for (const column of ['settled_at from messages', 'at from attempts', 'at from audit']) {
      expect(Math.max(...numbers(world, `select ${column}`))).toBeLessThanOrEqual(world.clock.now())
    }
  })

  test('a worker that cannot be looked at is neither thought alive for hours, nor dead', async () => {
    const world = await due(1)
    const there = { ...world.witness.self('daemon'), host: 'a container' }
    const worker = await world.store.addWorker(there, beat(world))
    await claimOne(world, worker)
    set(world, 5 * HOUR)
    await clearUp(world)
    expect(world.states()).toEqual({ sending: 1 })
    expect(await pass(world)).toMatchObject({ claimed: 0 }) // its lease has not ended: it beat a moment ago
    await world.store.beat(worker, beat(world))
    set(world, -5 * HOUR)
    expect((await livingSender(world))?.id).toBe(worker)
    world.clock.advance(61_000)
    expect(await livingSender(world)).toBeUndefined()
    for (let minute = 0; minute <= 60; minute += 5) {
      await pass(world)
      world.clock.advance(300_000)
    }
    expect(world.states()).toEqual({ sent: 1 })
  })
})

test('a message that was taken days too early goes back to its own day', async () => {
  const world = await openWorld('2021-10-20T12:00:00Z')
  world.add([{}])
  await scheduleUsual(world)
  await guardClock(world)
  set(world, 2 * DAY)
  await watchClock(world)
  await releaseEverything(world, anna(world)) // somebody who did not look
  world.sms.answer = () => {
    set(world, -2 * DAY)
    return { kind: 'unavailable', reason: 'connection refused' }
  }
  await pass(world)
  expect(numbers(world, 'select due_at from messages')).toEqual([TEN_IN_MOSCOW])
})

describe('a boot', () => {
  test('400 days ahead: nothing expires, and it is told since when nothing was written; set right, all leaves', async () => {
    const world = await due(3)
    world.reboot()
    set(world, 400 * DAY)
    expect(await pass(world)).toMatchObject({ claimed: 0 })
    expect(world.states()).toEqual({ scheduled: 3 })
    const held = await why(world)
    expect(held).toContain('nothing was written from 2021-10-22T07:00:00Z to 2022-11-26T07:00:00Z')
    expect(world.events).toContainEqual({ event: 'clock-jumped', ms: 400 * DAY, held: true, reason: held })
    await expect(scheduleUsual(world, { uid: 'new', text: 'New', on: '2022-12-01' })).rejects.toThrow(held)
    set(world, -400 * DAY)
    expect(await pass(world)).toMatchObject({ claimed: 0 }) // held until somebody looked
    await releaseEverything(world, anna(world))
    expect(await pass(world)).toMatchObject({ sent: 3 })
  })

  test('after 400 days, in truth: released, the clock is believed', async () => {
    const world = await due(3)
    world.reboot()
    set(world, 400 * DAY)
    await pass(world)
    await releaseEverything(world, anna(world))
    await pass(world)
    expect(world.states()).toEqual({ expired: 3 })
    world.reboot()
    await pass(world)
    expect(await world.store.readHold()).toBeNull()
  })

  test('in 1970: nothing leaves, nothing is scheduled; the facts of before stay as they are', async () => {
    const world = await due(2)
    world.sms.answer = ({ key }) =>
      key === world.sms.got[0]?.key ? { kind: 'accepted', ref: null } : { kind: 'unavailable', reason: 'busy' }
    await pass(world)
    const facts = () => world.sql.prepare('select state, settled_at, doubt_since from messages order by id').all()
    const before = facts()
    world.reboot()
    world.clock.set(60_000)
    expect(await pass(world)).toMatchObject({ claimed: 0 })
    expect(await why(world)).toContain('shows 1970-01-01T00:01:00Z, but something was written at 2021-10-22T07:00:00Z')
    await expect(scheduleUsual(world, { uid: 'new', text: 'New' })).rejects.toThrow('shows 1970-01-01')
    world.clock.set(TEN_IN_MOSCOW + HOUR)
    await watchClock(world)
    await releaseEverything(world, anna(world))
    expect(facts()).toEqual(before)
    world.sms.answer = () => ({ kind: 'accepted', ref: null })
    await pass(world)
    world.clock.advance(HOUR)
    await pass(world)
    expect(world.states()).toEqual({ sent: 2 })
  })

  test('a trial writes nothing, and says the same', async () => {
    const world = await due(1)
    world.reboot()
    set(world, 400 * DAY)
    await expect(refuseFalseClock(world, true)).rejects.toThrow('this machine was off for 400 days')
    expect(await world.store.readHold()).toBeNull()
  })
})

describe('what ended by a false clock', () => {
  const expire = async (): Promise<World> => {
    const world = await due(3)
    world.clock.moveTo(TEN_IN_MOSCOW - DAY - HOUR) // the day before
    world.reboot()
    set(world, 30 * DAY) // too little to be told from a machine that was off
    await pass(world)
    expect(world.states()).toEqual({ expired: 3 })
    expect((await world.store.findMailing(1))?.state).toBe('done')
    set(world, -30 * DAY)
    return world
  }
  const again = async (world: World) => {
    const mailing = await world.store.findMailing(1)
    if (mailing === null) throw new Error('no mailing')
    const wish = { states: ['expired'] as const, to: null, limit: null, error: null, asNew: false, expiresAt: null }
    return planRetry(world, mailing, wish, anna(world))
  }

  test('is brought back, also where nobody has noticed the clock, and waits for its hour', async () => {
    const world = await expire()
    const planned = await again(world)
    expect(retriedOf(planned.counts)).toBe(3)
    await retry(world, planned, never.stop)
    expect((await world.store.findMailing(1))?.state).toBe('active')
    expect(new Set(numbers(world, 'select due_at from messages'))).toEqual(new Set([TEN_IN_MOSCOW]))
  })

  test('after the release too', async () => {
    const world = await expire()
    await pass(world)
    expect(await why(world)).toBe('the clock of this machine was set back by 720 h; check it')
    await expect(refuseFalseClock(world)).rejects.toThrow('set back by 720 h')
    await releaseEverything(world, anna(world))
    expect(Math.max(...numbers(world, 'select settled_at from messages'))).toBeLessThanOrEqual(world.clock.now())
    await retry(world, await again(world), never.stop)
    world.clock.moveTo(TEN_IN_MOSCOW)
    expect(await pass(world)).toMatchObject({ sent: 3 })
  })
})

test('who joins while the clock is doubted waits until it is believed: by it, their hour would be past', async () => {
  const world = await openWorld()
  world.add([{}])
  await scheduleUsual(world, { follow: true })
  await guardClock(world)
  set(world, 3 * DAY)
  world.add([{}])
  world.sql.exec('update installation set book_changed_at = 9e12')
  expect(await follow(world, never.stop)).toBe(0)
  expect(world.states()).toEqual({ scheduled: 1 })
  set(world, -3 * DAY)
  await watchClock(world)
  await releaseEverything(world, anna(world))
  expect(await follow(world, never.stop)).toBe(1)
  expect(world.states()).toEqual({ scheduled: 2 })
})

test('who was skipped as past by a clock that was ahead is brought back by a replan', async () => {
  const world = await openWorld('2021-10-22T03:00:00Z')
  world.add([{ zone: 'Europe/Moscow' }, { zone: 'America/New_York' }])
  await guardClock(world)
  set(world, 5 * HOUR) // 11:00 in Moscow
  await scheduleUsual(world, { ifPast: 'skip' })
  expect(world.states()).toEqual({ scheduled: 1, skipped: 1 })
  set(world, -5 * HOUR)
  await guardClock(world)
  const mailing = await world.store.findMailing(1)
  if (mailing === null) throw new Error('no mailing')
  await applyEdit(world, await prepareReplan(world, mailing), 'mailing replanned', anna(world), () => undefined)
  expect(world.states()).toEqual({ scheduled: 2 })
  world.clock.moveTo(TEN_IN_MOSCOW)
  expect(await pass(world)).toMatchObject({ sent: 1 })
})

test('released by somebody who holds for another reason: the clock is told first', async () => {
  const world = await due(1)
  await world.store.hold({ ...anna(world), why: 'wrong price' })
  set(world, 2 * DAY)
  await watchClock(world)
  await expect(releaseEverything(world, anna(world))).rejects.toThrow('set forward by 48 h')
  expect(await world.store.readHold()).toMatchObject({ by: 'notify' })
  await releaseEverything(world, anna(world))
  expect(await world.store.readHold()).toBeNull()
})

test('whatever the clock did: once it is right, all leaves within a back-off, and nothing outside its hours', async () => {
  for (const seed of [1, 2, 3, 5, 8]) {
    const random = seededRandom(seed)
    const world = await due(12, { expires: '20d' })
    let truth = world.clock.now() // as it is without the jumps
    world.sms.answer = () =>
      random() < 0.5 ? { kind: 'unavailable', reason: 'busy' } : { kind: 'unknown', reason: 'no answer' }
    for (let jump = 0; jump < 6; jump += 1) {
      if (random() < 0.2) world.reboot()
      set(world, Math.round((random() - 0.5) * (random() < 0.5 ? 10 * HOUR : 4 * DAY)))
      await pass(world)
      if (random() < 0.3) await releaseEverything(world, anna(world)).catch(() => undefined)
      const passed = Math.round(random() * 600_000)
      world.clock.advance(passed)
      truth += passed
      await pass(world)
    }
    world.clock.set(truth)
    await watchClock(world)
    await releaseEverything(world, anna(world)).catch(() => undefined)
    await releaseEverything(world, anna(world))
    world.sms.got.length = 0
    const hours: number[] = []
    world.sms.answer = () => {
      hours.push(new Date(world.clock.now()).getUTCHours() + 3)
      return { kind: 'accepted', ref: null }
    }
    for (let minute = 0; minute <= 65; minute += 5) {
      await pass(world)
      world.clock.advance(300_000)
    }
    const { sent = 0, unknown = 0, expired = 0, ...others } = world.states()
    expect([seed, sent + unknown + expired, others]).toEqual([seed, 12, {}]) // unknown: a person decides, when its key may be forgotten
    expect(hours.every((hour) => hour >= 10 && hour < 21)).toBe(true)
  }
})
