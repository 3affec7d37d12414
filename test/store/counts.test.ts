// The counts that are kept beside the rows: true after every way a row can go, and mended where somebody changed rows by hand.
import { expect, test } from 'vitest'
import { noMessages } from '../../src/domain/message.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker } from '../../src/flow/worker.ts'
import { openCounts } from '../../src/store/sqlite/counts.ts'
import { temporaryConnection } from '../support/database.ts'
import { insertMailing } from '../support/rows.ts'
import { beat, claimOne, never, openWorld, scheduleUsual, type World } from '../support/world.ts'

const PEOPLE = [{}, {}, { unsubscribed: true }, { phone: null }, {}, {}]
const by = (world: World) => ({ at: world.clock.now(), who: 'anna', why: null })
const pass = (world: World) => asWorker(world, 'run-due', (id) => runDue(world, id, never))

const scheduled = async () => {
  const world = await openWorld()
  world.add(PEOPLE)
  const mailing = await scheduleUsual(world)
  const states = async () => (await world.store.mailingCounts(mailing)).states
  return { world, mailing, states }
}

test('a mailing is counted when it is scheduled: what waits, and what never will', async () => {
  const { world, states } = await scheduled()
  expect(await states()).toEqual({ ...noMessages(), scheduled: 4, skipped: 2 })
  expect(await world.store.miscounted()).toEqual([])
})

test.each([
  [
    'a pass that sends, is refused, and skips',
    async (world: World) => {
      world.clock.moveTo('2021-10-22T07:00:00Z')
      world.sql.prepare('update recipients set unsubscribed = 1 where id = 1').run()
      let turn = 0
      world.sms.answer = () => {
        turn += 1
        return turn === 1 ? { kind: 'refused', reason: 'no' } : { kind: 'accepted', ref: null }
      }
      await pass(world)
    },
    { failed: 1, sent: 2, skipped: 3 },
  ],
  [
    'a pass that the gateway puts off',
    async (world: World) => {
      world.clock.moveTo('2021-10-22T07:00:00Z')
      world.sms.answer = () => ({ kind: 'unavailable', reason: 'answered 503' })
      await pass(world)
    },
    { scheduled: 4, skipped: 2 },
  ],
  [
    'rows in hand of a cancelled mailing',
    async (world: World) => {
      world.clock.moveTo('2021-10-22T07:00:00Z')
      const worker = await world.store.addWorker(world.witness.self('daemon'), beat(world))
      await claimOne(world, worker)
      await world.store.cancelMailing(1, by(world))
      await world.store.buryWorker(worker, world.clock.now())
      await world.store.closeFinished(world.clock.now())
    },
    { unknown: 1, cancelled: 3, skipped: 2 },
  ],
  [
    'the end of a mailing',
    async (world: World) => {
      world.clock.moveTo('2021-11-22T07:00:00Z')
      await world.store.closeFinished(world.clock.now())
    },
    { expired: 4, skipped: 2 },
  ],
  [
    'a restore, and what is decided after it',
    async (world: World) => {
      world.clock.moveTo('2021-10-22T07:00:00Z')
      await world.store.markRestored(world.clock.now() - 1, by(world))
      if ((await world.store.countByState(1))[0]?.states.unknown !== 4) throw new Error('not all in doubt')
      await world.store.decideDoubt(1, 'repeat', by(world))
    },
    { scheduled: 4, skipped: 2 },
  ],
] as const)('counts are true after %s', async (_, happens, expected) => {
  const { world, states } = await scheduled()
  await happens(world)
  expect(await states()).toEqual({ ...noMessages(), ...expected })
  expect(await world.store.miscounted()).toEqual([])
})

test('what a transaction gathered and did not write is gone with it', async () => {
  const connection = await temporaryConnection()
  const { db, write } = connection
  insertMailing(connection, { name: 'spring', messages: [{ zone: 'Asia/Omsk', state: 'scheduled', count: 3 }] })
  const kept = () => db.prepare('select state, count from mailing_counts where count <> 0 order by 1').raw().all()
  const failing = write(() => {
    const counts = openCounts(db)
    counts.move(1, 'scheduled', 'sending', 2)
    counts.write()
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(kept()).toEqual([['scheduled', 3]])
  await write(() => {
    const counts = openCounts(db)
    counts.move(1, 'scheduled', 'sending', 1)
    counts.move(1, 'sending', 'sent', 1)
    counts.write()
  })
  expect(kept()).toEqual([
    ['scheduled', 2],
    ['sent', 1],
  ])
})

test('rows changed by hand are found, and counted anew', async () => {
  const { world } = await scheduled()
  world.sql.prepare("update messages set state = 'sent', due_at = null where id in (1, 2)").run()
  expect(await world.store.miscounted()).toEqual([
    { mailingId: 1, state: 'scheduled', counted: 2, stored: 4 },
    { mailingId: 1, state: 'sent', counted: 2, stored: 0 },
  ])
  await world.store.recount(1)
  expect(await world.store.miscounted()).toEqual([])
})
