// What an adversary found in the engine: each of these once lost, doubled or stranded a row.
import { describe, expect, test } from 'vitest'
import { rollBack } from '../../src/flow/roll-back.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { scheduleMailing } from '../../src/flow/schedule-mailing.ts'
import { asWorker, clearUp } from '../../src/flow/worker.ts'
import type { Store } from '../../src/store/store.ts'
import { beat, never, openWorld, requestOfUsual, scheduleUsual, scriptedGateway, type World } from '../support/world.ts'

const TEN_IN_MOSCOW = '2021-10-22T07:00:00Z'
const pass = (world: World) => asWorker(world, 'run-due', (id) => runDue(world, id, never))

const due = async (people: number): Promise<World> => {
  const world = await openWorld()
  world.add(Array.from({ length: people }, () => ({})))
  await scheduleUsual(world)
  world.clock.moveTo(TEN_IN_MOSCOW)
  return world
}

/** The real store with one sentence broken once. */
const failingOnce = (store: Store, sentence: 'claimDue' | 'settle' | 'changeGateway', after = 0): Store => {
  let calls = 0
  const broken = async (...args: never[]): Promise<unknown> => {
    calls += 1
    if (calls === after + 1) throw new Error(`${sentence} broke`)
    const real: (...args: never[]) => unknown = store[sentence]
    return real(...args)
  }
  return { ...store, [sentence]: broken }
}

describe('scheduling', () => {
  test('two that are scheduled at the same moment are one', async () => {
    const world = await openWorld()
    world.add(Array.from({ length: 12_000 }, () => ({})))
    const second: Promise<unknown>[] = []
    await scheduleMailing(world, requestOfUsual(), never.stop, () => {
      if (second.length === 0)
        second.push(scheduleMailing(world, requestOfUsual({ uid: 'other' }), never.stop).catch((e: unknown) => e))
    })
    expect(await second[0]).toMatchObject({ exit: 'state' })
    expect(world.states()).toEqual({ scheduled: 12_000 })
  })

  test('taking back an abandoned mailing twice never touches another one', async () => {
    const world = await openWorld()
    world.add([{}, {}])
    const planner = await world.store.addWorker(world.witness.self('schedule'), beat(world))
    const {
      expires: _,
      dryRun: __,
      audience,
      ifPast,
      ifNoZone,
      addressKind,
      ...words
    } = requestOfUsual({ uid: 'dead', name: 'dead' })
    const terms = { audience, ifPast, ifNoZone, addressKind, follow: false }
    const plan = { total: 0, zones: [], skipped: [] }
    const { mailing } = await world.store.addMailing({ ...words, terms, plan, expiresAt: 9e15 }, planner, 0)
    world.dead.add(planner)
    await clearUp(world)
    await scheduleUsual(world)
    await rollBack(world.store, mailing)
    expect(world.states()).toEqual({ scheduled: 2 })
    await expect(world.store.activateMailing(mailing)).rejects.toMatchObject({ exit: 'state' })
  })
})

describe('one bad row', () => {
  test('fails alone: a value that the text cannot take stops nobody else', async () => {
    const world = await openWorld()
    world.add([{ attributes: { stars: '79161234567' } }, { attributes: { stars: '3' } }])
    await scheduleUsual(world, { text: '{% for i in (1..stars) %}*{% endfor %}' })
    world.clock.moveTo(TEN_IN_MOSCOW)
    expect(await pass(world)).toMatchObject({ sent: 1, failed: 1 })
    expect(world.sms.got.map(({ text }) => text)).toEqual(['***'])
  })

  test('a zone that this machine does not know', async () => {
    const world = await due(2)
    world.sql.prepare("update messages set zone = 'Mars/Olympus' where id = 1").run()
    expect(await pass(world)).toMatchObject({ sent: 1, failed: 1 })
  })
})

describe('a store that fails once', () => {
  test.each([
    ['claimDue', 1],
    ['settle', 0],
    ['changeGateway', 0],
  ] as const)('%s: what was accepted is written down all the same', async (sentence, after) => {
    const world = await due(60)
    let asked = 0
    world.sms.answer = () => {
      asked += 1
      return sentence === 'changeGateway' && asked === 20
        ? { kind: 'unavailable', reason: 'busy', retryAfter: 5_000 }
        : { kind: 'accepted', ref: null }
    }
    const broken = { ...world, store: failingOnce(world.store, sentence, after) }
    let worker = 0
    await asWorker(broken, 'run-due', (id) => {
      worker = id
      return runDue(broken, id, never)
    }).catch(() => undefined)
    world.dead.add(worker)
    await clearUp(world) // what its last write could not take was kept beside the database
    const accepted = sentence === 'changeGateway' ? asked - 1 : asked
    expect(world.states().sent ?? 0).toBe(accepted)
    expect(world.states().sending).toBeUndefined()
  })

  test('a missed beat is no reason to die', async () => {
    const world = await due(0 + 1)
    const store: Store = { ...world.store, beat: async () => Promise.reject(new Error('locked')) }
    await asWorker({ ...world, store }, 'daemon', async () => {
      world.clock.advance(10_000)
      await new Promise((resolve) => setImmediate(resolve))
    })
  })
})

