// schedule --follow: who joins the address book later gets the message too, while the day lasts.
import { expect, test } from 'vitest'
import { EVERYBODY } from '../../src/domain/mailing.ts'
import { applyEdit, prepareEdit } from '../../src/flow/edit-mailing.ts'
import { follow } from '../../src/flow/follow.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker } from '../../src/flow/worker.ts'
import { never, openWorld, type Person, scheduleUsual, type World } from '../support/world.ts'

const MOSCOW: Person = { zone: 'Europe/Moscow' }

/** Adds people as an import does: the address book is another one from then on. */
const join = (world: World, people: readonly Person[]): void => {
  world.add(people)
  world.sql.exec('update installation set book_changed_at = coalesce(book_changed_at, 0) + 1')
}

const rows = (world: World): unknown[] =>
  world.sql
    .prepare(
      `select recipient_id, zone, strftime('%dT%H:%M', send_at / 1000, 'unixepoch'), state, reason from messages
       order by mailing_id, recipient_id`,
    )
    .raw()
    .all()

const expectTrueCounts = (world: World): void => {
  const stored = 'select mailing_id, state, count from mailing_counts where count <> 0 order by 1, 2'
  const counted = 'select mailing_id, state, count(*) from messages group by 1, 2 order by 1, 2'
  expect(world.sql.prepare(stored).raw().all()).toEqual(world.sql.prepare(counted).raw().all())
}

const stateOf = (world: World): unknown => world.sql.prepare('select state from mailings').pluck().get()

test('who joins gets a row, once; who was there keeps theirs', async () => {
  const world = await openWorld()
  world.add([MOSCOW])
  await scheduleUsual(world, { follow: true })
  expect(await follow(world, never.stop)).toBe(0)
  join(world, [{ zone: 'Asia/Omsk' }, { ...MOSCOW, unsubscribed: true }, { zone: null }])
  expect(await follow(world, never.stop)).toBe(1)
  expect(rows(world)).toEqual([
    [1, 'Europe/Moscow', '22T07:00', 'scheduled', null],
    [2, 'Asia/Omsk', '22T04:00', 'scheduled', null],
    [3, 'Europe/Moscow', '22T07:00', 'skipped', 'unsubscribed'],
    [4, '', '22T10:00', 'skipped', 'no zone'],
  ])
  expectTrueCounts(world)
  expect(await follow(world, never.stop)).toBe(0)
  expect(world.events).toEqual([{ event: 'joined', mailing: 1, count: 1 }])
  expect((await world.store.findMailing(1))?.plan).toMatchObject({
    total: 2,
    zones: [
      { zone: 'Asia/Omsk', count: 1 },
      { zone: 'Europe/Moscow', count: 1 },
    ],
  })
})

test('who joined without a zone gets the message as soon as there is one, and is counted once', async () => {
  const world = await openWorld()
  world.add([MOSCOW])
  await scheduleUsual(world, { follow: true })
  join(world, [{ zone: null }, { zone: null }])
  expect(await follow(world, never.stop)).toBe(0)
  world.sql.exec(`update recipients set zone = 'Asia/Omsk' where id = 3;
    update installation set book_changed_at = book_changed_at + 1`)
  expect(await follow(world, never.stop)).toBe(1)
  expect(rows(world)).toEqual([
    [1, 'Europe/Moscow', '22T07:00', 'scheduled', null],
    [2, '', '22T10:00', 'skipped', 'no zone'],
    [3, 'Asia/Omsk', '22T04:00', 'scheduled', null],
  ])
  expectTrueCounts(world)
  expect((await world.store.findMailing(1))?.plan).toMatchObject({
    total: 2,
    zones: [{ zone: 'Asia/Omsk' }, { zone: 'Europe/Moscow' }],
    skipped: [{ reason: 'no zone', count: 1 }],
  })
  expect(await follow(world, never.stop)).toBe(0)
})

test('whom an edit left out gets the message when they belong to it again', async () => {
  const world = await openWorld()
  world.add([MOSCOW, MOSCOW])
  world.sql.exec("insert into recipient_tags values (1, 'vip')")
  const before = await scheduleUsual(world, { follow: true })
  const by = { at: world.clock.now(), who: 'olga', why: null }
  const wish = { audience: { ...EVERYBODY, tags: ['vip'] } }
  const edit = await prepareEdit(world, before, wish, { ifPast: 'now', approvalOf: null })
  await applyEdit(world, edit, 'mailing edited', by)
  expect(world.states()).toEqual({ scheduled: 1, skipped: 1 })
  await world.store.tagOne(2, 'vip', true, by)
  expect(await follow(world, never.stop)).toBe(1)
  expect(world.states()).toEqual({ scheduled: 2 })
  expectTrueCounts(world)
  expect((await world.store.findMailing(1))?.plan).toMatchObject({ total: 2, skipped: [] })
})

