// Which state allows what, and what is said of a mailing that somebody else has changed meanwhile.
import { expect, test } from 'vitest'
import type { MailingState } from '../../src/domain/mailing.ts'
import { cancelMailing, pauseMailing, resumeMailing } from '../../src/flow/steer-mailing.ts'
import { mailingStore } from '../../src/store/sqlite/mailings.ts'
import { temporaryConnection } from '../support/database.ts'
import { insertMailing } from '../support/rows.ts'

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
