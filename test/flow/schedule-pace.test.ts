// A mailing written no faster than the operator wants it: --pace.
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { scheduleMailing } from '../../src/flow/schedule-mailing.ts'
import { never, openWorld, requestOfUsual, type World } from '../support/world.ts'

const crowd = async (count: number): Promise<World> => {
  const world = await openWorld()
  world.add(Array.from({ length: count }, () => ({})))
  return world
}

const rowsOf = (world: World): number => Number(world.sql.prepare('select count(*) from messages').pluck().get())

/** No wait for the pace is longer here; the beat of the worker is. */
const LONGEST_WAIT_MS = 200

/** Lets time pass, wait by wait, until `work` ends; `look` before each step. */
const untilDone = async (world: World, work: Promise<unknown>, look: () => void): Promise<void> => {
  const done = new AbortController()
  const ended = work.finally(() => done.abort())
  ended.catch(() => undefined) // told by the await below
  while (!done.signal.aborted) {
    look()
    const wake = world.clock.nextWake()
    if (wake !== null && wake - world.clock.now() <= LONGEST_WAIT_MS) world.clock.moveTo(wake)
    await turn()
  }
  await ended
}

test.each([500, 40, 7.5])(
  '%d rows a second: never ahead by more than a chunk, and at the end 5 in a hundred off at most',
  async (rate) => {
    const world = await crowd(150)
    const began = world.clock.now()
    const request = requestOfUsual({ rowsPerSecond: rate })
    const chunk = Math.max(1, Math.floor(rate / 10))
    await untilDone(world, scheduleMailing(world, request, never.stop), () => {
      const seconds = (world.clock.now() - began) / 1_000
      expect(rowsOf(world)).toBeLessThanOrEqual(rate * seconds + chunk + 1)
    })
    const seconds = (world.clock.now() - began) / 1_000
    expect(seconds).toBeGreaterThan((150 / rate) * 0.95)
    expect(seconds).toBeLessThan((150 / rate) * 1.05)
    expect(world.states()).toEqual({ scheduled: 150 })
  },
)

test('rows that nobody writes are not waited for: who is not in the audience takes no time', async () => {
  const world = await crowd(300)
  world.sql.exec("insert into recipient_tags select id, 'vip' from recipients where id > 290")
  const began = world.clock.now()
  const audience = { ...requestOfUsual().audience, tags: ['vip'] }
  const work = scheduleMailing(world, requestOfUsual({ rowsPerSecond: 10, audience }), never.stop)
  await untilDone(world, work, () => undefined)
  expect((world.clock.now() - began) / 1_000).toBeCloseTo(1, 1)
})

test('stopped while it waits: at once, and everything is taken back', async () => {
  const world = await crowd(300)
  const stop = new AbortController()
  const began = world.clock.now()
  const work = scheduleMailing(world, requestOfUsual({ rowsPerSecond: 10 }), stop.signal)
  await expect(
    untilDone(world, work, () => {
      if (rowsOf(world) >= 20) stop.abort()
    }),
  ).rejects.toMatchObject({ exit: 'interrupted' })
  expect(world.clock.now() - began).toBeLessThan(5_000)
  expect(rowsOf(world)).toBe(0)
  expect(await world.store.listMailings({})).toEqual([])
})
