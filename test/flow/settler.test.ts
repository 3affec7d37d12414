// Outcomes of messages that left, while the database does not take them.
import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { handBack } from '../../src/domain/outcome.ts'
import { openDiskRoom, requireRoom } from '../../src/flow/disk-room.ts'
import { keepingOutcomes } from '../../src/flow/keep-outcomes.ts'
import { drainByName, runDue } from '../../src/flow/run-due.ts'
import { openSettler } from '../../src/flow/settler.ts'
import { openTally } from '../../src/flow/tally.ts'
import { asWorker, clearUp } from '../../src/flow/worker.ts'
import type { Store } from '../../src/store/store.ts'
import { beat, claimOne, never, openWorld, scheduleUsual, type World } from '../support/world.ts'

const TEN_IN_MOSCOW = '2021-10-22T07:00:00Z'

const due = async (people: number): Promise<World> => {
  const world = await openWorld()
  world.add(Array.from({ length: people }, () => ({})))
  await scheduleUsual(world)
  world.clock.moveTo(TEN_IN_MOSCOW)
  return world
}

const pass = (world: World) => asWorker(world, 'run-due', (id) => runDue(world, id, never))

const turns = async (until: () => boolean): Promise<void> => {
  while (!until()) await new Promise((resolve) => setImmediate(resolve))
}

const lock = (world: World): void => void world.sql.exec('begin immediate')
const unlock = (world: World): void => void world.sql.exec('commit')

/** Who looks while another connection holds the lock. */
const rowsOf = (world: World): { state: string; count: number }[] => {
  const db = new Database(world.file, { readonly: true })
  const rows = db.prepare('select state, count(*) as count from messages group by state order by state').all()
  db.close()
  return rows as { state: string; count: number }[]
}

const journals = (world: World): string[] =>
  readdirSync(dirname(world.file)).filter((name) => name.includes('-outcomes-'))

const sqliteError = (code: string): Error => new Database.SqliteError(`${code} as told by a test`, code)

