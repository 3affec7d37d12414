// What a message went through: every attempt that did not end as sent at the first try, and none that was not made.
import { expect, test } from 'vitest'
import type { Reply } from '../../src/domain/outcome.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker } from '../../src/flow/worker.ts'
import { never, openWorld, scheduleUsual, type World } from '../support/world.ts'

const TEN_IN_MOSCOW = Date.parse('2021-10-22T07:00:00Z')
const pass = (world: World) => asWorker(world, 'run-due', (id) => runDue(world, id, never))

const due = async (...replies: readonly Reply[]): Promise<World> => {
  const world = await openWorld()
  world.add([{}])
  await scheduleUsual(world)
  world.clock.moveTo(TEN_IN_MOSCOW)
  let turn = 0
  world.sms.answer = () => {
    turn += 1
    return replies[turn - 1] ?? { kind: 'accepted', ref: null }
  }
  return world
}

const attempts = (world: World) =>
  world.sql.prepare('select message_id, attempt, at, state, reason from attempts order by id').raw().all()

test('sent at the first try: the row itself says all of it', async () => {
  const world = await due()
  await pass(world)
  expect(world.states()).toEqual({ sent: 1 })
  expect(attempts(world)).toEqual([])
})

test('put off, in doubt, sent: three attempts, each with its instant, its reason, and what became of the row', async () => {
  const world = await due({ kind: 'unavailable', reason: 'answered 503' }, { kind: 'unknown', reason: 'no answer' })
  await pass(world)
  world.clock.advance(3_600_000)
  await pass(world)
  world.clock.advance(3_600_000)
  await pass(world)
  expect(attempts(world)).toEqual([
    [1, 1, TEN_IN_MOSCOW, 'scheduled', 'answered 503'],
    [1, 2, TEN_IN_MOSCOW + 3_600_000, 'scheduled', 'no answer'],
    [1, 3, TEN_IN_MOSCOW + 7_200_000, 'sent', null],
  ])
})

test('refused at the first try is told; skipped at the claim is no attempt', async () => {
  const world = await due({ kind: 'refused', reason: 'no such number' })
  world.add([{}])
  await scheduleUsual(world, { name: 'second', uid: 'second', text: 'Later', ifPast: 'now' })
  world.sql.exec('update recipients set unsubscribed = 1 where id = 2')
  await pass(world)
  expect(attempts(world)[0]).toEqual([1, 1, TEN_IN_MOSCOW, 'failed', 'no such number'])
  expect(world.sql.prepare("select count(*) from messages where state = 'skipped'").pluck().get()).toBe(1)
  expect(attempts(world)).toHaveLength(1)
})

test('handed back untried: nothing was tried', async () => {
  const world = await due()
  const stopped = new AbortController()
  const store = {
    ...world.store,
    claimDue: async (request: Parameters<typeof world.store.claimDue>[0]) => {
      const claim = await world.store.claimDue(request)
      stopped.abort()
      return claim
    },
  }
  await asWorker(world, 'run-due', (id) =>
    runDue({ ...world, store }, id, { stop: stopped.signal, abort: never.abort }),
  )
  expect(world.sms.got).toHaveLength(0)
  expect(world.states()).toEqual({ scheduled: 1 })
  expect(attempts(world)).toEqual([])
})

test('of a mailing that was cancelled meanwhile: as the row ended', async () => {
  const world = await due({ kind: 'unavailable', reason: 'answered 503' })
  const { answer } = world.sms
  world.sms.answer = async (message, signal) => {
    await world.store.cancelMailing(1, { at: world.clock.now(), who: 'anna', why: null })
    return answer(message, signal)
  }
  await pass(world)
  expect(attempts(world)).toEqual([[1, 1, TEN_IN_MOSCOW, 'cancelled', 'answered 503']])
})
