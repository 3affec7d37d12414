// notify mailings clone: a new mailing like an old one, all of it overridable.
import { expect, test } from 'vitest'
import { EVERYBODY } from '../../src/domain/mailing.ts'
import { type Desk, openDesk } from '../support/desk.ts'

const withMailing = async (...flags: readonly string[]): Promise<Desk> => {
  const desk = await openDesk()
  desk.world.add([{}, { zone: 'Asia/Yakutsk' }, { zone: null }, { phone: '+79031234567' }])
  const scheduled = await desk.run(
    ...['schedule', '--at', '10:00', '--text', 'Hello', '--if-no-zone', 'Asia/Omsk', ...flags],
  )
  expect(scheduled).toMatchObject({ code: 0 })
  desk.world.clock.moveTo('2021-10-25T18:50:00Z')
  return desk
}

test('text, audience, hours and terms are the old one’s, the date is tomorrow', async () => {
  const desk = await withMailing('--until', '19:00', '--expires', '5h', '--operator-code', '916')
  const cloned = await desk.json('mailings', 'clone', '1')
  expect(cloned).toMatchObject({
    mailing: {
      id: '2',
      name: '2021-10-26 10:00',
      state: 'active',
      at: '10:00',
      on: '2021-10-26',
      until: '19:00',
      expiresAt: '2021-10-26T12:00:00Z',
      gateway: 'sms',
    },
    total: 3,
    zones: [{ zone: 'Asia/Yakutsk' }, { zone: 'Asia/Omsk' }, { zone: 'Europe/Moscow' }],
    skipped: [],
  })
  expect(await desk.json('mailings', 'show', '2')).toMatchObject({
    text: 'Hello',
    audience: { ...EVERYBODY, operatorCodes: ['916'] },
  })
})

test('whatever is given stands in its place', async () => {
  const desk = await withMailing('--operator-code', '916')
  const flags = ['--at', '9:30', '--on', '2021-10-28', '--text', 'Bye', '--name', 'bye', '--operator-code', '903']
  expect(await desk.json('mailings', 'clone', '1', ...flags, '--until', '12:00', '--expires', '1d')).toMatchObject({
    mailing: { name: 'bye', at: '09:30', on: '2021-10-28', until: '12:00', expiresAt: '2021-10-29T06:30:00Z' },
    total: 1,
  })
  expect(await desk.json('mailings', 'show', 'bye')).toMatchObject({ text: 'Bye' })
})

test('a closing hour that does not fit the new hour gives way to the usual one', async () => {
  const desk = await withMailing('--until', '12:00')
  expect(await desk.json('mailings', 'clone', '1', '--at', '14:00')).toMatchObject({ mailing: { until: '21:00' } })
})

test('tried first: nothing is written', async () => {
  const desk = await withMailing()
  const { out } = await desk.run('mailings', 'clone', '1', '--dry-run')
  expect(out).toContain('Dry run: would schedule 4 messages in 3 zones')
  expect(await desk.json('mailings')).toHaveLength(1)
})

test('to the same date with the same words: the old one holds these already', async () => {
  const desk = await withMailing()
  desk.world.clock.set('2021-10-21T19:00:00Z')
  expect((await desk.run('mailings', 'clone', '1')).out).toContain('Nothing added: mailing 1')
})

test('an unknown mailing: exit 5; a variable that nobody answers: exit 2', async () => {
  const desk = await withMailing()
  expect(await desk.run('mailings', 'clone', '7')).toMatchObject({ code: 5 })
  expect(await desk.run('mailings', 'clone', '1', '--text', 'Hi {{ nam }}')).toMatchObject({ code: 2 })
})

test('it follows the address book where the old one did, unless told otherwise', async () => {
  const desk = await withMailing('--follow')
  const follows = (id: number): unknown =>
    desk.world.sql.prepare("select terms ->> '$.follow' from mailings where id = ?").pluck().get(id)
  await desk.run('mailings', 'clone', '1')
  await desk.run('mailings', 'clone', '1', '--no-follow', '--on', '2021-10-28')
  await desk.run('mailings', 'clone', '3', '--follow', '--on', '2021-10-29')
  expect([1, 2, 3, 4].map(follows)).toEqual([1, 1, 0, 1])
})
