import { describe, expect, test } from 'vitest'
import { daemon } from '../../src/flow/daemon.ts'
import { asWorker } from '../../src/flow/worker.ts'
import type { Ticker } from '../../src/ticker.ts'
import { openWorld, scheduleUsual, type World } from '../support/world.ts'

/** A ticker whose ticks are called by hand. */
const handTicker = (): Ticker & { tick(name: string): Promise<void> } => {
  const bodies = new Map<string, () => Promise<void>>()
  return {
    every: (_, name, body) => void bodies.set(name, body),
    tick: async (name) => bodies.get(name)?.(),
  }
}

interface Running {
  readonly world: World
  readonly tick: (name: string) => Promise<void>
  stop(): Promise<void>
}

const start = async (world: World): Promise<Running> => {
  const stop = new AbortController()
  const ticker = handTicker()
  const signals = { stop: stop.signal, abort: new AbortController().signal }
  const running = asWorker(world, 'daemon', (id) => daemon({ ...world, ticker }, id, signals))
  await until(() => world.events.some(({ event }) => event === 'daemon-started'))
  return {
    world,
    tick: (name) => ticker.tick(name),
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

const asleepUntil = (world: World, instant: string): Promise<void> =>
  until(() => world.clock.nextWake() !== null && (world.clock.nextWake() ?? 0) <= Date.parse(instant))

describe('the daemon', () => {
  test('sleeps until a row is due, sends it then, and sleeps again', async () => {
    const world = await openWorld('2021-10-22T00:59:30Z')
    world.add([{ zone: 'Asia/Yakutsk' }, { zone: 'Europe/Moscow' }])
    await scheduleUsual(world)
    const running = await start(world)
    await asleepUntil(world, '2021-10-22T01:00:00Z')
    expect(world.sms.got).toHaveLength(0)
    world.clock.moveTo('2021-10-22T01:00:00Z')
    await until(() => world.states().sent === 1)
    expect(world.sms.got).toHaveLength(1)
    await running.stop()
    expect(world.states()).toEqual({ sent: 1, scheduled: 1 })
  })

  test('notices at the next look what another process scheduled', async () => {
    const world = await openWorld('2021-10-22T07:00:00Z')
    const running = await start(world)
    await running.tick('look')
    const other = await openOther(world)
    other.add([{}])
    await scheduleUsual(other)
    await running.tick('look')
    await until(() => world.states().sent === 1)
    await running.stop()
  })

  test('takes over what a dead worker had in hand', async () => {
    const world = await openWorld('2021-10-22T07:00:00Z')
    world.add([{}])
    await scheduleUsual(world)
    const gone = await world.store.addWorker(world.witness.self('daemon'), 0)
    world.sql
      .prepare("update messages set state = 'sending', attempts = 1, worker_id = ?, due_at = due_at + 60000")
      .run(gone)
    const running = await start(world)
    world.dead.add(gone)
    await running.tick('keep house')
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
})

/** The same database through a store of its own, as another process has it. */
const openOther = async (world: World): Promise<World> => {
  const { openStore } = await import('../../src/store/open.ts')
  const store = await openStore(world.file, world.clock)
  return { ...world, store }
}
