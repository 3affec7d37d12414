// A mailing edited before, after and while it is sent: what waits follows, what was taken stays, never a half of an edit.
import { describe, expect, test } from 'vitest'
import { EVERYBODY, type IfPast, type Mailing } from '../../src/domain/mailing.ts'
import type { MailingWish } from '../../src/domain/mailing-edit.ts'
import { applyEdit, changesAnything, prepareEdit } from '../../src/flow/edit-mailing.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker, clearUp } from '../../src/flow/worker.ts'
import { beat, never, openWorld, scheduleUsual, type World } from '../support/world.ts'

const by = { at: 1, who: 'olga', why: 'a better hour' }

const terms = (ifPast: IfPast) => ({ ifPast, approvalOf: null })

const again = async (world: World, id: number): Promise<Mailing> => {
  const mailing = await world.store.findMailing(id)
  if (mailing === null) throw new Error('gone')
  return mailing
}

const edit = async (world: World, mailing: Mailing, wish: MailingWish, ifPast: IfPast = 'now') => {
  const prepared = await prepareEdit(world, mailing, wish, { ifPast, approvalOf: null })
  const applied = await applyEdit(world, prepared, 'mailing edited', by)
  expect(applied.difference, 'what was shown is what is done').toEqual(prepared.difference)
  expectTrueCounts(world)
  return { ...applied, prepared }
}

/** mailing_counts says what the rows say. */
const expectTrueCounts = (world: World): void => {
  const stored = 'select mailing_id, state, count from mailing_counts where count <> 0 order by 1, 2'
  const counted = 'select mailing_id, state, count(*) from messages group by 1, 2 order by 1, 2'
  expect(world.sql.prepare(stored).raw().all()).toEqual(world.sql.prepare(counted).raw().all())
}

const rows = (world: World): unknown[] =>
  world.sql
    .prepare(
      "select recipient_id, zone, strftime('%dT%H:%M', send_at / 1000, 'unixepoch'), state, reason from messages order by 1",
    )
    .raw()
    .all()

const dues = (world: World): unknown[] =>
  world.sql
    .prepare("select strftime('%dT%H:%M', due_at / 1000, 'unixepoch') from messages order by recipient_id")
    .pluck()
    .all()

const pass = (world: World) => asWorker(world, 'run-due', (workerId) => runDue(world, workerId, never))

const openUsual = async (): Promise<{ world: World; mailing: Mailing }> => {
  const world = await openWorld()
  world.add([{ zone: 'Asia/Yakutsk' }, { zone: 'Europe/Moscow' }])
  return { world, mailing: await scheduleUsual(world) }
}

