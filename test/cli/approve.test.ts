// notify mailings approve: where the configuration demands a second person.
import { expect, test } from 'vitest'
import { approveMailing } from '../../src/flow/approve-mailing.ts'
import { type Desk, openDesk } from '../support/desk.ts'

const proposed = async (): Promise<Desk> => {
  const desk = await openDesk({ approval: true })
  desk.world.add([{ name: 'Ромашка' }, { name: 'Лютик', zone: 'Asia/Yakutsk' }])
  const { out } = await desk.run('schedule', '--at', '10:00', '--text', 'Good morning, {{ name }}!')
  expect(out).toContain('Nothing leaves yet: it waits for notify mailings approve 1 by another person.')
  return desk
}

const audit = ({ world }: Desk): unknown[] => world.sql.prepare('select who, what, why from audit').all()

test('a mailing waits for a second person: nothing of it leaves before, all of it after', async () => {
  const desk = await proposed()
  expect(await desk.json('mailings', 'show', '1')).toMatchObject({
    state: 'proposed',
    createdBy: 'olga',
    approvedBy: null,
  })
  desk.world.clock.moveTo('2021-10-22T01:00:00Z')
  await desk.pass()
  expect(desk.world.sms.got).toEqual([])
  const approved = await desk.runAs('ivan', 'mailings', 'approve', '1', '--yes', '--reason', 'read it')
  expect(approved).toEqual({
    code: 0,
    out: 'Approved mailing 1 "2021-10-22 10:00": 2 messages go on. Late ones leave between 10:00 and 21:00 on their clocks.\n',
    err: '',
  })
  expect(audit(desk)).toEqual([{ who: 'ivan', what: 'mailing approved', why: 'read it' }])
  await desk.pass()
  desk.world.clock.moveTo('2021-10-22T07:00:00Z')
  await desk.pass()
  expect(desk.world.sms.got.map(({ text }) => text)).toEqual(['Good morning, Лютик!', 'Good morning, Ромашка!'])
  const shown = (await desk.run('mailings', 'show', '1')).out
  expect(shown).toContain('by olga\n')
  expect(shown).toMatch(/approved +by ivan\n/)
})

test('whoever scheduled it is not the second person', async () => {
  const desk = await proposed()
  expect(await desk.run('mailings', 'approve', '1', '--yes')).toEqual({
    code: 6,
    out: '',
    err: 'notify: mailing 1 "2021-10-22 10:00" needs a second person: olga scheduled it\nSomebody else, logged in with another account, says notify mailings approve 1.\n',
  })
  expect(await desk.json('mailings', 'show', '1')).toMatchObject({ state: 'proposed' })
})

test('text and plan are shown before it is asked, and no is the usual answer', async () => {
  const desk = await proposed()
  desk.world.sql.exec("update mailings set created_by = 'ivan'")
  const refused = await desk.type('\n', 'mailings', 'approve', '1')
  expect(refused.code).toBe(8)
  expect(refused.err).toContain('Good morning, {{ name }}!')
  expect(refused.err).toMatch(/Asia\/Yakutsk +2021-10-22 10:00 \(\+09\)/)
  expect(refused.err).toContain('2 messages of mailing 1 "2021-10-22 10:00" will leave.\nApprove it? [y/N]')
  expect((await desk.run('mailings', 'approve', '1')).code).toBe(2) // nobody can be asked
  expect((await desk.type('y\n', 'mailings', 'approve', '1')).code).toBe(0)
  expect(await desk.json('mailings', 'show', '1')).toMatchObject({ state: 'active', approvedBy: 'olga' })
})

test('approved already: who did it, exit 0; what never waited: exit 6', async () => {
  const desk = await proposed()
  await desk.runAs('ivan', 'mailings', 'approve', '1', '--yes')
  expect(await desk.runAs('anna', 'mailings', 'approve', '1')).toMatchObject({
    code: 0,
    out: 'Mailing 1 "2021-10-22 10:00" was approved already, by ivan.\n',
  })
  desk.world.sql.exec('update mailings set approved_by = null')
  expect(await desk.runAs('anna', 'mailings', 'approve', '1')).toMatchObject({
    code: 6,
    err: expect.stringContaining('is active: it cannot be approved\nIt did not wait for approval'),
  })
})

test('a proposed mailing can be cancelled, not paused or resumed', async () => {
  const desk = await proposed()
  for (const act of ['pause', 'resume'])
    expect(await desk.run('mailings', act, '1')).toMatchObject({
      code: 6,
      err: expect.stringContaining('It waits for a second person: notify mailings approve'),
    })
  expect(await desk.run('mailings', 'cancel', '1', '--yes')).toMatchObject({ code: 0 })
  expect(desk.world.states()).toEqual({ cancelled: 2 })
  expect(await desk.runAs('ivan', 'mailings', 'approve', '1', '--yes')).toMatchObject({ code: 6 })
})

test('what was edited while somebody read it is not approved unread', async () => {
  const desk = await proposed()
  const { store, clock, sql } = desk.world
  const read = await store.findMailing(1)
  if (read === null) throw new Error('not there')
  sql.exec("update mailings set text = 'Buy now', text_no = 2")
  const by = { at: clock.now(), who: 'ivan', why: null }
  await expect(approveMailing({ store }, read, by)).rejects.toMatchObject({
    exit: 'state',
    message: 'mailing 1 "2021-10-22 10:00" was edited meanwhile: it is not approved',
  })
  expect(await desk.json('mailings', 'show', '1')).toMatchObject({ state: 'proposed', approvedBy: null })
})

test('once its end is past, nothing of it would leave: it is not approved', async () => {
  const desk = await proposed()
  desk.world.clock.moveTo('2021-10-25T07:00:00Z')
  expect(await desk.runAs('ivan', 'mailings', 'approve', '1', '--yes')).toMatchObject({
    code: 6,
    err: expect.stringContaining('ran out at 2021-10-25T07:00:00Z while it waited'),
  })
})

test('the same schedule command again finds the proposed one', async () => {
  const desk = await proposed()
  const { out } = await desk.run('schedule', '--at', '10:00', '--text', 'Good morning, {{ name }}!')
  expect(out).toContain('Nothing added: mailing 1 "2021-10-22 10:00" holds these already')
  expect(out).toContain('it waits for notify mailings approve 1 by another person.')
})
