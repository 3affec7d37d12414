import { describe, expect, test } from 'vitest'
import { EVERYBODY } from '../../src/domain/mailing.ts'
import type { Reply } from '../../src/domain/outcome.ts'
import { type PassReport, runDue } from '../../src/flow/run-due.ts'
import { asWorker } from '../../src/flow/worker.ts'
import { beat, claimOne, never, openWorld, scheduleUsual, type World } from '../support/world.ts'

const pass = (world: World): Promise<PassReport> => asWorker(world, 'run-due', (id) => runDue(world, id, never))

const TEN_IN_MOSCOW = '2021-10-22T07:00:00Z'

const oneDue = async (): Promise<World> => {
  const world = await openWorld()
  world.add([{ name: 'Anna' }])
  await scheduleUsual(world)
  world.clock.moveTo(TEN_IN_MOSCOW)
  return world
}

const row = (
  world: World,
): { state: string; due_at: number | null; attempts: number; reason: string | null; settled_at: number | null } =>
  world.sql.prepare('select state, due_at, attempts, reason, settled_at from messages').get() as ReturnType<typeof row>

describe('a pass', () => {
  test('sends each message when it is ten o’clock at its recipient, and never before', async () => {
    const world = await openWorld()
    world.add([{ zone: 'Asia/Yakutsk' }, { zone: 'Europe/Moscow' }])
    await scheduleUsual(world)
    world.clock.moveTo('2021-10-22T00:59:59.999Z')
    expect(await pass(world)).toMatchObject({ claimed: 0, sent: 0 })
    world.clock.moveTo('2021-10-22T01:00:00Z')
    expect(await pass(world)).toMatchObject({ claimed: 1, sent: 1 })
    world.clock.moveTo(TEN_IN_MOSCOW)
    expect(await pass(world)).toMatchObject({ claimed: 1, sent: 1 })
    expect(world.sms.got).toHaveLength(2)
    expect(world.states()).toEqual({ sent: 2 })
  })

  test('keeps the slots full and no fuller, and settles everything', async () => {
    const world = await openWorld()
    world.add(Array.from({ length: 1_000 }, () => ({})))
    await scheduleUsual(world)
    world.clock.moveTo(TEN_IN_MOSCOW)
    let inFlight = 0
    let most = 0
    world.sms.answer = async () => {
      inFlight += 1
      most = Math.max(most, inFlight)
      await new Promise((resolve) => setImmediate(resolve))
      inFlight -= 1
      return { kind: 'accepted', ref: null }
    }
    expect(await pass(world)).toMatchObject({ claimed: 1_000, sent: 1_000 })
    expect(most).toBe(8)
    expect(new Set(world.sms.got.map((message) => message.key)).size).toBe(1_000)
    expect(world.states()).toEqual({ sent: 1_000 })
    expect((await world.store.listMailings({}))[0]?.state).toBe('done')
  })

  test('claims nothing of a paused mailing, and goes on after resume', async () => {
    const world = await oneDue()
    const by = { at: world.clock.now(), who: 'anna', why: 'wrong text' }
    await world.store.pauseMailing(1, by)
    expect(await pass(world)).toMatchObject({ claimed: 0 })
    await world.store.resumeMailing(1, by)
    expect(await pass(world)).toMatchObject({ sent: 1 })
  })

  test('writes to nobody who unsubscribed after the mailing was scheduled', async () => {
    const world = await oneDue()
    world.sql.prepare('update recipients set unsubscribed_by_admin = 1').run()
    expect(await pass(world)).toMatchObject({ claimed: 0, skipped: 1 })
    expect(row(world)).toMatchObject({ state: 'skipped', reason: 'unsubscribed' })
    expect(world.sms.got).toEqual([])
  })

  test('a huge mailing leaves a small one its turn', async () => {
    const world = await openWorld()
    world.add(Array.from({ length: 500 }, () => ({})))
    await scheduleUsual(world)
    world.add([{ name: 'late', phone: '+79990000001' }])
    await scheduleUsual(world, {
      uid: 'small',
      text: 'Small',
      audience: { ...EVERYBODY, operatorCodes: ['999'] },
    })
    world.clock.moveTo(TEN_IN_MOSCOW)
    await pass(world)
    const place = world.sms.got.findIndex((message) => message.text === 'Small')
    expect(place).toBeGreaterThanOrEqual(0)
    expect(place).toBeLessThan(50)
  })

  test('a gateway that is not configured is a trouble of its own, the others go on', async () => {
    const world = await openWorld()
    world.add([{}])
    await scheduleUsual(world)
    await scheduleUsual(world, { uid: 'other', text: 'Other', gateway: 'gone' })
    world.clock.moveTo(TEN_IN_MOSCOW)
    await expect(pass(world)).rejects.toThrow('no gateway gone')
    expect(world.sms.got).toHaveLength(1)
  })
})