describe('rows that no claim looks at', () => {
  const inHandOf = (world: World, worker: number): void => {
    world.sql
      .prepare("update messages set state = 'sending', attempts = 1, worker_id = ?, due_at = ?")
      .run(worker, world.clock.now() + 60_000)
  }

  test('in hand of a lost worker when the mailing was cancelled: unknown, once the lease is over', async () => {
    const world = await due(3)
    inHandOf(world, 99)
    await world.store.cancelMailing(1, { at: world.clock.now(), who: 'anna', why: null })
    await pass(world)
    expect(world.states()).toEqual({ sending: 3 })
    world.clock.advance(60_001)
    await pass(world)
    expect(world.states()).toEqual({ unknown: 3 })
  })

  test('of a gateway that is not configured any more: expired at their end', async () => {
    const world = await due(3)
    world.sql.prepare("update mailings set gateway = 'gone'").run()
    world.clock.moveTo('2021-10-26T07:00:00Z')
    await pass(world).catch(() => undefined)
    await world.store.closeFinished(world.clock.now())
    expect(world.states()).toEqual({ expired: 3 })
    expect((await world.store.listMailings({}))[0]?.state).toBe('done')
  })

  test('a worker of another host that has not been seen for ten minutes is given up', async () => {
    const world = await due(3)
    const far = await world.store.addWorker({ ...world.witness.self('daemon'), host: 'elsewhere' }, beat(world))
    inHandOf(world, far)
    world.clock.advance(600_001)
    expect(await pass(world)).toMatchObject({ sent: 3 })
    expect(await world.store.listWorkers()).toEqual([])
  })
})

describe('a gateway that refuses', () => {
  test('nearly everything: the mailing is paused after a few, loudly, and goes on after resume', async () => {
    const world = await due(500)
    world.sms.answer = () => ({ kind: 'refused', reason: 'answered 404' })
    const { failed, troubles } = await pass(world)
    expect(failed).toBeGreaterThanOrEqual(20)
    expect(failed).toBeLessThanOrEqual(20 + 8) // and what was in flight
    expect(troubles.get('sms')).toMatch(
      /^mailing 1 "2021-10-22 10:00" is paused: 20 of its last 20 messages were refused \(answered 404\)/,
    )
    expect(world.states()).toEqual({ failed, scheduled: 500 - failed })
    world.sms.answer = () => ({ kind: 'accepted', ref: null })
    await world.store.resumeMailing(1, { at: world.clock.now(), who: 'anna', why: null })
    expect(await pass(world)).toMatchObject({ sent: 500 - failed })
  })

  test('one in ten: those fail, the mailing goes on', async () => {
    const world = await due(500)
    let asked = 0
    world.sms.answer = () => {
      asked += 1
      return asked % 10 === 0 ? { kind: 'refused', reason: 'no such number' } : { kind: 'accepted', ref: null }
    }
    expect(await pass(world)).toMatchObject({ sent: 450, failed: 50, troubles: new Map() })
  })
})

describe('in the hand', () => {
  test('nothing leaves after the closing hour, however slow the gateway', async () => {
    const slow = scriptedGateway('slow', { concurrency: 1 })
    const world = await openWorld(undefined, [slow])
    world.add(Array.from({ length: 5 }, () => ({})))
    await scheduleUsual(world, { gateway: 'slow' })
    world.clock.moveTo('2021-10-22T17:59:58Z') // 20:59:58 in Moscow
    slow.answer = () => {
      world.clock.advance(1_000)
      return { kind: 'accepted', ref: null }
    }
    expect(await pass(world)).toMatchObject({ sent: 2 })
    expect(world.states()).toEqual({ sent: 2, scheduled: 3 })
  })

  test('a rate of one a minute still sends one a minute', async () => {
    const rare = scriptedGateway('rare', { ratePerSecond: 1 / 60 })
    const world = await openWorld(undefined, [rare])
    world.add([{}, {}, {}])
    await scheduleUsual(world, { gateway: 'rare' })
    world.clock.moveTo(TEN_IN_MOSCOW)
    const passing = pass(world)
    for (let sent = 1; sent <= 3; sent += 1) {
      while ((world.states().sent ?? 0) < sent) {
        const wake = world.clock.nextWake()
        if (wake !== null && rare.got.length < sent) world.clock.moveTo(Math.max(wake, world.clock.now()))
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    }
    await passing
    expect(world.clock.now() - Date.parse(TEN_IN_MOSCOW)).toBeLessThan(200_000)
  }, 10_000)

  test('a corrected phone counts, for what was handed back untried and for what was not taken', async () => {
    const slow = scriptedGateway('slow', { concurrency: 1 })
    const world = await openWorld(undefined, [slow])
    world.add([{ phone: '+79160000001' }, { phone: '+79160000002' }])
    await scheduleUsual(world, { gateway: 'slow' })
    world.clock.moveTo(TEN_IN_MOSCOW)
    slow.answer = () => ({ kind: 'misconfigured', reason: 'answered 401' })
    await pass(world) // the second one goes back as it is
    world.sql.prepare("update recipients set phone = '+7999000000' || id").run()
    slow.answer = () => ({ kind: 'accepted', ref: null })
    world.clock.advance(61_000)
    await pass(world)
    expect(slow.got.map(({ address }) => address).sort()).toEqual(['+79160000001', '+79990000001', '+79990000002'])
  })
})