describe('a database that another process has locked', () => {
  test('nothing more is claimed; afterwards all is written, and the sending goes on by itself', async () => {
    const world = await due(100)
    world.sms.answer = () => {
      if (world.sms.got.length === 5) lock(world)
      return { kind: 'accepted', ref: null }
    }
    const passing = pass(world)
    await turns(() => world.sms.got.length >= 72) // the first hand: 8 in flight, 64 beside them
    for (let i = 0; i < 100; i += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(rowsOf(world)).toEqual([
      { state: 'scheduled', count: 28 },
      { state: 'sending', count: 72 },
    ])
    expect(world.sms.got).toHaveLength(72)
    unlock(world)
    expect(await passing).toMatchObject({ sent: 100, retried: 0 })
    expect(world.states()).toEqual({ sent: 100 })
    expect(new Set(world.sms.got.map(({ key }) => key)).size).toBe(100)
    expect(journals(world)).toEqual([])
  })

  test('a write that waits for a second hinders what is in the hand, until it is through', async () => {
    const world = await due(1)
    const worker = await world.store.addWorker(world.witness.self('daemon'), beat(world))
    const settler = openSettler(world, worker)
    lock(world)
    const write = settler.carry((settlements) => world.store.settle(worker, settlements))
    expect(settler.hindrance()).toBeUndefined()
    await turns(() => settler.hindrance() !== undefined)
    const hindrance = settler.hindrance()
    unlock(world)
    await Promise.all([write, hindrance])
    expect(settler.hindrance()).toBeUndefined()
    expect(settler.hasFailed()).toBe(false)
  })

  test('told to end before it is free: outcomes are on disk beside it, and the next process writes them down', async () => {
    const world = await due(8)
    const abort = new AbortController()
    const signals = { stop: never.stop, abort: abort.signal }
    let worker = 0
    world.sms.answer = () => {
      if (world.sms.got.length === 1) lock(world)
      return { kind: 'accepted', ref: 'taken' }
    }
    const sending = asWorker(world, 'daemon', (workerId) => {
      worker = workerId
      return keepingOutcomes(world, { workerId, kind: 'daemon', abort: abort.signal }, () =>
        drainByName(world, 'sms', workerId, openTally(), signals),
      )
    })
    await turns(() => world.sms.got.length === 8)
    for (let minutes = 0; minutes < 60; minutes += 1) {
      world.clock.advance(60_000)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(journals(world)).toHaveLength(1)
    expect(world.events).not.toContainEqual(expect.objectContaining({ event: 'outcomes-kept' }))
    abort.abort()
    world.clock.advance(1_000)
    await expect(sending).rejects.toMatchObject({
      exit: 'busy',
      message: expect.stringContaining(`by process ${process.pid} (`),
    })
    expect(world.events).toContainEqual(expect.objectContaining({ event: 'outcomes-kept', worker, count: 8 }))
    unlock(world)
    expect(world.states()).toEqual({ sending: 8 })
    world.dead.add(worker)
    await clearUp(world)
    expect(world.states()).toEqual({ sent: 8 })
    expect(world.events).toContainEqual({ event: 'outcomes-replayed', worker, count: 8 })
    expect(world.events).not.toContainEqual(expect.objectContaining({ event: 'rows-rescued' }))
    expect(journals(world)).toEqual([])
    await pass(world)
    expect(world.sms.got).toHaveLength(8)
  })
})

describe('a disk that fails', () => {
  test('nothing is tried again: outcomes are on disk beside the database at once, and the pass ends with the error', async () => {
    const world = await due(20)
    const calls: string[] = []
    const failing = async (): Promise<never> => {
      calls.push('failed')
      throw sqliteError('SQLITE_IOERR_FSYNC')
    }
    const store: Store = {
      ...world.store,
      settle: failing,
      claimDue: (request) => (request.settlements.length > 0 ? failing() : world.store.claimDue(request)),
    }
    const broken = { ...world, store }
    let worker = 0
    const sending = asWorker(broken, 'run-due', (id) => {
      worker = id
      return runDue(broken, id, never)
    })
    await expect(sending).rejects.toThrow('SQLITE_IOERR_FSYNC')
    expect(calls.length).toBeLessThanOrEqual(2)
    expect(world.states()).toEqual({ sending: 20 })
    const kept = world.events.filter(({ event }) => event === 'outcomes-kept')
    expect(kept).toEqual([expect.objectContaining({ count: 20 })])
    world.dead.add(worker)
    expect(await pass(world)).toMatchObject({ claimed: 0 })
    expect(world.states()).toEqual({ sent: 20 })
  })

  test('the disk of the journal fails too: it is said, and the error is still the first one', async () => {
    const world = await due(3)
    const store: Store = {
      ...world.store,
      settle: async () => Promise.reject(sqliteError('SQLITE_IOERR_WRITE')),
      keepOutcomes: async () => Promise.reject(new Error('EIO: i/o error, write')),
    }
    const settler = openSettler({ ...world, store }, 1)
    const { taken } = await claimOne(world, 1)
    for (const message of taken) settler.add(handBack(message, world.clock.now()))
    await expect(settler.flush()).rejects.toThrow('SQLITE_IOERR_WRITE')
    const [event] = world.events
    expect(event).toMatchObject({ event: 'outcomes-kept', count: 0, reason: expect.stringContaining('EIO') })
  })
})

describe('room on the disk', () => {
  const MIB = 1024 * 1024
  const withRoom = (world: World, bytes: () => number): World => ({
    ...world,
    store: { ...world.store, freeBytes: async () => bytes() },
  })

  test('less than 4 MiB: nothing is claimed, it is a trouble, and it goes on by itself', async () => {
    const world = await due(3)
    let free = 3.5 * MIB
    const full = withRoom(world, () => free)
    const { claimed, troubles } = await pass(full)
    expect(claimed).toBe(0)
    expect([...troubles.values()]).toEqual(['the disk is nearly full: 3.5 MiB free'])
    expect(world.sms.got).toEqual([])
    free = 5 * MIB
    expect(await pass(full)).toMatchObject({ sent: 3, troubles: new Map() })
  })

  test('it is looked at once a second; a journal that found no room gets it when there is', async () => {
    const world = await openWorld()
    let looks = 0
    let free = 0
    const room = openDiskRoom(
      withRoom(world, () => {
        looks += 1
        return free
      }),
      1,
    )
    expect(await room()).toBe('the disk is nearly full: 0.0 MiB free')
    free = 5 * MIB
    expect(await room()).not.toBeNull()
    expect(looks).toBe(1)
    world.clock.advance(1_000)
    expect(await room()).toBeNull()
    expect(looks).toBe(2)
    expect(journals(world)).toHaveLength(1)
    await world.store.closeJournal(1)
  })

  test('rows are refused before: 16 MiB, and what they need', async () => {
    const world = await openWorld()
    const { store } = withRoom(world, () => 20 * MIB)
    await requireRoom({ store }, 10_000, 200)
    await expect(requireRoom({ store }, 1_000_000, 200)).rejects.toMatchObject({
      exit: 'failed',
      message: 'the disk is nearly full: 20.0 MiB free, about 206.7 MiB are needed; nothing was changed',
    })
  })
})
