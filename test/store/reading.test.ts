// What people look at, read from real rows: counts, zones, reasons, lateness.
import { expect, test } from 'vitest'
import { noMessages } from '../../src/domain/message.ts'
import type { MailingDetail } from '../../src/store/answer-store.ts'
import { answerStore } from '../../src/store/sqlite/answers.ts'
import { mailingStore } from '../../src/store/sqlite/mailings.ts'
import { readingStore } from '../../src/store/sqlite/reading.ts'
import { temporaryConnection } from '../support/database.ts'
import { insertMailing, type MailingRows } from '../support/rows.ts'

const open = async () => {
  const connection = await temporaryConnection()
  return { connection, store: { ...readingStore(connection), ...answerStore(connection), ...mailingStore(connection) } }
}

const detailOf = async (rows: Omit<MailingRows, 'name'>): Promise<MailingDetail> => {
  const { connection, store } = await open()
  const mailing = await store.findMailing(insertMailing(connection, { name: 'spring', ...rows }))
  if (mailing === null) throw new Error('not there')
  return store.mailingDetail(mailing)
}

test('every state is counted, also those that nobody is in', async () => {
  const { states, total } = await detailOf({
    messages: [
      { zone: 'Europe/Moscow', state: 'sent', count: 3 },
      { zone: 'Asia/Omsk', state: 'sent', count: 2 },
      { zone: 'Asia/Omsk', state: 'unknown', count: 1, reason: 'timed out' },
    ],
  })
  expect(states).toEqual({ ...noMessages(), sent: 5, unknown: 1 })
  expect(total).toBe(6)
})

test('first and last sending leave out what is skipped; a mailing of skipped rows has none', async () => {
  const skipped = { zone: 'Asia/Kamchatka', state: 'skipped', count: 1, reason: 'unsubscribed' } as const
  const detail = await detailOf({
    messages: [
      skipped,
      { zone: 'Asia/Omsk', state: 'scheduled', count: 1 },
      { zone: 'Europe/Moscow', state: 'sent', count: 1 },
    ],
  })
  expect(detail.firstSendAt).toBe(Date.parse('2021-10-22T04:00:00Z'))
  expect(detail.lastSendAt).toBe(Date.parse('2021-10-22T07:00:00Z'))
  expect(await detailOf({ messages: [skipped] })).toMatchObject({ firstSendAt: null, lastSendAt: null, lateness: null })
})

test('zones come in the order in which they leave, then by name, each with its own counts', async () => {
  const { zones } = await detailOf({
    messages: [
      { zone: 'Europe/Moscow', state: 'scheduled', count: 4 },
      { zone: 'Asia/Novosibirsk', state: 'sent', count: 1 },
      { zone: 'Asia/Krasnoyarsk', state: 'sent', count: 2 },
      { zone: 'Asia/Krasnoyarsk', state: 'failed', count: 1, reason: 'no such number' },
    ],
  })
  expect(zones.map(({ zone, total }) => [zone, total])).toEqual([
    ['Asia/Krasnoyarsk', 3],
    ['Asia/Novosibirsk', 1],
    ['Europe/Moscow', 4],
  ])
  expect(zones[0]).toMatchObject({ sendAt: Date.parse('2021-10-22T03:00:00Z'), states: { sent: 2, failed: 1 } })
})

test('reasons are grouped by state, the commonest first; rows without a reason have none', async () => {
  const { reasons } = await detailOf({
    messages: [
      { zone: 'Europe/Moscow', state: 'sent', count: 9 },
      { zone: 'Europe/Moscow', state: 'failed', count: 1, reason: 'no such number' },
      { zone: 'Asia/Omsk', state: 'failed', count: 1, reason: 'no such number' },
      { zone: 'Asia/Omsk', state: 'skipped', count: 5, reason: 'unsubscribed' },
    ],
  })
  expect(reasons).toEqual([
    { state: 'skipped', reason: 'unsubscribed', count: 5 },
    { state: 'failed', reason: 'no such number', count: 2 },
  ])
})

test('lateness is that of what was sent: the middle, the 99th of a hundred, the worst', async () => {
  const lateness = Array.from({ length: 100 }, (_, i) => (i === 99 ? 60_000 : i + 1)).reverse()
  const detail = await detailOf({
    messages: [
      { zone: 'Europe/Moscow', state: 'sent', count: 100, lateness },
      { zone: 'Europe/Moscow', state: 'failed', count: 1, lateness: [900_000] },
    ],
  })
  expect(detail.lateness).toEqual({ p50: 50, p99: 99, max: 60_000 })
})

test('mailings are counted newest first, at most as many as asked for', async () => {
  const { connection, store } = await open()
  for (const name of ['one', 'two', 'three']) {
    insertMailing(connection, { name, messages: [{ zone: 'Europe/Moscow', state: 'sent', count: name.length }] })
  }
  const counts = await store.countByState(2)
  expect(counts.map(({ mailing, total }) => [mailing.name, total])).toEqual([
    ['three', 5],
    ['two', 3],
  ])
})
