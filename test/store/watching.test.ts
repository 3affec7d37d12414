// What the watchdog reads: the row that should move first, and what a worker has in hand.
import { expect, test } from 'vitest'
import { watchStore } from '../../src/store/sqlite/watching.ts'
import { temporaryConnection } from '../support/database.ts'
import { insertMailing } from '../support/rows.ts'

const open = async () => {
  const connection = await temporaryConnection()
  const { db } = connection
  const spring = insertMailing(connection, {
    name: 'spring',
    messages: [{ zone: 'Asia/Omsk', state: 'scheduled', count: 3 }],
  })
  const summer = insertMailing(connection, {
    name: 'summer',
    messages: [{ zone: 'Asia/Omsk', state: 'scheduled', count: 2 }],
  })
  const due = (at: number | null, id: number): void => {
    db.prepare('update messages set due_at = ? where id = ?').run(at, id)
  }
  for (const [id, at] of [500, 300, null, 300, 900].entries()) due(at, id + 1)
  return { db, store: watchStore(connection), spring, summer, due }
}

const idAt = async ({ store }: Awaited<ReturnType<typeof open>>, now: number) =>
  (await store.firstDue('sms', now))?.message

test('the first by due_at, then by id, over all mailings of the gateway', async () => {
  const shop = await open()
  expect(await idAt(shop, 299)).toBe(undefined)
  expect(await shop.store.firstDue('sms', 300)).toEqual({
    message: 2,
    mailing: shop.spring,
    recipient: 2,
    dueAt: 300,
    attempts: 0,
  })
  shop.due(200, 5)
  expect(await idAt(shop, 1_000)).toBe(5)
  expect(await shop.store.firstDue('mail', 1_000)).toBe(null)
})

test('a mailing that is not active has nothing that should move', async () => {
  const shop = await open()
  shop.db.prepare("update mailings set state = 'paused' where id = ?").run(shop.spring)
  expect(await idAt(shop, 1_000)).toBe(4)
})

test('in hand: the rows of this worker that are being sent, with their gateway', async () => {
  const { db, store, spring } = await open()
  db.prepare("update messages set state = 'sending', worker_id = 7, attempts = 2 where id = 1").run()
  db.prepare("update messages set state = 'sending', worker_id = 8 where id = 2").run()
  db.prepare("update messages set state = 'sent', worker_id = 7 where id = 4").run()
  expect(await store.inHandOf(7)).toEqual([
    { message: 1, mailing: spring, recipient: 1, dueAt: 500, attempts: 2, gateway: 'sms' },
  ])
})
