// Which state allows what, and what is said of a mailing that somebody else has changed meanwhile.
import { expect, test } from 'vitest'
import type { MailingState } from '../../src/domain/mailing.ts'
import { prepareEdit } from '../../src/flow/edit-mailing.ts'
import { prepareReplan } from '../../src/flow/replan-mailing.ts'
import { cancelMailing, pauseMailing, resumeMailing } from '../../src/flow/steer-mailing.ts'
import { clearUp } from '../../src/flow/worker.ts'
import { mailingStore } from '../../src/store/sqlite/mailings.ts'
import { temporaryConnection } from '../support/database.ts'
import { insertMailing } from '../support/rows.ts'
import { beat, openWorld, scheduleUsual } from '../support/world.ts'

const by = { at: 1, who: 'olga', why: null }
const acts = { pause: pauseMailing, resume: resumeMailing, cancel: cancelMailing }

const mailingIn = async (state: MailingState) => {
  const connection = await temporaryConnection()
  const store = mailingStore(connection)
  const messages = [{ zone: 'Asia/Omsk', state: 'scheduled', count: 2 }] as const
  const mailing = await store.findMailing(insertMailing(connection, { name: 'spring', state, messages }))
  if (mailing === null) throw new Error('not there')
  return { connection, store, mailing }
}

test.each([
  ['pause', 'active', 'paused', true],
  ['pause', 'paused', 'paused', false],
  ['resume', 'paused', 'active', true],
  ['resume', 'active', 'active', false],
  ['cancel', 'active', 'cancelled', true],
  ['cancel', 'paused', 'cancelled', true],
] as const)('%s of a mailing that is %s', async (act, before, after, changed) => {
  const { store, mailing } = await mailingIn(before)
  const steered = await acts[act]({ store }, mailing, by)
  expect(steered).toMatchObject({ mailing: { state: after }, changed, rows: 2 })
})

test('cancel of a cancelled mailing changes something only where rows were left over', async () => {
  const { store, mailing } = await mailingIn('cancelled')
  expect(await cancelMailing({ store }, mailing, by)).toMatchObject({ changed: true, rows: 2 })
  expect(await cancelMailing({ store }, mailing, by)).toMatchObject({ changed: false, rows: 0 })
})

test.each([
  ['pause', 'planning'],
  ['pause', 'cancelled'],
  ['pause', 'done'],
  ['resume', 'planning'],
  ['resume', 'cancelled'],
  ['resume', 'done'],
  ['cancel', 'planning'],
  ['cancel', 'done'],
] as const)('%s of a mailing that is %s is refused', async (act, state) => {
  const { store, mailing } = await mailingIn(state)
  await expect(acts[act]({ store }, mailing, by)).rejects.toMatchObject({
    exit: 'state',
    message: expect.stringContaining(`mailing ${mailing.id} "spring" is ${state}`),
    hint: expect.any(String),
  })
  expect(await store.findMailing(mailing.id)).toEqual(mailing)
})

test('a mailing that ended between the look and the act is not said to be paused', async () => {
  const { connection, store, mailing } = await mailingIn('active')
  connection.db.exec("update mailings set state = 'done'")
  await expect(pauseMailing({ store }, mailing, by)).rejects.toMatchObject({
    exit: 'state',
    message: expect.stringContaining('is done meanwhile'),
  })
})

/** Olga's edit is written down, and none of its rows yet. */
const editUnderWay = async () => {
  const world = await openWorld()
  world.add([{}, {}])
  const before = await scheduleUsual(world)
  const terms = { ifPast: 'now', approvalOf: null } as const
  const { after, edit } = await prepareEdit(world, before, { at: '11:00' }, terms)
  if (edit === null) throw new Error('nothing to do')
  const plannerId = await world.store.addWorker({ ...world.witness.self('schedule'), pid: 4711 }, beat(world))
  await world.store.saveEdit(before, after, { edit, plannerId }, 'mailing edited', by)
  const mailing = (await world.store.findMailing(before.id)) ?? before
  return { world, plannerId, before, mailing }
}

test.each([
  ['paused', pauseMailing],
  ['resumed', resumeMailing],
  ['cancelled', cancelMailing],
] as const)('one that is being edited cannot be %s: it says by whom, and when to say it again', async (done, act) => {
  const { world, plannerId, before, mailing } = await editUnderWay()
  const refused = {
    exit: 'state',
    message: `mailing 1 "2021-10-22 11:00" is being edited by olga (process 4711 on here): it cannot be ${done}`,
    hint: expect.stringContaining('say it again when that is done'),
  }
  await expect(act(world, mailing, by)).rejects.toMatchObject(refused)
  // the edit began after the mailing was looked at
  await expect(act(world, before, by)).rejects.toMatchObject({ exit: 'state', hint: refused.hint })
  expect(world.states()).toEqual({ scheduled: 2 })
  world.dead.add(plannerId)
  await clearUp(world)
  expect((await act(world, { ...mailing, state: 'active' }, by)).rows).toBe(2)
})

test('a second edit and a replan are refused in the same words', async () => {
  const { world, mailing } = await editUnderWay()
  const wanted = (done: string) => ({
    message: expect.stringContaining(`by olga (process 4711 on here): it cannot be ${done}`),
  })
  const terms = { ifPast: 'now', approvalOf: null } as const
  await expect(prepareEdit(world, mailing, { at: '12:00' }, terms)).rejects.toMatchObject(wanted('edited'))
  await expect(prepareReplan(world, mailing)).rejects.toMatchObject(wanted('replanned'))
})

test('the edit of a process that is gone is somebody’s to finish', async () => {
  const { world, plannerId, mailing } = await editUnderWay()
  world.sql.prepare('delete from workers where id = ?').run(plannerId)
  await expect(pauseMailing(world, mailing, by)).rejects.toMatchObject({
    message: 'mailing 1 "2021-10-22 11:00" is being edited by olga: it cannot be paused',
    hint: expect.stringContaining('notify run-due finishes the edit'),
  })
})

test('one that is still being scheduled says by whom', async () => {
  const { connection, store, mailing } = await mailingIn('planning')
  connection.db.exec("update mailings set created_by = 'anna'")
  await expect(cancelMailing({ store }, mailing, by)).rejects.toMatchObject({
    message: 'mailing 1 "spring" is planning, its messages are being written by anna: it cannot be cancelled',
    hint: expect.stringContaining('Ctrl-C'),
  })
})
