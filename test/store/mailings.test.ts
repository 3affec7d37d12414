// Mailings found, listed, paused, resumed and cancelled, with what the audit keeps of it.
import { expect, test } from 'vitest'
import type { MailingState } from '../../src/domain/mailing.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import { mailingStore } from '../../src/store/sqlite/mailings.ts'
import { temporaryConnection } from '../support/database.ts'
import { insertMailing } from '../support/rows.ts'

const open = async () => {
  const connection = await temporaryConnection()
  return { connection, store: mailingStore(connection) }
}

const by = { at: 1_634_900_000_000, who: 'olga', why: 'wrong price' }

const auditOf = ({ db }: Connection): unknown[] =>
  db.prepare('select at, who, what, mailing_id as mailing, why from audit order by id').all()

const stateOf = ({ db }: Connection, id: number): unknown =>
  db.prepare('select state, reason from mailings where id = ?').get(id)

const THREE_WAIT = [
  { zone: 'Europe/Moscow', state: 'scheduled', count: 3 },
  { zone: 'Europe/Moscow', state: 'sending', count: 2 },
  { zone: 'Asia/Omsk', state: 'sent', count: 4 },
] as const

test('a mailing is found by its number before its name', async () => {
  const { connection, store } = await open()
  const first = insertMailing(connection, { name: 'first' })
  const named = insertMailing(connection, { name: String(first) })
  expect((await store.lookUpMailing(String(first)))?.name).toBe('first')
  expect((await store.lookUpMailing('first'))?.id).toBe(first)
  expect((await store.lookUpMailing(String(named)))?.id).toBe(named)
  expect(await store.lookUpMailing('third')).toBeNull()
  expect(await store.lookUpMailing('99999999999999999999')).toBeNull()
})

test('of several with one name the living one is meant, else the newest', async () => {
  const { connection, store } = await open()
  insertMailing(connection, { name: 'spring', state: 'cancelled' })
  const newest = insertMailing(connection, { name: 'spring', state: 'cancelled' })
  expect((await store.lookUpMailing('spring'))?.id).toBe(newest)
  const living = insertMailing(connection, { name: 'spring', state: 'done' })
  insertMailing(connection, { name: 'spring', state: 'cancelled' })
  expect((await store.lookUpMailing('spring'))?.id).toBe(living)
})

test('mailings are listed newest first, by state, so many', async () => {
  const { connection, store } = await open()
  const states: MailingState[] = ['done', 'active', 'paused', 'active']
  for (const [i, state] of states.entries()) insertMailing(connection, { name: `m${i}`, state })
  const names = async (filter: Parameters<typeof store.listMailings>[0]): Promise<string[]> =>
    (await store.listMailings(filter)).map(({ name }) => name)
  expect(await names({})).toEqual(['m3', 'm2', 'm1', 'm0'])
  expect(await names({ limit: 2 })).toEqual(['m3', 'm2'])
  expect(await names({ states: ['active'] })).toEqual(['m3', 'm1'])
  expect(await names({ states: ['paused', 'done'], limit: 1 })).toEqual(['m2'])
  expect(await names({ states: [] })).toEqual([])
  expect(await store.mailingNames(2)).toEqual(['m3', 'm2'])
})

test('a paused mailing holds what nobody has in hand, and the audit knows who did it and why', async () => {
  const { connection, store } = await open()
  const id = insertMailing(connection, { name: 'spring', messages: THREE_WAIT })
  expect(await store.pauseMailing(id, by)).toBe(3)
  expect(stateOf(connection, id)).toEqual({ state: 'paused', reason: 'wrong price' })
  expect(await store.resumeMailing(id, { ...by, why: null })).toBe(3)
  expect(stateOf(connection, id)).toEqual({ state: 'active', reason: null })
  expect(auditOf(connection)).toEqual([
    { ...by, what: 'mailing paused', mailing: id },
    { ...by, what: 'mailing resumed', mailing: id, why: null },
  ])
})

test('paused twice is paused once: neither the reason nor the audit changes', async () => {
  const { connection, store } = await open()
  const id = insertMailing(connection, { name: 'spring', messages: THREE_WAIT })
  await store.pauseMailing(id, by)
  expect(await store.pauseMailing(id, { ...by, why: 'again' })).toBe(3)
  expect(stateOf(connection, id)).toEqual({ state: 'paused', reason: 'wrong price' })
  expect(auditOf(connection)).toHaveLength(1)
})

test.each(['planning', 'cancelled', 'done'] as const)('a %s mailing is neither paused nor resumed', async (state) => {
  const { connection, store } = await open()
  const id = insertMailing(connection, { name: 'spring', state, reason: 'as it was' })
  await store.pauseMailing(id, by)
  await store.resumeMailing(id, by)
  expect(stateOf(connection, id)).toEqual({ state, reason: 'as it was' })
  expect(auditOf(connection)).toEqual([])
})

test('a cancelled mailing cancels what waits; what is in hand and what is over stay', async () => {
  const { connection, store } = await open()
  const id = insertMailing(connection, { name: 'spring', messages: THREE_WAIT })
  const other = insertMailing(connection, { name: 'other', messages: THREE_WAIT })
  expect(await store.cancelMailing(id, by)).toBe(3)
  const rows = connection.db.prepare(
    'select state, count(*) as count, max(due_at) as due, max(reason) as reason from messages where mailing_id = ? group by state',
  )
  expect(rows.all(id)).toEqual([
    { state: 'cancelled', count: 3, due: null, reason: 'wrong price' },
    { state: 'sending', count: 2, due: expect.any(Number), reason: null },
    { state: 'sent', count: 4, due: null, reason: null },
  ])
  expect(rows.all(other)).toHaveLength(3)
  expect(stateOf(connection, other)).toMatchObject({ state: 'active' })
  expect(auditOf(connection)).toEqual([{ ...by, what: 'mailing cancelled', mailing: id }])
})

test('more rows than one transaction takes are all cancelled', async () => {
  const { connection, store } = await open()
  const id = insertMailing(connection, {
    name: 'big',
    messages: [{ zone: 'Europe/Moscow', state: 'scheduled', count: 12_001 }],
  })
  let transactions = 0
  const counting = mailingStore({
    ...connection,
    write: (body) => {
      transactions += 1
      return connection.write(body)
    },
  })
  expect(await counting.cancelMailing(id, by)).toBe(12_001)
  expect(transactions).toBeGreaterThan(3) // the mailing, then at most 5,000 rows each
  expect(await store.cancelMailing(id, by)).toBe(0)
})

test('a cancel that was interrupted is finished by the next one, and the audit tells it once', async () => {
  const { connection, store } = await open()
  const id = insertMailing(connection, { name: 'spring', state: 'cancelled', messages: THREE_WAIT })
  expect(await store.cancelMailing(id, by)).toBe(3)
  expect(auditOf(connection)).toEqual([])
})
