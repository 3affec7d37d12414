// Somebody is removed while their message is in hand: it may still leave, once, and nothing of them stays in its row.
import { expect, test } from 'vitest'
import type { Reply } from '../../src/domain/outcome.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker, clearUp } from '../../src/flow/worker.ts'
import { claimOne, never, openWorld, scheduleUsual, type World } from '../support/world.ts'

const TEN_IN_MOSCOW = '2021-10-22T07:00:00Z'

const pass = (world: World) => asWorker(world, 'run-due', (id) => runDue(world, id, never))

const due = async (): Promise<World> => {
  const world = await openWorld()
  world.add([{ name: 'Anna' }])
  await scheduleUsual(world, { text: 'Dear {{ name }}' })
  world.clock.moveTo(TEN_IN_MOSCOW)
  return world
}

const remove = (world: World) => world.store.removeRecipient(1, { at: world.clock.now(), who: 'olga', why: null })
const row = (world: World) => world.sql.prepare('select state, reason, address, text from messages').get()

test.each<[Reply, state: string, reason: string | null]>([
  [{ kind: 'accepted', ref: null }, 'sent', null],
  [{ kind: 'refused', reason: 'no such phone' }, 'failed', 'no such phone'],
  [{ kind: 'unavailable', reason: 'busy' }, 'skipped', 'recipient removed'],
  [{ kind: 'unknown', reason: 'no answer' }, 'skipped', 'recipient removed; it may have been taken before'],
])('answered %j', async (reply, state, reason) => {
  const world = await due()
  world.sms.answer = async ({ address, text }) => {
    expect(await remove(world)).toMatchObject({ deleted: false, inHand: 1 })
    expect([address, text]).toEqual(['+79160000000', 'Dear Anna'])
    expect(row(world)).toMatchObject({ state: 'sending', address: null, text: null })
    return reply
  }
  await pass(world)
  world.clock.advance(3_600_000)
  await pass(world)
  expect(world.sms.got).toHaveLength(1)
  expect(row(world)).toEqual({ state, reason, address: null, text: null })
})

test('its worker dies: the next one does not send it', async () => {
  const world = await due()
  const workerId = await world.store.addWorker(world.witness.self('daemon'), { at: world.clock.now(), mono: 0 })
  expect((await claimOne(world, workerId)).taken).toHaveLength(1)
  expect(row(world)).toMatchObject({ state: 'sending', address: '+79160000000', text: 'Dear Anna' })
  await remove(world)
  world.dead.add(workerId)
  await clearUp(world)
  await pass(world)
  expect(world.sms.got).toEqual([])
  const reason = 'recipient removed; it may have been taken before'
  expect(row(world)).toEqual({ state: 'skipped', reason, address: null, text: null })
})