describe('what becomes of a row after a reply', () => {
  const cases: readonly (readonly [Reply, object])[] = [
    [
      { kind: 'accepted', ref: 'r-1' },
      { state: 'sent', due_at: null, attempts: 1, reason: null },
    ],
    [
      { kind: 'refused', reason: 'no such number' },
      { state: 'failed', due_at: null, attempts: 1, reason: 'no such number' },
    ],
    // random is 0.5: half of 5 s · 2¹
    [
      { kind: 'unavailable', reason: 'down' },
      { state: 'scheduled', due_at: Date.parse(TEN_IN_MOSCOW) + 5_000, attempts: 1 },
    ],
    [
      { kind: 'unavailable', reason: 'busy', retryAfter: 90_000 },
      { state: 'scheduled', due_at: Date.parse(TEN_IN_MOSCOW) + 90_000, attempts: 0, reason: 'busy' },
    ],
    [
      { kind: 'unknown', reason: 'silence' },
      { state: 'scheduled', due_at: Date.parse(TEN_IN_MOSCOW) + 5_000, attempts: 1 },
    ],
    [
      { kind: 'misconfigured', reason: '401' },
      { state: 'scheduled', attempts: 0, reason: '401' },
    ],
  ]
  test.each(cases)('%o', async (reply, expected) => {
    const world = await oneDue()
    world.sms.answer = () => reply
    const { claimed, sent, failed, retried, handedBack } = await pass(world)
    expect(row(world)).toMatchObject(expected)
    expect(sent + failed + retried + handedBack).toBe(claimed)
  })
})

describe('retries', () => {
  test('carry the same key and the same bytes, whatever their recipient is called meanwhile', async () => {
    const world = await openWorld()
    world.add([{ name: 'Anna' }])
    await scheduleUsual(world, { text: 'Hello {{ name }}' })
    world.clock.moveTo(TEN_IN_MOSCOW)
    world.sms.answer = () => ({ kind: 'unknown', reason: 'silence' })
    await pass(world)
    world.sql.prepare("update recipients set name = 'Olga'").run()
    world.sms.answer = () => ({ kind: 'accepted', ref: null })
    world.clock.advance(5_000)
    await pass(world)
    const [first, second] = world.sms.got
    expect(second).toEqual(first)
    expect(first?.text).toBe('Hello Anna')
  })

  test('never leave the hours of the mailing: what is late at 21:00 waits for the next day at ten', async () => {
    const world = await oneDue()
    world.sms.answer = () => ({ kind: 'unavailable', reason: 'down', retryAfter: 3_600_000 })
    world.clock.moveTo('2021-10-22T17:30:00Z') // 20:30 in Moscow
    await pass(world)
    expect(new Date(row(world).due_at ?? 0).toISOString()).toBe('2021-10-23T07:00:00.000Z')
  })

  test('a row found after its closing hour is put off, not sent', async () => {
    const world = await oneDue()
    world.clock.moveTo('2021-10-22T18:00:00Z') // 21:00 in Moscow
    expect(await pass(world)).toMatchObject({ claimed: 0, sent: 0 })
    expect(new Date(row(world).due_at ?? 0).toISOString()).toBe('2021-10-23T07:00:00.000Z')
  })

  test('end when the mailing expires', async () => {
    const world = await oneDue()
    world.sms.answer = () => ({ kind: 'unavailable', reason: 'down' })
    await pass(world)
    world.clock.moveTo('2021-10-25T07:00:00Z')
    expect(await pass(world)).toMatchObject({ expired: 1 })
    expect(row(world)).toMatchObject({ state: 'expired', reason: 'its time ran out after 1 attempt' })
  })

  test('quick ones stay within the claim', async () => {
    const world = await oneDue()
    let asked = 0
    world.sms.answer = () => {
      asked += 1
      return asked === 1 ? { kind: 'unavailable', reason: 'refused', quick: true } : { kind: 'accepted', ref: null }
    }
    expect(await pass(world)).toMatchObject({ claimed: 1, sent: 1 })
    expect(row(world)).toMatchObject({ state: 'sent', attempts: 1 })
    expect(world.sms.got).toHaveLength(2)
  })
})