describe('another time', () => {
  test('moves what waits, and says from when to when', async () => {
    const { world, mailing } = await openUsual()
    const { mailing: edited, difference } = await edit(world, mailing, { at: '12:00', on: '2021-10-23' })
    expect(rows(world)).toEqual([
      [1, 'Asia/Yakutsk', '23T03:00', 'scheduled', null],
      [2, 'Europe/Moscow', '23T09:00', 'scheduled', null],
    ])
    expect(dues(world)).toEqual(['23T03:00', '23T09:00'])
    expect(edited).toMatchObject({
      state: 'active',
      at: '12:00',
      on: '2021-10-23',
      until: '21:00',
      name: '2021-10-23 12:00',
      expiresAt: Date.parse('2021-10-26T09:00:00Z'),
      plan: {
        total: 2,
        zones: [
          { zone: 'Asia/Yakutsk', count: 1 },
          { zone: 'Europe/Moscow', count: 1 },
        ],
      },
    })
    expect(difference).toMatchObject({ moved: 2, joined: 0, left: 0 })
    expect(difference.changes.map(({ from, sendAt }) => [from, sendAt])).toEqual([
      [Date.parse('2021-10-22T01:00:00Z'), Date.parse('2021-10-23T03:00:00Z')],
      [Date.parse('2021-10-22T07:00:00Z'), Date.parse('2021-10-23T09:00:00Z')],
    ])
    expect(world.sql.prepare('select who, what, why, detail from audit').all()).toEqual([
      {
        who: 'olga',
        what: 'mailing edited',
        why: 'a better hour',
        detail: JSON.stringify({
          name: ['2021-10-22 10:00', '2021-10-23 12:00'],
          at: ['10:00', '12:00'],
          on: ['2021-10-22', '2021-10-23'],
          expiresAt: [Date.parse('2021-10-25T07:00:00Z'), Date.parse('2021-10-26T09:00:00Z')],
        }),
      },
    ])
  })

  test('what was sent stays as it was; what waits goes at the new hour and no earlier', async () => {
    const { world, mailing } = await openUsual()
    world.clock.moveTo('2021-10-22T01:00:00Z')
    await pass(world)
    const { prepared } = await edit(world, await again(world, mailing.id), { at: '15:00' })
    expect(prepared.taken).toBe(1)
    expect(rows(world)).toEqual([
      [1, 'Asia/Yakutsk', '22T01:00', 'sent', null],
      [2, 'Europe/Moscow', '22T12:00', 'scheduled', null],
    ])
    world.clock.moveTo('2021-10-22T11:59:59Z')
    expect((await pass(world)).sent).toBe(0)
    world.clock.moveTo('2021-10-22T12:00:00Z')
    expect((await pass(world)).sent).toBe(1)
  })

  test('a start in the past with an end ahead starts at once, where it is open; elsewhere the next day', async () => {
    const world = await openWorld('2021-10-22T05:00:00Z') // 08:00 in Moscow, 14:00 in Yakutsk
    world.add([{ zone: 'Asia/Yakutsk' }, { zone: 'Europe/Moscow' }, { zone: 'America/New_York' }])
    const mailing = await scheduleUsual(world, { on: '2021-10-23' })
    await edit(world, mailing, { on: '2021-10-22', at: '07:00' })
    expect(rows(world).map((row) => (row as unknown[])[2])).toEqual(['22T05:00', '22T05:00', '22T11:00'])
    expect((await pass(world)).sent).toBe(2)
  })

  test('and is refused, or skipped, where one says so', async () => {
    const world = await openWorld('2021-10-22T05:00:00Z')
    world.add([{ zone: 'Asia/Yakutsk' }, { zone: 'Europe/Moscow' }])
    const mailing = await scheduleUsual(world, { on: '2021-10-23' })
    await expect(prepareEdit(world, mailing, { on: '2021-10-22' }, terms('fail'))).rejects.toThrow(
      '10:00 on 2021-10-22 is already past in Asia/Yakutsk (1); nothing is changed',
    )
    await edit(world, mailing, { on: '2021-10-22' }, 'skip')
    expect(rows(world)).toEqual([
      [1, 'Asia/Yakutsk', '22T01:00', 'skipped', 'past'],
      [2, 'Europe/Moscow', '22T07:00', 'scheduled', null],
    ])
    // and an edit of something else does not wake them
    await edit(world, await again(world, mailing.id), { until: '20:00' })
    expect(world.states()).toEqual({ skipped: 1, scheduled: 1 })
  })

  test('a longer day takes in what was late for the shorter one; a late row keeps its promise', async () => {
    const { world, mailing } = await openUsual()
    world.clock.moveTo('2021-10-22T19:00:00Z') // 22:00 in Moscow, both are late
    await pass(world)
    expect(dues(world)).toEqual(['23T01:00', '23T07:00'])
    await edit(world, await again(world, mailing.id), { until: '23:00' })
    expect(rows(world).map((row) => (row as unknown[])[2])).toEqual(['22T01:00', '22T07:00'])
    expect((await pass(world)).sent).toBe(1)
    expect(world.states()).toEqual({ scheduled: 1, sent: 1 })
    expect(dues(world)[0]).toBe('23T01:00')
  })

  test('paused it stays paused', async () => {
    const { world, mailing } = await openUsual()
    await world.store.pauseMailing(mailing.id, by)
    const { mailing: edited } = await edit(world, await again(world, mailing.id), { at: '11:00' })
    expect(edited).toMatchObject({ state: 'paused', reason: 'a better hour' })
  })
})

