import { describe, expect, onTestFinished, test } from 'vitest'
import { Fixable } from '../../src/domain/errors.ts'
import { daemon } from '../../src/flow/daemon.ts'
import { applyEdit, prepareEdit } from '../../src/flow/edit-mailing.ts'
import { asWorker } from '../../src/flow/worker.ts'
import type { Gateway } from '../../src/gateway/gateway.ts'
import { openStore } from '../../src/store/open.ts'
import { cronTicker, type Ticker } from '../../src/ticker.ts'
import { beat, openWorld, scheduleUsual, scriptedGateway, type World } from '../support/world.ts'

const unsupervised = { everyMs: 10_000, tell: async () => undefined }

/** A ticker whose ticks are called by hand. */
const handTicker = (): Ticker & { tick(name: string): Promise<void> } => {
  const bodies = new Map<string, () => Promise<void>>()
  return {
    every: (_, name, body, signal) => {
      bodies.set(name, body)
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    },
    tick: async (name) => bodies.get(name)?.(),
  }
}

interface Running {
  readonly world: World
  readonly tick: (name: string) => Promise<void>
  /** Lets so many ms pass, once somebody sleeps that long at most. */
  pass(ms: number): Promise<void>
  reload(): void
  /** Gateways that were closed, in order. */
  readonly closed: readonly string[]
  stop(): Promise<void>
}

const start = async (world: World): Promise<Running> => {
  const stop = new AbortController()
  const ticker = handTicker()
  const closed: string[] = []
  let reload = (): void => undefined
  const powers = {
    ...world,
    ticker,
    supervisor: unsupervised,
    renewGateway: async (name: string) => void closed.push(name),
    onReload: (listener: () => void) => {
      reload = listener
    },
  }
  const signals = { stop: stop.signal, abort: new AbortController().signal }
  const running = asWorker(world, 'daemon', (id) => daemon(powers, id, signals))
  await until(() => world.events.some(({ event }) => event === 'daemon-started'))
  return {
    world,
    tick: (name) => ticker.tick(name),
    pass: async (ms) => {
      await until(() => (world.clock.nextWake() ?? Number.POSITIVE_INFINITY) <= world.clock.now() + ms)
      world.clock.advance(ms)
    },
    reload: () => reload(),
    closed,
    stop: async () => {
      stop.abort()
      await running
    },
  }
}

/** Waits for a state of the world, turn by turn of the event loop; the test's own time-out bounds it. */
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

describe('the daemon', () => {
  test('sleeps until a row is due, sends it then, and sleeps again', async () => {
    const world = await openWorld('2021-10-22T00:59:30Z')
    world.add([{ zone: 'Asia/Yakutsk' }, { zone: 'Europe/Moscow' }])
    await scheduleUsual(world)
    const running = await start(world)
    await running.pass(29_000)
    expect(world.sms.got).toHaveLength(0)
    await running.pass(1_000)
    await until(() => world.states().sent === 1)
    expect(world.sms.got).toHaveLength(1)
    await running.stop()
    expect(world.states()).toEqual({ sent: 1, scheduled: 1 })
  })

  test('is ready before a row is due: two seconds ahead its gateway is open, and nothing has left', async () => {
    const world = await openWorld('2021-10-22T00:59:30Z')
    world.add([{ zone: 'Asia/Yakutsk' }])
    await scheduleUsual(world)
    const opened: number[] = []
    const gateway: World['gateway'] = (name) => {
      opened.push(world.clock.now())
      return world.gateway(name)
    }
    const running = await start({ ...world, gateway })
    await running.pass(27_000)
    expect(opened).toEqual([])
    await running.pass(1_000)
    await until(() => opened.length === 1)
    expect(world.states()).toEqual({ scheduled: 1 })
    await running.pass(2_000)
    await until(() => world.states().sent === 1)
    await running.stop()
  })

  test('notices at the next look what another process scheduled', async () => {
    const world = await openWorld('2021-10-22T06:59:58Z')
    const running = await start(world)
    await running.pass(1_000)
    const other = await openOther(world)
    other.add([{}])
    await scheduleUsual(other)
    await running.pass(1_000)
    await until(() => world.states().sent === 1)
    await running.stop()
  })

  test('takes over what a dead worker had in hand', async () => {
    const world = await openWorld('2021-10-22T07:00:00Z')
    world.add([{}])
    await scheduleUsual(world)
    const gone = await world.store.addWorker(world.witness.self('daemon'), beat(world))
    world.sql
      .prepare("update messages set state = 'sending', attempts = 1, worker_id = ?, due_at = due_at + 60000")
      .run(gone)
    const running = await start(world)
    world.dead.add(gone)
    await running.pass(10_000)
    await until(() => world.states().sent === 1)
    await running.stop()
  })

  test('leaves no worker behind, and says when it stopped', async () => {
    const world = await openWorld()
    const running = await start(world)
    expect(await world.store.listWorkers()).toHaveLength(1)
    await running.stop()
    expect(await world.store.listWorkers()).toEqual([])
    expect(world.events.map(({ event }) => event)).toEqual(['daemon-started', 'daemon-stopping', 'daemon-stopped'])
  })

  test('closes, at a tick of the calendar, mailings of which everything is settled', async () => {
    const world = await openWorld('2021-10-22T07:00:00Z')
    world.add([{}])
    const { id } = await scheduleUsual(world)
    const running = await start(world)
    await until(() => world.states().sent === 1)
    await running.tick('close finished mailings')
    expect(await world.store.findMailing(id)).toMatchObject({ state: 'done' })
    await running.stop()
  })

  test('told to stop before it began, it ends', async () => {
    const world = await openWorld()
    const signals = { stop: AbortSignal.abort(), abort: new AbortController().signal }
    const powers = {
      ...world,
      ticker: cronTicker(world.clock),
      supervisor: unsupervised,
      renewGateway: async () => undefined,
      onReload: () => undefined,
    }
    await asWorker(world, 'daemon', (id) => daemon(powers, id, signals))
    expect(world.events.map(({ event }) => event)).toEqual(['daemon-started', 'daemon-stopping', 'daemon-stopped'])
    expect(world.clock.nextWake()).toBe(null)
  })
})

