import { describe, expect, test } from 'vitest'
import { scheduleMailing } from '../../src/flow/schedule-mailing.ts'
import { clearUp } from '../../src/flow/worker.ts'
import { beat, never, openWorld, type Person, requestOfUsual, scheduleUsual, type World } from '../support/world.ts'

const everybody: readonly Person[] = [
  { name: 'Amur', zone: 'Asia/Yakutsk' },
  { name: 'Voronezh', zone: 'Europe/Moscow' },
]

const rows = (
  world: World,
): readonly { zone: string; send_at: number; due_at: number | null; state: string; reason: string | null }[] =>
  world.sql.prepare('select zone, send_at, due_at, state, reason from messages order by id').all() as ReturnType<
    typeof rows
  >

const iso = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString())

describe('the worked example of design.md 4.1', () => {
  test('10:00 on the 22nd is 01:00Z on the Amur and 07:00Z in Voronezh', async () => {
    const world = await openWorld('2021-10-21T18:50:00Z')
    world.add(everybody)
    const { plan } = await scheduleUsual(world)
    expect(plan).toEqual({
      total: 2,
      zones: [
        { zone: 'Asia/Yakutsk', count: 1, sendAt: Date.parse('2021-10-22T01:00:00Z'), notes: [] },
        { zone: 'Europe/Moscow', count: 1, sendAt: Date.parse('2021-10-22T07:00:00Z'), notes: [] },
      ],
      skipped: [],
    })
    expect(rows(world).map((row) => iso(row.due_at))).toEqual(['2021-10-22T01:00:00.000Z', '2021-10-22T07:00:00.000Z'])
  })
})

describe('all or nothing', () => {
  test('run twice, it adds nothing', async () => {
    const world = await openWorld()
    world.add(everybody)
    const first = await scheduleUsual(world)
    const again = await scheduleUsual(world, { uid: 'another' })
    expect(again.id).toBe(first.id)
    expect(rows(world)).toHaveLength(2)
  })

  test('a name that is taken by another text is refused, a name of its own is another mailing', async () => {
    const world = await openWorld()
    world.add(everybody)
    await scheduleUsual(world, { name: 'autumn' })
    await expect(scheduleUsual(world, { uid: 'b', name: 'autumn', text: 'Other' })).rejects.toMatchObject({
      exit: 'state',
    })
    const other = await scheduleUsual(world, { uid: 'c', name: 'winter' })
    expect(other.id).not.toBe(1)
    expect((await scheduleUsual(world, { uid: 'd', text: 'Third' })).name).toBe('2021-10-22 10:00')
    expect((await scheduleUsual(world, { uid: 'e', text: 'Fourth' })).name).toBe('2021-10-22 10:00 (2)')
  })

  test('12,000 recipients are written in chunks, each once', async () => {
    const world = await openWorld()
    world.add(Array.from({ length: 12_000 }, (_, i) => ({ zone: i % 2 === 0 ? 'Asia/Omsk' : 'Europe/Samara' })))
    const { plan, state } = await scheduleUsual(world)
    expect(state).toBe('active')
    expect(plan.total).toBe(12_000)
    expect(world.states()).toEqual({ scheduled: 12_000 })
  })

  test('stopped half way, it takes back what it wrote', async () => {
    const world = await openWorld()
    world.add(Array.from({ length: 12_000 }, () => ({})))
    const stop = new AbortController()
    const request = requestOfUsual({ uid: 'x' })
    const scheduling = scheduleMailing(world, request, stop.signal, () => stop.abort())
    await expect(scheduling).rejects.toMatchObject({ exit: 'interrupted' })
    expect(rows(world)).toEqual([])
    expect(await world.store.listMailings({})).toEqual([])
  })

  test('left behind by a process that died, it is taken back by the next command and no part of it is ever due', async () => {
    const world = await openWorld()
    world.add(everybody)
    const planner = await world.store.addWorker(world.witness.self('schedule'), beat(world))
    const request = requestOfUsual()
    const draft = { ...request, name: 'half', expiresAt: 9e15, terms: { ...request, addressKind: 'phone' as const } }
    const plan = { total: 0, zones: [], skipped: [] }
    const { mailing } = await world.store.addMailing({ ...draft, plan }, planner, 0)
    const rule = { zone: 'Asia/Yakutsk', rowZone: 'Asia/Yakutsk', sendAt: 1, skip: null }
    await world.store.addMessages(mailing, [rule], 0, 10)
    expect(await world.store.nextDueAt('sms', world.clock.now())).toBeNull()
    await clearUp(world)
    expect(rows(world)).toHaveLength(1)
    world.dead.add(planner)
    await clearUp(world)
    expect(rows(world)).toEqual([])
    expect(world.events).toContainEqual({ event: 'schedule-rolled-back', mailing: 1, name: 'half' })
  })

  test('recipients that join while the rows are written are in it', async () => {
    const world = await openWorld()
    world.add(everybody)
    const request = requestOfUsual()
    let joined = false
    await scheduleMailing(world, request, never.stop, () => {
      if (!joined) world.add([{ name: 'Kamchatka', zone: 'Asia/Kamchatka' }])
      joined = true
    })
    expect(rows(world).map((row) => row.zone)).toContain('Asia/Kamchatka')
    expect((await world.store.listMailings({}))[0]?.plan.total).toBe(3)
  })
})

