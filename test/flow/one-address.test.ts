// Several recipients with one address get one message; blocked addresses get none.
import { expect, test } from 'vitest'
import { openWorld, type Person, scheduleUsual, type World } from '../support/world.ts'

const SAME = '+79161112233'

const rows = (world: World): unknown =>
  world.sql.prepare('select recipient_id, state, reason from messages order by recipient_id').raw().all()

const SKIPPED = ['skipped', 'another recipient has this address'] as const

test.each<[string, readonly Person[], 'skip' | { zone: string }, unknown]>([
  [
    'the first of two',
    [{ phone: SAME }, { phone: SAME }, {}],
    'skip',
    [
      [1, 'scheduled', null],
      [2, ...SKIPPED],
      [3, 'scheduled', null],
    ],
  ],
  [
    'none, where one of them unsubscribed: it is their telephone too',
    [{ phone: SAME, unsubscribed: true }, { phone: SAME }, {}],
    'skip',
    [
      [1, 'skipped', 'unsubscribed'],
      [2, 'skipped', 'unsubscribed'],
      [3, 'scheduled', null],
    ],
  ],
  [
    'who has a zone',
    [
      { phone: SAME, zone: null },
      { phone: SAME, zone: 'Asia/Omsk' },
    ],
    'skip',
    [
      [1, ...SKIPPED],
      [2, 'scheduled', null],
    ],
  ],
  [
    'one of those without a zone where a zone is given to them',
    [
      { phone: SAME, zone: null },
      { phone: SAME, zone: null },
    ],
    { zone: 'Asia/Omsk' },
    [
      [1, 'scheduled', null],
      [2, ...SKIPPED],
    ],
  ],
  [
    'without an address they share nothing',
    [{ phone: null }, { phone: null }, {}],
    'skip',
    [
      [1, 'skipped', 'no address'],
      [2, 'skipped', 'no address'],
      [3, 'scheduled', null],
    ],
  ],
])('one address, one message: %s', async (_, people, ifNoZone, expected) => {
  const world = await openWorld()
  world.add(people)
  const { plan } = await scheduleUsual(world, { ifNoZone })
  expect(rows(world)).toEqual(expected)
  const skipped = plan.skipped.reduce((sum, { count }) => sum + count, 0)
  expect([plan.total, skipped]).toEqual([world.states().scheduled, world.states().skipped])
})

test('whoever of them is not in the audience does not count', async () => {
  const world = await openWorld()
  world.add([{ phone: SAME }, { phone: SAME }])
  world.sql.exec("insert into recipient_tags values (2, 'vip')")
  await scheduleUsual(world, {
    audience: {
      tags: ['vip'],
      notTags: [],
      operatorCodes: [],
      districts: [],
      zones: [],
      attributes: [],
      neverReached: false,
    },
  })
  expect(rows(world)).toEqual([[2, 'scheduled', null]])
})

test('two without a zone of whom one would get nothing anyway: only the other is missed', async () => {
  const world = await openWorld()
  world.add([
    { name: 'First', phone: SAME, zone: null },
    { name: 'Second', phone: SAME, zone: null },
    { name: 'Known', zone: 'Asia/Omsk' },
  ])
  await expect(scheduleUsual(world)).rejects.toThrow('1 recipient has no zone, so nothing is scheduled: First')
})

test('a blocked address is skipped, whoever has it, and says so', async () => {
  const world = await openWorld()
  world.add([{ phone: SAME }, { phone: SAME }, { unsubscribed: true }, {}])
  world.sql.prepare("insert into blocked (address, at, who) values (?, 1, 'olga')").run(SAME)
  const { plan } = await scheduleUsual(world)
  expect(rows(world)).toEqual([
    [1, 'skipped', 'blocked'],
    [2, 'skipped', 'blocked'],
    [3, 'skipped', 'unsubscribed'],
    [4, 'scheduled', null],
  ])
  expect(plan.total).toBe(1)
})

test('two mailings planned in turn do not take the sharers of each other', async () => {
  const world = await openWorld()
  world.add([{ phone: SAME }, { phone: SAME }])
  world.sql.exec("insert into recipient_tags values (2, 'vip')")
  await scheduleUsual(world, { name: 'all' })
  await scheduleUsual(world, {
    uid: 'vip',
    name: 'vip',
    audience: {
      tags: ['vip'],
      notTags: [],
      operatorCodes: [],
      districts: [],
      zones: [],
      attributes: [],
      neverReached: false,
    },
  })
  expect(
    world.sql.prepare("select mailing_id, recipient_id from messages where state = 'scheduled'").raw().all(),
  ).toEqual([
    [1, 1],
    [2, 2],
  ])
})