describe('a gateway at rest', () => {
  test('Retry-After moves the whole gateway: nobody else is tried meanwhile', async () => {
    const world = await openWorld()
    world.add(Array.from({ length: 100 }, () => ({})))
    await scheduleUsual(world)
    world.clock.moveTo(TEN_IN_MOSCOW)
    world.sms.answer = () => ({ kind: 'unavailable', reason: 'too many', retryAfter: 30_000 })
    await pass(world)
    const asked = world.sms.got.length
    expect(asked).toBeLessThanOrEqual(16) // what was in flight when it said so
    expect(await pass(world)).toMatchObject({ claimed: 0, troubles: new Map([['sms', 'too many']]) })
    expect(world.sms.got).toHaveLength(asked)
    world.sms.answer = () => ({ kind: 'accepted', ref: null })
    world.clock.advance(61_000)
    expect(await pass(world)).toMatchObject({ sent: 100 })
  })

  test('one that is misconfigured burns no attempt of any row', async () => {
    const world = await openWorld()
    world.add(Array.from({ length: 100 }, () => ({})))
    await scheduleUsual(world)
    world.clock.moveTo(TEN_IN_MOSCOW)
    world.sms.answer = () => ({ kind: 'misconfigured', reason: 'answered 401' })
    expect(await pass(world)).toMatchObject({ failed: 0, troubles: new Map([['sms', 'answered 401']]) })
    expect(world.sql.prepare('select max(attempts) from messages').pluck().get()).toBe(0)
    expect(world.states()).toEqual({ scheduled: 100 })
  })
})

describe('the fence', () => {
  test('a late worker changes nothing and is counted', async () => {
    const world = await oneDue()
    const { store, clock } = world
    const [late] = (await claimOne(world, 1)).taken
    clock.advance(60_000)
    const [current] = (await claimOne(world, 2)).taken
    const sent = {
      mailingId: 1,
      state: 'sent',
      reason: null,
      dueAt: null,
      gatewayRef: null,
      settledAt: 1,
      at: 1,
      attemptBack: false,
      unfreezes: false,
      doubtSince: null,
    } as const
    expect(late?.attempts).toBe(1)
    expect(await store.settle(1, [{ ...sent, id: 1, attempts: 1, state: 'failed' }])).toEqual({ written: 0, stale: 1 })
    expect(await store.settle(2, [{ ...sent, id: 1, attempts: current?.attempts ?? 0 }])).toEqual({
      written: 1,
      stale: 0,
    })
    expect(row(world)).toMatchObject({ state: 'sent', attempts: 2 })
  })

  test('rows of a worker that is proved dead are due at once, under the same key', async () => {
    const world = await oneDue()
    const workerId = await world.store.addWorker(world.witness.self('daemon'), beat(world))
    await claimOne(world, workerId)
    expect(await pass(world)).toMatchObject({ claimed: 0 })
    world.dead.add(workerId)
    expect(await pass(world)).toMatchObject({ sent: 1 })
    expect(world.events).toContainEqual({ event: 'rows-rescued', worker: workerId, count: 1 })
    expect(row(world)).toMatchObject({ state: 'sent', attempts: 2 })
  })
})

describe('stopping', () => {
  test('claims nothing more, finishes what is in flight, hands back the rest with its attempt', async () => {
    const world = await openWorld()
    world.add(Array.from({ length: 100 }, () => ({})))
    await scheduleUsual(world)
    world.clock.moveTo(TEN_IN_MOSCOW)
    const stop = new AbortController()
    world.sms.answer = async () => {
      stop.abort()
      await new Promise((resolve) => setImmediate(resolve))
      return { kind: 'accepted', ref: null }
    }
    const signals = { stop: stop.signal, abort: never.abort }
    const report = await asWorker(world, 'run-due', (id) => runDue(world, id, signals))
    expect(report.sent).toBe(world.sms.got.length)
    expect(report.sent).toBeLessThanOrEqual(8)
    expect(world.states()).toEqual({ sent: report.sent, scheduled: 100 - report.sent })
    const handedBack = "select max(attempts) from messages where state = 'scheduled'"
    expect(world.sql.prepare(handedBack).pluck().get()).toBe(0)
  })
})