describe('gateways of a daemon', () => {
  test('one that refused us is opened anew after its rest', async () => {
    const world = await openWorld('2021-10-22T07:00:00Z')
    world.add([{}])
    await scheduleUsual(world)
    world.sms.answer = () => ({ kind: 'misconfigured', reason: '401: the token is refused' })
    const running = await start(world)
    await until(() => world.events.some(({ event }) => event === 'gateway-trouble'))
    world.sms.answer = () => ({ kind: 'accepted', ref: null })
    await running.pass(60_000)
    await until(() => world.states().sent === 1)
    expect(running.closed).toEqual(['sms'])
    await running.stop()
  })

  test('after a reload nothing more is claimed for the old one, in the midst of a pass too', async () => {
    const [old, fresh] = [scriptedGateway('sms', { concurrency: 2 }), scriptedGateway('sms')]
    let current = old
    const world: World = { ...(await openWorld('2021-10-22T07:00:00Z')), gateway: async () => current }
    world.add(Array.from({ length: 50 }, () => ({})))
    await scheduleUsual(world)
    const answers: (() => void)[] = []
    old.answer = () => new Promise((resolve) => answers.push(() => resolve({ kind: 'accepted', ref: null })))
    const running = await start(world)
    await until(() => answers.length === 2)
    current = fresh
    running.reload()
    expect(running.closed).toEqual([]) // two messages are in flight there
    for (const answer of answers) answer()
    await until(() => world.states().sent === 50)
    expect([old.got.length, fresh.got.length, running.closed]).toEqual([2, 48, ['sms']])
    await running.stop()
  })

  test('a reload wakes one that could not be opened', async () => {
    const world = await openWorld('2021-10-22T07:00:00Z')
    world.add([{}])
    await scheduleUsual(world)
    let isMended = false
    const gateway = async (): Promise<Gateway> => {
      if (!isMended) throw new Fixable('config', 'token.txt cannot be read')
      return world.sms
    }
    const running = await start({ ...world, gateway })
    await until(() => world.events.some(({ event }) => event === 'gateway-trouble'))
    isMended = true
    running.reload()
    await until(() => world.states().sent === 1)
    await running.stop()
  })
})

/** The same database through a store of its own, as another process has it. */
const openOther = async (world: World): Promise<World> => {
  const store = await openStore(world.file, world.clock)
  onTestFinished(() => store.close())
  return { ...world, store }
}

describe('what others change in a mailing', () => {
  test('an edit to a start that is past is sent within a second', async () => {
    const world = await openWorld('2021-10-22T08:00:00Z')
    world.add([{}, {}])
    const mailing = await scheduleUsual(world, { on: '2021-10-23' })
    const running = await start(world)
    const other = await openOther(world)
    const prepared = await prepareEdit(other, mailing, { on: '2021-10-22' }, { ifPast: 'now', approvalOf: null })
    await applyEdit(other, prepared, 'mailing edited', { at: 1, who: 'olga', why: null })
    await running.pass(1_000)
    await until(() => world.states().sent === 2)
    await running.stop()
  })

  test('who joins the address book gets a mailing that follows it within a second', async () => {
    const world = await openWorld('2021-10-22T08:00:00Z')
    world.add([{}])
    await scheduleUsual(world, { follow: true, ifPast: 'now' })
    const running = await start(world)
    await until(() => world.states().sent === 1)
    world.add([{}])
    world.sql.exec('update installation set book_changed_at = 1')
    await running.pass(1_000)
    await until(() => world.states().sent === 2)
    await running.stop()
  })

  test('an address book that changes all day is looked through for a small part of the time', async () => {
    const world = await openWorld('2021-10-22T08:00:00Z')
    world.add([{}])
    await scheduleUsual(world, { follow: true, ifPast: 'now' })
    let looks = 0
    const store = Object.create(world.store, {
      compareRows: {
        value: async (...args: Parameters<World['store']['compareRows']>) => {
          looks += 1
          world.clock.advance(500) // as among a million
          return world.store.compareRows(...args)
        },
      },
    }) as World['store']
    const running = await start({ ...world, store })
    const begun = world.clock.monotonic()
    for (let i = 1; i <= 60; i += 1) {
      world.sql.exec(`update installation set book_changed_at = ${i}`)
      await running.pass(1_000)
    }
    const spent = looks * 500
    expect(looks).toBeGreaterThan(1)
    expect(spent / (world.clock.monotonic() - begun)).toBeLessThan(0.1)
    await running.stop()
  })
})
