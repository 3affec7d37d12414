// notify messages show | cancel | send-now: what an operator does for one person.
import { expect, test } from 'vitest'
import { type Desk, openDesk } from '../support/desk.ts'

/** Anna and Boris in Moscow, scheduled for ten; it is evening before. */
const evening = async (): Promise<Desk> => {
  const desk = await openDesk()
  desk.world.add([{ name: 'Anna' }, { name: 'Boris' }])
  await desk.run('schedule', '--at', '10:00', '--text', 'Good morning, {{ name }}!')
  return desk
}

const acts = ({ world }: Desk): unknown[] =>
  world.sql.prepare('select who, what, why, message_id as message from audit where message_id is not null').all()

test('cancelled, the one gets nothing and the other does; the counts are kept', async () => {
  const desk = await evening()
  expect((await desk.run('messages', 'cancel', '1')).code).toBe(2) // nobody can be asked
  expect((await desk.run('messages', 'cancel', '1', '--dry-run')).out).toMatch(/^Dry run: message 1 of mailing 1/)
  expect(await desk.run('messages', 'cancel', '1', '--yes', '--reason', 'closed')).toMatchObject({
    code: 0,
    out: 'Cancelled message 1 of mailing 1 "2021-10-22 10:00" for Anna: it will not be sent.\n',
  })
  expect((await desk.run('messages', 'cancel', '1', '--yes')).out).toMatch(/was cancelled already/)
  expect(acts(desk)).toEqual([{ who: 'olga', what: 'message cancelled', why: 'closed', message: 1 }])
  desk.world.clock.moveTo('2021-10-22T07:00:00Z')
  await desk.pass()
  expect(desk.world.sms.got.map(({ text }) => text)).toEqual(['Good morning, Boris!'])
  expect(await desk.json('stats')).toMatchObject({ states: { sent: 1, cancelled: 1, scheduled: 0 } })
  expect(await desk.run('messages', 'cancel', '2', '--yes')).toMatchObject({ code: 6 })
})

test('sent now, at night only by a word more; what was promised stays', async () => {
  const desk = await evening()
  expect(await desk.run('messages', 'send-now', '1')).toMatchObject({ code: 2 })
  expect((await desk.run('messages', 'send-now', '1', '--dry-run')).out).toContain('would be sent now, at 21:50 there')
  expect((await desk.run('messages', 'send-now', '1', '--yes')).out).toContain('is due now, at 21:50 there')
  await desk.pass()
  expect(desk.world.sms.got.map(({ text }) => text)).toEqual(['Good morning, Anna!'])
  expect(await desk.json('messages', 'show', '1')).toMatchObject({
    state: 'sent',
    sendAt: '2021-10-22T07:00:00Z',
    anyHour: true,
    text: 'Good morning, Anna!',
    history: [],
  })
  expect(acts(desk)).toMatchObject([{ what: 'message sent now', message: 1 }])
})

test('within the hours it is not asked; a paused mailing stays paused', async () => {
  const desk = await evening()
  desk.world.clock.moveTo('2021-10-22T12:00:00Z')
  await desk.run('mailings', 'pause', '1')
  expect(await desk.run('messages', 'send-now', '1')).toMatchObject({ code: 6 })
  await desk.run('mailings', 'resume', '1')
  expect(await desk.run('messages', 'send-now', '1')).toMatchObject({ code: 0 })
})

test('shown with all that happened to it; an unknown number is said to be one', async () => {
  const desk = await evening()
  desk.world.sms.answer = () => ({ kind: 'refused', reason: 'no such number' })
  desk.world.clock.moveTo('2021-10-22T07:00:00Z')
  await desk.pass()
  desk.world.sql.exec(
    "insert into attempts (message_id, attempt, at, state, reason) values (1, 1, 1634886000000, 'failed', 'no such number')",
  )
  const { out } = await desk.run('messages', 'show', '1')
  expect(out).toMatch(/state +failed: no such number/)
  expect(out).toMatch(/promised +2021-10-22 10:00 Europe\/Moscow \(\+03\)/)
  expect(out).toMatch(/2021-10-22 10:00 {2}attempt 1: failed, no such number/)
  expect(await desk.run('messages', 'show', '77')).toMatchObject({ code: 5 })
  expect(await desk.run('messages', 'show', 'x')).toMatchObject({ code: 2 })
})

test('while the rows of its mailing are being written none of them is cancelled: their writer alone counts them', async () => {
  const desk = await evening()
  const { world } = desk
  world.sql.exec("update mailings set state = 'planning', planner_id = 1 where id = 1; delete from mailing_counts")
  const by = { at: world.clock.now(), who: 'olga', why: null }
  expect(await world.store.cancelMessage(1, by)).toBeNull()
  expect(await desk.run('messages', 'cancel', '1', '--yes')).toMatchObject({ code: 6 })
  const mailing = await world.store.findMailing(1)
  if (mailing === null) throw new Error('gone')
  await world.store.activateMailing({ ...mailing, state: 'active' })
  expect(await world.store.miscounted()).toEqual([])
})
