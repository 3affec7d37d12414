// notify test: one message to oneself, at once, which no mailing notices.
import { expect, test } from 'vitest'
import { type Desk, openDesk } from '../support/desk.ts'
import { scriptedGateway } from '../support/world.ts'

const MINE = '+79165550000'

const withMailing = async (): Promise<Desk> => {
  const mail = scriptedGateway('mail', { addressKind: 'email' })
  const desk = await openDesk({ testAddresses: ['8 (916) 555-00-00', 'Me@Example.com'] }, [mail])
  desk.world.add([{ name: 'Anna' }, { name: 'Boris' }])
  await desk.run('schedule', '--at', '10:00', '--text', 'Good morning, {{ name }}!')
  return desk
}

const rows = ({ world }: Desk): unknown[] => world.sql.prepare('select * from messages').all()
const audit = ({ world }: Desk): unknown[] =>
  world.sql.prepare("select who, what, mailing_id as mailing, detail from audit where what = 'test sent'").all()

test('it goes at once, at any hour, with a key of its own, and no row is touched', async () => {
  const desk = await withMailing()
  const before = rows(desk)
  expect(await desk.run('test', '1', '--to', MINE)).toMatchObject({
    code: 0,
    out: 'Gateway "sms" accepted it in 0 ms.\n',
  })
  await desk.run('test', '1', '--to', MINE)
  const { got } = desk.world.sms
  expect(got).toMatchObject([
    { address: MINE, text: 'Good morning, Anna!' },
    { address: MINE, text: 'Good morning, Anna!' },
  ])
  expect(rows(desk)).toEqual(before)
  desk.world.clock.moveTo('2021-10-22T07:00:00Z')
  await desk.pass()
  expect(new Set(got.map(({ key }) => key)).size).toBe(4)
  expect(new Set(got.map(({ keyNumber }) => keyNumber)).size).toBe(4)
  expect(audit(desk)).toEqual(
    [1, 2].map(() => ({
      who: 'olga',
      what: 'test sent',
      mailing: 1,
      detail: '{"gateway":"sms","state":"accepted"}',
    })),
  )
})

test('filled in for whoever has that address', async () => {
  const desk = await withMailing()
  desk.world.add([{ name: 'Olga', phone: MINE }])
  await desk.run('test', '1', '--to', '8 916 555 00 00')
  expect(desk.world.sms.got).toMatchObject([{ text: 'Good morning, Olga!' }])
})

test('without a mailing: a text, a gateway', async () => {
  const desk = await withMailing()
  expect(await desk.json('test', '--to', 'me@example.com', '--gateway', 'mail', '--text', 'Hi')).toEqual({
    gateway: 'mail',
    state: 'accepted',
    reason: null,
    ref: null,
    ms: 0,
  })
  expect(desk.world.sms.got).toEqual([])
})

test('what the gateway said where it did not take it: exit 7', async () => {
  const desk = await withMailing()
  desk.world.sms.answer = () => ({ kind: 'refused', reason: 'no\u001b[31m money' })
  expect(await desk.run('test', '1', '--to', MINE)).toEqual({
    code: 7,
    out: 'Gateway "sms" did not accept it: refused, no\\u001b[31m money (0 ms).\n',
    err: '',
  })
  const { code, out } = await desk.run('test', '1', '--to', MINE, '--json')
  expect(code).toBe(7)
  expect(JSON.parse(out)).toMatchObject({ state: 'refused', ref: null })
})

test('only to addresses that the configuration allows', async () => {
  const desk = await withMailing()
  expect(await desk.run('test', '1', '--to', '+79161234567')).toMatchObject({
    code: 2,
    err: expect.stringContaining('+79161234567 is not an address that tests may be sent to\nAllow it in notify.toml'),
  })
  expect(await desk.run('test', '1', '--to', 'somebody')).toMatchObject({ code: 2 })
  expect(await desk.run('test', '1', '--to', 'me@example.com')).toMatchObject({
    code: 2,
    err: expect.stringContaining('gateway "sms" sends to phones'),
  })
  expect(await desk.run('test', '1', '--to', MINE, '--text', 'x')).toMatchObject({ code: 2 })
  expect(await desk.run('test')).toMatchObject({ code: 2 })
  const without = await openDesk()
  expect(await without.run('test', '--to', MINE, '--text', 'x')).toMatchObject({
    code: 3,
    err: expect.stringContaining(`test_addresses = ["${MINE}"]`),
  })
  expect(desk.world.sms.got).toEqual([])
})

test('not while everything is held, and not through a gateway that is paused', async () => {
  const desk = await withMailing()
  await desk.run('hold')
  expect(await desk.run('test', '1', '--to', MINE)).toMatchObject({ code: 6 })
  await desk.run('release')
  const { store, clock } = desk.world
  await store.changeGateway('sms', (health) => ({ ...health, pausedAt: clock.now(), pausedBy: 'ivan' }))
  expect(await desk.run('test', '1', '--to', MINE)).toMatchObject({ code: 7 })
  expect(desk.world.sms.got).toEqual([])
})

test('a text that is blank for whoever it is filled in for is not sent', async () => {
  const desk = await withMailing()
  expect(
    await desk.run('test', '--text', '{{ contact_person }} \u200b', '--gateway', 'sms', '--to', MINE),
  ).toMatchObject({
    code: 4,
    err: expect.stringContaining('the text is blank: no test is sent'),
  })
  expect(desk.world.sms.got).toEqual([])
})