test('only mailings that follow do, and only for who is in their audience', async () => {
  const world = await openWorld()
  world.add([MOSCOW])
  world.sql.exec("insert into recipient_tags values (1, 'vip')")
  await scheduleUsual(world)
  await scheduleUsual(world, { uid: 'b', name: 'vip', follow: true, audience: { ...EVERYBODY, tags: ['vip'] } })
  join(world, [MOSCOW, MOSCOW])
  world.sql.exec("insert into recipient_tags values (3, 'vip')")
  expect(await follow(world, never.stop)).toBe(1)
  expect(world.sql.prepare('select mailing_id, recipient_id from messages order by 1, 2').raw().all()).toEqual([
    [1, 1],
    [2, 1],
    [2, 3],
  ])
})

test('whose address somebody of the mailing has already gets nothing more there', async () => {
  const world = await openWorld()
  world.add([{ zone: 'Europe/Moscow', phone: '+79160000001' }])
  await scheduleUsual(world, { follow: true })
  world.sql.exec('update recipients set zone = null where id = 1') // would come second in a new mailing
  join(world, [{ zone: 'Europe/Moscow', phone: '+79160000001' }])
  await follow(world, never.stop)
  expect(rows(world)).toEqual([
    [1, 'Europe/Moscow', '22T07:00', 'scheduled', null],
    [2, 'Europe/Moscow', '22T07:00', 'skipped', 'another recipient has this address'],
  ])
})

test('where the hour is past: at once while it is open there, else no more; it stays open until its day is over everywhere', async () => {
  const world = await openWorld()
  world.add([MOSCOW])
  await scheduleUsual(world, { follow: true })
  const pass = () => asWorker(world, 'run-due', (id) => runDue(world, id, never))
  world.clock.moveTo('2021-10-22T12:00:00Z') // 15:00 in Moscow, 00:00 on the 23rd in Kamchatka
  expect((await pass()).sent).toBe(1)
  expect(stateOf(world)).toBe('active')
  join(world, [MOSCOW, { zone: 'Asia/Kamchatka' }, { zone: 'America/New_York' }])
  expect(await follow(world, never.stop)).toBe(2)
  expect(rows(world).slice(1)).toEqual([
    [2, 'Europe/Moscow', '22T12:00', 'scheduled', null],
    [3, 'Asia/Kamchatka', '21T22:00', 'skipped', 'past'],
    [4, 'America/New_York', '22T14:00', 'scheduled', null],
  ])
  expect((await pass()).sent).toBe(1)
  world.clock.moveTo('2021-10-22T14:00:00Z')
  expect((await pass()).sent).toBe(1)
  world.clock.moveTo('2021-10-23T08:59:59Z')
  await pass()
  expect(stateOf(world)).toBe('active')
  world.clock.moveTo('2021-10-23T09:00:00Z') // 21:00 of the 22nd at the end of the world
  await pass()
  expect(stateOf(world)).toBe('done')
  join(world, [MOSCOW])
  expect(await follow(world, never.stop)).toBe(0)
})

test('paused it adds nobody, and makes up for it when it goes on', async () => {
  const world = await openWorld()
  world.add([MOSCOW])
  const { id } = await scheduleUsual(world, { follow: true })
  const by = { at: 1, who: 'olga', why: null }
  await world.store.pauseMailing(id, by)
  join(world, [MOSCOW])
  expect(await follow(world, never.stop)).toBe(0)
  await world.store.resumeMailing(id, by)
  expect(await follow(world, never.stop)).toBe(1)
})

test('thousands join at once', async () => {
  const world = await openWorld()
  world.add([MOSCOW])
  await scheduleUsual(world, { follow: true })
  expect(await follow(world, never.stop)).toBe(0)
  world.sql.exec('update installation set book_changed_at = 5')
  world.add(Array.from({ length: 7_000 }, () => MOSCOW))
  expect(await follow(world, never.stop)).toBe(7_000)
  expectTrueCounts(world)
})

const planOf = async (world: World): Promise<unknown> => (await world.store.findMailing(1))?.plan

test('stopped in the middle it keeps what it has, and the next one goes on', async () => {
  const world = await openWorld()
  world.add([MOSCOW])
  await scheduleUsual(world, { follow: true })
  join(
    world,
    Array.from({ length: 7_000 }, () => MOSCOW),
  )
  const stop = new AbortController()
  const store = Object.create(world.store, {
    changeRows: {
      value: async (...args: Parameters<World['store']['changeRows']>) => {
        stop.abort()
        return world.store.changeRows(...args)
      },
    },
  }) as World['store']
  const first = await follow({ ...world, store }, stop.signal)
  expect(first).toBeGreaterThan(0)
  expect(first).toBeLessThan(7_000)
  expect(await planOf(world)).toMatchObject({ total: 1 + first })
  expect(await follow(world, never.stop)).toBe(7_000 - first)
  expect(await planOf(world)).toMatchObject({ total: 7_001 })
  expectTrueCounts(world)
})

test('two at once: each is added once, and the plan knows of all', async () => {
  const world = await openWorld()
  world.add([MOSCOW])
  await scheduleUsual(world, { follow: true })
  join(
    world,
    Array.from({ length: 3_000 }, () => MOSCOW),
  )
  const both = await Promise.all([follow(world, never.stop), follow(world, never.stop)])
  expect(both[0] + both[1]).toBe(3_000)
  expect(await planOf(world)).toMatchObject({ total: 3_001, zones: [{ zone: 'Europe/Moscow', count: 3_001 }] })
  expectTrueCounts(world)
})
