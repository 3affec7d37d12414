// Counts as data: the overview and its sums, how far a mailing is, the shape of its day.
import { expect, test } from 'vitest'
import { type CountByState, noMessages } from '../../src/domain/message.ts'
import { dayOf, overview, progressOf } from '../../src/flow/stats.ts'
import { mailingStore } from '../../src/store/sqlite/mailings.ts'
import { readingStore } from '../../src/store/sqlite/reading.ts'
import { temporaryConnection } from '../support/database.ts'
import { insertMailing } from '../support/rows.ts'

const counts = (states: Partial<CountByState>): CountByState => ({ ...noMessages(), ...states })

const threeMailings = async () => {
  const connection = await temporaryConnection()
  insertMailing(connection, { name: 'one', messages: [{ zone: 'Asia/Omsk', state: 'sent', count: 4 }] })
  insertMailing(connection, { name: 'two' })
  insertMailing(connection, {
    name: 'three',
    messages: [
      { zone: 'Asia/Omsk', state: 'sent', count: 1 },
      { zone: 'Asia/Omsk', state: 'scheduled', count: 2 },
    ],
  })
  return { ...mailingStore(connection), ...readingStore(connection) }
}

test('the overview adds up all mailings, newest first', async () => {
  const store = await threeMailings()
  const stats = await overview({ store }, null)
  expect(stats.mailings.map(({ mailing }) => mailing.name)).toEqual(['three', 'two', 'one'])
  expect(stats).toMatchObject({ total: 7, states: counts({ sent: 5, scheduled: 2 }), more: 0 })
})

test('a limited overview adds up what it shows, and tells how many it leaves out', async () => {
  const store = await threeMailings()
  expect(await overview({ store }, 1)).toMatchObject({ total: 3, states: counts({ sent: 1, scheduled: 2 }), more: 2 })
  expect((await overview({ store }, 3)).more).toBe(0)
})

test.each([
  ['nothing', {}, { sent: 0, trouble: 0, waiting: 0, all: 0 }],
  ['what never was to be sent', { skipped: 3, cancelled: 4 }, { sent: 0, trouble: 0, waiting: 0, all: 0 }],
  ['what waits and what is in hand', { scheduled: 3, sending: 4 }, { sent: 0, trouble: 0, waiting: 7, all: 7 }],
  ['what went wrong', { failed: 1, unknown: 2, expired: 3, sent: 4 }, { sent: 4, trouble: 6, waiting: 0, all: 10 }],
])('progress of %s', (_, states, progress) => {
  expect(progressOf(counts(states))).toEqual(progress)
})

const zone = (sendAt: string, total: number, skipped = 0) => ({
  zone: 'Etc/UTC',
  sendAt: Date.parse(sendAt),
  total,
  states: counts({ scheduled: total - skipped, skipped }),
})

test('the day runs by hours, from the first message to the last, gaps included', () => {
  const day = dayOf([zone('2021-10-22T04:00Z', 5), zone('2021-10-22T01:00Z', 2), zone('2021-10-22T01:30Z', 1)], 36)
  expect(day).toEqual({
    from: Date.parse('2021-10-22T01:00Z'),
    to: Date.parse('2021-10-22T05:00Z'),
    counts: [3, 0, 0, 5],
  })
})

test('the day leaves out what is skipped, and is none where nothing leaves', () => {
  const skippedOnly = zone('2021-10-22T01:00Z', 4, 4)
  expect(dayOf([skippedOnly, zone('2021-10-22T04:00Z', 5, 2)], 36)?.counts).toEqual([3])
  expect(dayOf([skippedOnly], 36)).toBeNull()
  expect(dayOf([], 36)).toBeNull()
})

test('a long mailing has longer steps, never more of them than asked for', () => {
  const hours = Array.from({ length: 100 }, (_, i) => zone(new Date(Date.UTC(2021, 9, 22, i)).toISOString(), 1))
  const day = dayOf(hours, 36)
  expect(day?.counts).toHaveLength(34) // of three hours each
  expect(day?.counts.reduce((sum, count) => sum + count, 0)).toBe(100)
})
