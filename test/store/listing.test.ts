// Messages listed page by page: of one mailing, of all, and only those that are asked for.
import { expect, test } from 'vitest'
import type { MessageFilter, MessageRow } from '../../src/store/message-store.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import { listingStore } from '../../src/store/sqlite/listing.ts'
import { temporaryConnection } from '../support/database.ts'
import { insertMailing } from '../support/rows.ts'

const open = async () => {
  const connection = await temporaryConnection()
  return { connection, store: listingStore(connection) }
}

const mailingWithRows = (connection: Connection): number =>
  insertMailing(connection, {
    name: 'rows',
    messages: [
      { zone: 'Asia/Omsk', state: 'scheduled', count: 5, name: 'Ольга' },
      { zone: 'Asia/Omsk', state: 'failed', count: 2, reason: 'no such number' },
      { zone: 'Asia/Omsk', state: 'scheduled', count: 3 },
    ],
  })

test('pages of messages join up to all of them, each once, and nobody else’s', async () => {
  const { connection, store } = await open()
  insertMailing(connection, { name: 'other', messages: [{ zone: 'Asia/Omsk', state: 'sent', count: 4 }] })
  const id = mailingWithRows(connection)
  const seen: number[] = []
  for (let after: MessageRow | null = null; ; ) {
    const page: readonly MessageRow[] = await store.listMessages({ mailingId: id, after, limit: 3 })
    if (page.length === 0) break
    seen.push(...page.map((row) => row.id))
    after = page.at(-1) ?? null
  }
  const all = connection.db.prepare('select id from messages where mailing_id = ? order by id').pluck().all(id)
  expect(seen).toEqual(all)
})

test('messages are filtered by state across pages', async () => {
  const { connection, store } = await open()
  const id = mailingWithRows(connection)
  const first = await store.listMessages({ mailingId: id, state: 'scheduled', limit: 6 })
  const rest = await store.listMessages({ mailingId: id, state: 'scheduled', after: first.at(-1) ?? null, limit: 6 })
  expect([first.length, rest.length]).toEqual([6, 2])
  expect(first[0]).toMatchObject({
    mailingUid: 'uid 1',
    recipientName: 'Ольга',
    recipientCreatedAt: 1,
    address: null,
    state: 'scheduled',
    dueAt: Date.parse('2021-10-22T04:00:00Z'),
  })
})

const twoMailings = (connection: Connection): void => {
  for (const name of ['old', 'new']) {
    insertMailing(connection, {
      name,
      messages: [
        { zone: 'Asia/Omsk', state: 'sent', count: 2 },
        { zone: 'Asia/Omsk', state: 'failed', count: 3, reason: 'Номер НЕ существует' },
        { zone: 'Asia/Omsk', state: 'failed', count: 1, reason: '100% wrong' },
        { zone: 'Asia/Omsk', state: 'unknown', count: 2, reason: 'номер не отвечает' },
        { zone: 'Asia/Omsk', state: 'skipped', count: 1, reason: 'номер не нужен' },
      ],
    })
  }
}

const allOf = async (store: ReturnType<typeof listingStore>, filter: MessageFilter, limit: number) => {
  const rows: MessageRow[] = []
  for (let after: MessageRow | null = null; ; ) {
    const page: readonly MessageRow[] = await store.listMessages({ ...filter, after, limit })
    rows.push(...page)
    after = page.at(-1) ?? null
    if (after === null) return rows
  }
}

test.each<[asked: string, filter: MessageFilter, expected: number]>([
  ['everything', {}, 18],
  ['one state', { state: 'failed' }, 8],
  ['one state of one mailing', { state: 'failed', mailingId: 2 }, 4],
  ['part of the reason, in any case, of what did not arrive', { error: 'номер не' }, 10],
  ['part of the reason in one state', { error: 'НОМЕР', state: 'skipped' }, 2],
  ['signs that mean something elsewhere', { error: '0%' }, 2],
  ['signs that match nothing here', { error: 'Н_мер' }, 0],
  ['one recipient', { recipientId: 4 }, 1],
  ['one recipient in another state', { recipientId: 4, state: 'sent' }, 0],
  ['a mailing that is not there', { mailingId: 99 }, 0],
])(
  '%s: pages join up to all of them, each once, the newest mailing first, and the count says as many',
  async (_, filter, expected) => {
    const { connection, store } = await open()
    twoMailings(connection)
    for (const limit of [1, 3, 100]) {
      const rows = await allOf(store, filter, limit)
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
      expect(rows).toHaveLength(expected)
      const mailings = rows.map(({ mailingId }) => mailingId)
      expect(mailings).toEqual(mailings.toSorted((a, b) => b - a))
    }
    expect(await store.countMessages(filter)).toBe(expected)
  },
)

test('rows that are still being written are listed with their mailing only', async () => {
  const { connection, store } = await open()
  insertMailing(connection, {
    name: 'half',
    state: 'planning',
    messages: [{ zone: 'Asia/Omsk', state: 'scheduled', count: 2 }],
  })
  expect(await store.listMessages({ limit: 10 })).toEqual([])
  expect(await store.listMessages({ mailingId: 1, limit: 10 })).toHaveLength(2)
})

test.each<[MessageFilter, string]>([
  [{}, 'messages_once (mailing_id=? AND recipient_id>?)'],
  [{ state: 'failed' }, 'messages_trouble (mailing_id=? AND state=? AND recipient_id>?)'],
  [{ error: 'no' }, 'messages_trouble (mailing_id=? AND state=? AND recipient_id>?)'],
])('a page of %j is read from the index on, neither sorted nor searched from the beginning', async (filter, index) => {
  const { connection, store } = await open()
  twoMailings(connection)
  const { prepare } = connection.db
  const asked: string[] = []
  connection.db.prepare = ((source: string) => {
    asked.push(source)
    return prepare.call(connection.db, source)
  }) as typeof prepare
  await store.listMessages({ ...filter, after: { mailingId: 2, state: 'failed', recipientId: 2 }, limit: 3 })
  connection.db.prepare = prepare
  const sql = asked.find((each) => each.includes('recipients'))
  const values = { mailingId: 2, after: 2, state: 'failed', limit: 3, error: null, recipientId: null }
  const steps = connection.db
    .prepare(`explain query plan ${sql}`)
    .all(values)
    .map((step) => (step as { detail: string }).detail)
    .join('\n')
  expect(steps).toContain(index)
  expect(steps).not.toContain('TEMP B-TREE')
})