describe('who is skipped stays visible', () => {
  test('unsubscribed, without an address, without a zone', async () => {
    const world = await openWorld()
    world.add([...everybody, { unsubscribed: true }, { phone: null }, { zone: null }])
    const { plan } = await scheduleUsual(world, { ifNoZone: 'skip' })
    expect(plan.total).toBe(2)
    expect([...plan.skipped].sort((a, b) => a.reason.localeCompare(b.reason))).toEqual([
      { reason: 'no address', count: 1 },
      { reason: 'no zone', count: 1 },
      { reason: 'unsubscribed', count: 1 },
    ])
    expect(world.states()).toEqual({ scheduled: 2, skipped: 3 })
    expect(rows(world).map((row) => row.reason)).toEqual([null, null, 'unsubscribed', 'no address', 'no zone'])
  })

  test('without a zone and told to fail: the count and the first names, and nothing is written', async () => {
    const world = await openWorld()
    world.add([...everybody, { name: 'Nobody knows', zone: null }])
    await expect(scheduleUsual(world)).rejects.toThrow('1 recipient has no zone, so nothing is scheduled: Nobody knows')
    expect(rows(world)).toEqual([])
  })

  test('a zone may be given to those who have none', async () => {
    const world = await openWorld()
    world.add([{ zone: null }])
    await scheduleUsual(world, { ifNoZone: { zone: 'Asia/Omsk' } })
    expect(rows(world)).toMatchObject([{ zone: 'Asia/Omsk', state: 'scheduled' }])
  })

  test('nobody left to write to is said, not scheduled', async () => {
    const world = await openWorld()
    world.add([{ unsubscribed: true }])
    await expect(scheduleUsual(world)).rejects.toThrow('nobody to write to: 1 unsubscribed')
  })
})

describe('where the hour is already past', () => {
  // 12:00 in Moscow, 18:00 in Yakutsk, 20:00 in Magadan, 21:00 in Kamchatka
  const noon = async (): Promise<World> => {
    const world = await openWorld('2021-10-22T09:00:00Z')
    world.add([{ zone: 'Asia/Kamchatka' }, { zone: 'Asia/Yakutsk' }, { zone: 'America/New_York' }])
    return world
  }

  test('fail names the zones and counts', async () => {
    const world = await noon()
    await expect(scheduleUsual(world)).rejects.toThrow('Asia/Kamchatka (1), Asia/Yakutsk (1)')
    expect(rows(world)).toEqual([])
  })

  test('now sends at once while the closing hour is ahead there, else the next day', async () => {
    const world = await noon()
    await scheduleUsual(world, { ifPast: 'now' })
    expect(rows(world).map((row) => iso(row.due_at))).toEqual([
      '2021-10-22T22:00:00.000Z', // the 23rd, ten o'clock in Kamchatka
      '2021-10-22T09:00:00.000Z',
      '2021-10-22T14:00:00.000Z',
    ])
  })

  test('next-day', async () => {
    const world = await noon()
    const { plan } = await scheduleUsual(world, { ifPast: 'next-day' })
    expect(rows(world).map((row) => iso(row.due_at))).toEqual([
      '2021-10-22T22:00:00.000Z',
      '2021-10-23T01:00:00.000Z',
      '2021-10-22T14:00:00.000Z',
    ])
    expect(plan.zones.find((zone) => zone.zone === 'Asia/Yakutsk')?.notes).toEqual(['past: the next day'])
  })

  test('skip leaves a row with its reason', async () => {
    const world = await noon()
    await scheduleUsual(world, { ifPast: 'skip' })
    expect(rows(world).map((row) => [row.state, row.reason])).toEqual([
      ['skipped', 'past'],
      ['skipped', 'past'],
      ['scheduled', null],
    ])
  })
})
