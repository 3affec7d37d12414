// Rows of a state that this version does not know are left as they are.
import { expect, test } from 'vitest'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker } from '../../src/flow/worker.ts'
import { never, openWorld, scheduleUsual } from '../support/world.ts'

test('a row of an unknown state is never claimed, and hides no other', async () => {
  const world = await openWorld()
  world.add([{}, {}, {}])
  await scheduleUsual(world)
  world.sql.prepare("update messages set state = 'levitating', due_at = 1 where id = 1").run()
  world.clock.moveTo('2021-10-22T07:00:00Z')
  expect(await world.store.nextDueAt('sms', world.clock.now())).toBe(Date.parse('2021-10-22T07:00:00Z'))
  expect(await asWorker(world, 'run-due', (id) => runDue(world, id, never))).toMatchObject({ sent: 2 })
  expect(world.sql.prepare('select state, due_at from messages where id = 1').get()).toEqual({
    state: 'levitating',
    due_at: 1,
  })
  expect(await world.store.nextDueAt('sms', world.clock.now())).toBeNull()
})