describe('another audience', () => {
  const openTagged = async () => {
    const world = await openWorld()
    world.add([{}, {}, {}, { unsubscribed: true }])
    world.sql.exec("insert into recipient_tags values (1, 'vip'), (2, 'vip'), (4, 'vip'), (2, 'north'), (3, 'north')")
    const mailing = await scheduleUsual(world, { audience: { ...EVERYBODY, tags: ['vip'] } })
    return { world, mailing }
  }

  test('who belongs to it joins, who does not leaves, and comes back with the next edit', async () => {
    const { world, mailing } = await openTagged()
    const { difference } = await edit(world, mailing, { audience: { ...EVERYBODY, tags: ['north'] } })
    expect(difference).toMatchObject({ joined: 1, left: 1, moved: 0 })
    expect(rows(world)).toEqual([
      [1, 'Europe/Moscow', '22T07:00', 'skipped', 'not in the audience any more'],
      [2, 'Europe/Moscow', '22T07:00', 'scheduled', null],
      [3, 'Europe/Moscow', '22T07:00', 'scheduled', null],
      [4, 'Europe/Moscow', '22T07:00', 'skipped', 'not in the audience any more'],
    ])
    // an edit of the time alone brings nobody back
    await edit(world, await again(world, mailing.id), { at: '11:00' })
    expect(world.states()).toEqual({ scheduled: 2, skipped: 2 })
    const back = await edit(world, await again(world, mailing.id), { audience: EVERYBODY })
    expect(back.difference).toMatchObject({ joined: 1, left: 0 })
    expect(rows(world)).toEqual([
      [1, 'Europe/Moscow', '22T08:00', 'scheduled', null],
      [2, 'Europe/Moscow', '22T08:00', 'scheduled', null],
      [3, 'Europe/Moscow', '22T08:00', 'scheduled', null],
      [4, 'Europe/Moscow', '22T08:00', 'skipped', 'unsubscribed'],
    ])
    expect(back.mailing.plan).toMatchObject({ total: 3, skipped: [{ reason: 'unsubscribed', count: 1 }] })
  })

  test('who was sent to already does not leave, and nobody with the same address joins', async () => {
    const { world, mailing } = await openTagged()
    world.clock.moveTo('2021-10-22T07:00:00Z')
    await pass(world)
    expect(world.states()).toEqual({ sent: 2, skipped: 1 })
    world.sql.exec("update mailings set state = 'active'; update recipients set phone = '+79160000000' where id = 3")
    await edit(world, await again(world, mailing.id), { audience: { ...EVERYBODY, tags: ['north'] } })
    expect(rows(world).map((row) => (row as unknown[]).slice(3))).toEqual([
      ['sent', null],
      ['sent', null],
      ['skipped', 'another recipient has this address'],
      ['skipped', 'not in the audience any more'],
    ])
  })

  test('somebody without a zone who would join: nothing is changed, and who it is', async () => {
    const { world, mailing } = await openTagged()
    world.add([{ name: 'Nobody knows', zone: null }])
    await expect(prepareEdit(world, mailing, { audience: EVERYBODY }, terms('now'))).rejects.toThrow(
      '1 recipient that would join has no zone, so nothing is changed: Nobody knows',
    )
  })
})

describe('words', () => {
  test('another text keeps the old one under its number', async () => {
    const { world, mailing } = await openUsual()
    const { mailing: edited } = await edit(world, mailing, { text: 'Good evening' })
    expect(edited).toMatchObject({ text: 'Good evening', textNo: 2, state: 'active', name: mailing.name })
    expect(world.sql.prepare('select mailing_id, no, text from mailing_texts').raw().all()).toEqual([
      [mailing.id, 1, 'Good morning'],
    ])
    world.clock.moveTo('2021-10-22T07:00:00Z')
    await pass(world)
    expect(world.sms.got.map(({ text }) => text)).toEqual(['Good evening', 'Good evening'])
  })

  test('what was tried with the old text is tried again with it', async () => {
    const { world, mailing } = await openUsual()
    world.clock.moveTo('2021-10-22T01:00:00Z')
    world.sms.answer = () => ({ kind: 'unknown', reason: 'no answer' })
    await pass(world)
    await edit(world, await again(world, mailing.id), { text: 'Good evening' })
    world.sms.got.length = 0
    world.sms.answer = () => ({ kind: 'accepted', ref: null })
    world.clock.moveTo('2021-10-22T07:30:00Z')
    await pass(world)
    expect(Object.fromEntries(world.sms.got.map(({ text, address }) => [address, text]))).toEqual({
      '+79160000000': 'Good morning',
      '+79160000001': 'Good evening',
    })
  })

  test('the name that follows the hour is taken: it stays, and that is said', async () => {
    const { world, mailing } = await openUsual()
    await scheduleUsual(world, { uid: 'b', at: '11:00' })
    const { mailing: edited, prepared } = await edit(world, mailing, { at: '11:00' })
    expect(edited.name).toBe('2021-10-22 10:00')
    expect(prepared.notes).toEqual(['it stays "2021-10-22 10:00": another mailing is named "2021-10-22 11:00"'])
    await expect(prepareEdit(world, edited, { name: '2021-10-22 11:00' }, terms('now'))).rejects.toMatchObject({
      exit: 'state',
    })
  })

  test('nothing new is nothing to do', async () => {
    const { world, mailing } = await openUsual()
    const same = await prepareEdit(
      world,
      mailing,
      { at: '10:00', text: 'Good morning', audience: EVERYBODY },
      terms('now'),
    )
    expect(changesAnything(same)).toBe(false)
  })
})

