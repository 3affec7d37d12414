// Zones, districts and rules of zones change after a mailing was scheduled: what waits is moved, what was taken is not.
import { expect, test } from 'vitest'
import type { Mailing } from '../../src/domain/mailing.ts'
import { applyEdit } from '../../src/flow/edit-mailing.ts'
import { prepareReplan } from '../../src/flow/replan-mailing.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker } from '../../src/flow/worker.ts'
import { never, openWorld, scheduleUsual, type World } from '../support/world.ts'

const by = { at: 1, who: 'olga', why: null }

const replan = async (world: World, { id }: Mailing) => {
  const mailing = await world.store.findMailing(id)
  if (mailing === null) throw new Error('gone')
  const prepared = await prepareReplan(world, mailing)
  const { difference } = await applyEdit(world, prepared, 'mailing replanned', by)
  expect(difference).toEqual(prepared.difference)
  return { ...difference, notes: prepared.notes }
}

const rows = (world: World): unknown[] =>
  world.sql
    .prepare(
      "select zone, strftime('%dT%H:%M', send_at / 1000, 'unixepoch'), state, reason from messages order by recipient_id",
    )
    .raw()
    .all()

/** Two people of one district, and one by a zone of their own. */
const openDistrict = async (zone: string | null = 'Asia/Yakutsk') => {
  const world = await openWorld()
  world.add([{ zone: null }, { zone: null }, { zone: 'Europe/Moscow' }])
  world.sql.prepare("insert into districts (id, name, zone) values (1, 'Zabaykalsky', ?)").run(zone)
  world.sql.exec('update recipients set district_id = 1 where zone is null')
  return world
}

test('a district has another zone: who waits there moves, who was sent to does not', async () => {
  const world = await openDistrict()
  const mailing = await scheduleUsual(world)
  world.sql.exec("update messages set state = 'sent', attempts = 1, due_at = null where recipient_id = 2")
  world.sql.exec("update districts set zone = 'Asia/Irkutsk'")
  const { moved, changes } = await replan(world, mailing)
  expect(moved).toBe(1)
  expect(changes).toMatchObject([
    {
      fromZone: 'Asia/Yakutsk',
      zone: 'Asia/Irkutsk',
      from: Date.parse('2021-10-22T01:00:00Z'),
      sendAt: Date.parse('2021-10-22T02:00:00Z'),
      count: 1,
    },
  ])
  expect(rows(world)).toEqual([
    ['Asia/Irkutsk', '22T02:00', 'scheduled', null],
    ['Asia/Yakutsk', '22T01:00', 'sent', null],
    ['Europe/Moscow', '22T07:00', 'scheduled', null],
  ])
  expect((await replan(world, mailing)).changes).toEqual([])
})

test('the rules of a zone have changed: what waits for an hour that is not theirs any more is moved', async () => {
  const world = await openDistrict()
  const mailing = await scheduleUsual(world)
  // planned while Moscow was one hour further east
  world.sql.exec('update messages set send_at = send_at - 3600000, due_at = due_at - 3600000 where recipient_id = 3')
  expect((await replan(world, mailing)).moved).toBe(1)
  expect(rows(world)[2]).toEqual(['Europe/Moscow', '22T07:00', 'scheduled', null])
})

test('what was planned for the next day because the hour was past stays there', async () => {
  const world = await openWorld('2021-10-22T09:00:00Z')
  world.add([{ zone: 'Asia/Yakutsk' }, { zone: 'Europe/Moscow' }])
  const mailing = await scheduleUsual(world, { ifPast: 'next-day' })
  expect((await replan(world, mailing)).changes).toEqual([])
  expect(rows(world).map((row) => (row as unknown[])[1])).toEqual(['23T01:00', '23T07:00'])
})

test('where the hour is past by the new zone, it leaves at once while it is open there', async () => {
  const world = await openDistrict('Europe/Moscow')
  const mailing = await scheduleUsual(world)
  world.clock.moveTo('2021-10-22T05:00:00Z')
  world.sql.exec("update districts set zone = 'Asia/Yakutsk'")
  expect((await replan(world, mailing)).moved).toBe(2)
  const pass = await asWorker(world, 'run-due', (id) => runDue(world, id, never))
  expect(pass.sent).toBe(2)
})

test('who has no zone any more keeps theirs where the mailing wants one of everybody, and that is said; else they are skipped', async () => {
  const world = await openDistrict()
  const mailing = await scheduleUsual(world)
  const other = await scheduleUsual(world, { uid: 'b', text: 'Other', ifNoZone: 'skip' })
  world.sql.exec('update districts set zone = null')
  expect(await replan(world, mailing)).toMatchObject({
    changes: [],
    notes: ['2 messages keep their zone: their recipients have none any more'],
  })
  expect(await replan(world, other)).toMatchObject({ left: 2, notes: [] })
  expect(rows(world).filter((row) => (row as unknown[])[3] === 'no zone')).toHaveLength(2)
  world.sql.exec("update districts set zone = 'Asia/Chita'")
  expect(await replan(world, other)).toMatchObject({ joined: 2, moved: 0 })
})

test('a mailing that is done is not replanned', async () => {
  const world = await openDistrict()
  const mailing = await scheduleUsual(world)
  await expect(prepareReplan(world, { ...mailing, state: 'done' })).rejects.toMatchObject({ exit: 'state' })
})