test.each([
  ['cancelled', 'clone'],
  ['done', 'retry'],
  ['planning', 'Wait'],
])('a mailing that is %s cannot be edited', async (state, hint) => {
  const { world, mailing } = await openUsual()
  world.sql.prepare('update mailings set state = ?').run(state)
  await expect(prepareEdit(world, await again(world, mailing.id), { at: '11:00' }, terms('now'))).rejects.toMatchObject(
    {
      exit: 'state',
      hint: expect.stringContaining(hint),
    },
  )
})

describe('never a half', () => {
  const openMany = async (count = 12_000) => {
    const world = await openWorld()
    world.add(Array.from({ length: count }, () => ({})))
    return { world, mailing: await scheduleUsual(world) }
  }

  test('two at once: the second is refused, and one of them holds for every row', async () => {
    const { world, mailing } = await openMany(6_000)
    const [first, second] = await Promise.all([
      prepareEdit(world, mailing, { at: '11:00' }, terms('now')),
      prepareEdit(world, mailing, { at: '12:00' }, terms('now')),
    ])
    const both = await Promise.allSettled([
      applyEdit(world, first, 'mailing edited', by),
      applyEdit(world, second, 'mailing edited', by),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { at } = await again(world, mailing.id)
    expect(
      world.sql
        .prepare("select distinct strftime('%H:%M', send_at / 1000 + 10800, 'unixepoch') from messages")
        .pluck()
        .all(),
    ).toEqual([at])
  })

  test('the process dies in the middle: nothing of it leaves, and the next command edits the rest', async () => {
    const { world, mailing } = await openMany()
    world.clock.moveTo('2021-10-22T07:00:00Z')
    const prepared = await prepareEdit(world, mailing, { at: '11:00', text: 'Later' }, terms('now'))
    if (prepared.edit === null) throw new Error('no rows')
    const plannerId = await world.store.addWorker(world.witness.self('schedule'), beat(world))
    await world.store.saveEdit(
      prepared.before,
      prepared.after,
      { edit: prepared.edit, plannerId },
      'mailing edited',
      by,
    )
    const { passOf } = await import('../../src/flow/row-pass.ts')
    await world.store.changeRows(passOf(prepared.after, prepared.edit), prepared.edit, 0)
    expect(world.sql.prepare('select count(distinct send_at) from messages').pluck().get()).toBe(2)
    expect((await pass(world)).claimed).toBe(0)
    expect((await again(world, mailing.id)).state).toBe('planning')
    await expect(world.store.rollBackMailing(mailing)).resolves.toBe(true) // not one to be taken back
    world.dead.add(plannerId)
    await clearUp(world)
    expect(world.events).toContainEqual({ event: 'edit-finished', mailing: mailing.id, name: '2021-10-22 11:00' })
    expect(await again(world, mailing.id)).toMatchObject({ state: 'active', at: '11:00', plan: { total: 12_000 } })
    expect(world.sql.prepare('select count(distinct send_at) from messages').pluck().get()).toBe(1)
    expect(world.states()).toEqual({ scheduled: 12_000 })
    expectTrueCounts(world)
  })

  test('the store fails in the middle: the command says so, the next one finishes it', async () => {
    const { world, mailing } = await openMany(6_000)
    const prepared = await prepareEdit(world, mailing, { at: '11:00' }, terms('now'))
    let turns = 0
    const store = Object.create(world.store, {
      changeRows: {
        value: async (...args: Parameters<World['store']['changeRows']>) => {
          if (turns++ === 2) throw new Error('disk full')
          return world.store.changeRows(...args)
        },
      },
    }) as World['store']
    await expect(applyEdit({ ...world, store }, prepared, 'mailing edited', by)).rejects.toThrow('disk full')
    expect((await again(world, mailing.id)).state).toBe('planning')
    await clearUp(world)
    expect((await again(world, mailing.id)).state).toBe('active')
    expect(world.sql.prepare('select count(distinct send_at) from messages').pluck().get()).toBe(1)
  })
})

test('an edit of 5,000 rows while another writes: the other waits for no more than a turn', async () => {
  const world = await openWorld()
  world.add(Array.from({ length: 5_000 }, () => ({})))
  const mailing = await scheduleUsual(world)
  const prepared = await prepareEdit(world, mailing, { at: '11:00' }, terms('now'))
  let written = 0
  const applying = applyEdit(world, prepared, 'mailing edited', by, () => {
    world.sql.prepare('update recipients set name = ? where id = 1').run(`name ${written++}`)
  })
  await applying
  expect(written).toBeGreaterThan(2)
  expect(world.states()).toEqual({ scheduled: 5_000 })
})
