// What is old and done with goes, and nothing else: whole, in turns, and where it was interrupted it goes on.
import { expect, test } from 'vitest'
import { planPrune, prune } from '../../src/flow/prune.ts'
import type { OperatorAct } from '../../src/store/mailing-store.ts'
import { insertMailing, type MailingRows } from '../support/rows.ts'
import { never, openWorld, type World } from '../support/world.ts'

const NOW = Date.parse('2022-06-01T00:00:00Z')
const BEFORE = Date.parse('2021-12-03T00:00:00Z')
const by: OperatorAct = { at: NOW, who: 'an operator', why: 'half a year' }

const messagesOf = (count: number): NonNullable<MailingRows['messages']> => [
  { zone: 'Europe/Moscow', state: 'sent', count },
]

const mailing = (world: World, name: string, rows: Partial<MailingRows> = {}): number => {
  const { clock, sql: db } = world
  const id = insertMailing(
    { db, clock, write: async (body) => body() },
    { name, state: 'done', messages: messagesOf(10), ...rows },
  )
  db.prepare(
    `insert or replace into mailing_counts (mailing_id, state, count)
     select mailing_id, state, count(*) from messages where mailing_id = ? group by state`,
  ).run(id)
  return id
}

const go = async (world: World, stop = never.stop) =>
  prune(world, await planPrune(world, BEFORE), by, () => undefined, stop)

const count = (world: World, table: string): number =>
  Number(world.sql.prepare(`select count(*) from ${table}`).pluck().get())

const names = (world: World): readonly unknown[] =>
  world.sql.prepare('select name from mailings order by id').pluck().all()

test('a mailing that ended long ago goes with its messages, attempts, texts, counts and acts; one act tells of it', async () => {
  const world = await openWorld('2022-06-01T00:00:00Z')
  const old = mailing(world, 'old')
  mailing(world, 'new', { on: '2022-05-30' })
  world.sql.exec(`
    insert into attempts (message_id, attempt, at, state) select id, 1, 1, 'failed' from messages where mailing_id = ${old};
    insert into mailing_texts (mailing_id, no, text) values (${old}, 1, 'before');
    insert into audit (at, who, what, mailing_id) values (5, 'somebody', 'mailing paused', ${old})`)
  const pruned = await go(world)
  expect(pruned).toMatchObject({ mailings: 1, messages: 10 })
  expect(names(world)).toEqual(['new'])
  expect(['messages', 'attempts', 'mailing_texts', 'mailing_counts'].map((table) => count(world, table))).toEqual([
    10, 0, 0, 1,
  ])
  expect(world.sql.prepare('select who, what, why, mailing_id, detail from audit').all()).toEqual([
    {
      who: 'an operator',
      what: 'mailing pruned',
      why: 'half a year',
      mailing_id: null,
      detail: JSON.stringify({ mailing: ['1', null], name: ['old', null], messages: 10 }),
    },
  ])
  expect(await go(world)).toMatchObject({ mailings: 0, messages: 0, freedBytes: 0 })
})

test.each<[why: string, change: Partial<MailingRows>, sql: string]>([
  ['it is active', { state: 'active' }, ''],
  ['it is paused', { state: 'paused' }, ''],
  ['it is being planned', { state: 'planning' }, ''],
  ['it waits for approval', { state: 'proposed' }, ''],
  ['one of its messages waits', {}, "update messages set state = 'scheduled', due_at = 1 where id = 3"],
  ['one of its messages is in hand', {}, "update messages set state = 'sending', due_at = 1 where id = 3"],
  ['one of its messages was settled since', {}, `update messages set settled_at = ${BEFORE} where id = 3`],
  [
    'an operator did something to it since',
    {},
    `insert into audit (at, who, what, mailing_id) values (${BEFORE}, 'a', 'b', 1)`,
  ],
  ['it was made since', {}, `update mailings set created_at = ${BEFORE}`],
])('it stays while %s', async (_, change, sql) => {
  const world = await openWorld('2022-06-01T00:00:00Z')
  mailing(world, 'stays', change)
  world.sql.exec(sql)
  expect((await planPrune(world, BEFORE)).mailings).toEqual([])
  await go(world)
  expect(count(world, 'messages')).toBe(10)
})

test('one that is revived between the look and the deed stays', async () => {
  const world = await openWorld('2022-06-01T00:00:00Z')
  mailing(world, 'revived')
  const plan = await planPrune(world, BEFORE)
  world.sql.exec(
    "update messages set state = 'scheduled', due_at = 1 where id = 3; update mailings set state = 'active'",
  )
  expect(await prune(world, plan, by, () => undefined, never.stop)).toMatchObject({ mailings: 0, messages: 0 })
  expect([names(world), count(world, 'messages')]).toEqual([['revived'], 10])
})

test('stopped in the middle it leaves a cancelled mailing, whose counts are those of its rows; the next one ends it', async () => {
  const world = await openWorld('2022-06-01T00:00:00Z')
  mailing(world, 'large', { messages: messagesOf(3_500) })
  const stop = new AbortController()
  const plan = await planPrune(world, BEFORE)
  const first = await prune(world, plan, by, () => stop.abort(), stop.signal)
  expect(first).toMatchObject({ mailings: 0 })
  expect(first.messages).toBeGreaterThan(0)
  expect(world.sql.prepare('select state, reason from mailings').get()).toEqual({
    state: 'cancelled',
    reason: 'being pruned',
  })
  expect(world.sql.prepare('select sum(count) from mailing_counts').pluck().get()).toBe(count(world, 'messages'))
  const second = await go(world)
  expect(first.messages + second.messages).toBe(3_500)
  expect([names(world), count(world, 'messages')]).toEqual([[], 0])
})

test('recipients that were removed go when no message names them; acts of no mailing when they are old', async () => {
  const world = await openWorld('2022-06-01T00:00:00Z')
  mailing(world, 'old')
  mailing(world, 'new', { on: '2022-05-30', messages: messagesOf(1) })
  world.sql.exec(`
    update recipients set removed_at = 1;
    insert into recipient_tags (recipient_id, tag) values (1, 'vip'), (11, 'vip');
    insert into recipients (name, created_at, updated_at, removed_at) values ('lately', 1, 1, ${BEFORE});
    insert into recipients (name, created_at, updated_at) values ('there', 1, 1);
    insert into audit (at, who, what) values (5, 'a', 'everything held'), (${BEFORE}, 'a', 'everything released')`)
  expect(await go(world)).toMatchObject({ mailings: 1, recipients: 10, acts: 1 })
  expect(world.sql.prepare('select id from recipients').pluck().all()).toEqual([11, 12, 13]) // 11: the new mailing's
  expect(world.sql.prepare('select recipient_id from recipient_tags').pluck().all()).toEqual([11])
  expect(world.sql.prepare('select what from audit order by id').pluck().all()).toEqual([
    'everything released',
    'mailing pruned',
  ])
  expect(world.sql.pragma('foreign_key_check')).toEqual([])
})

test('what was done to somebody who is still there stays, and who blocked what still is blocked', async () => {
  const world = await openWorld('2022-06-01T00:00:00Z')
  world.add([{}, {}, {}])
  world.sql.exec(`
    update recipients set removed_at = 9 where id = 2;
    delete from recipients where id = 3;
    insert into blocked (address, at, who) values ('+79990000001', 6, 'olga');
    insert into audit (at, who, what, recipient_id, why) values
      (1, 'olga', 'recipient unsubscribed', 1, 'there: stays'),
      (2, 'olga', 'recipient subscribed again', 1, 'there: stays'),
      (3, 'olga', 'recipient unsubscribed', 2, 'removed: goes'),
      (4, 'olga', 'recipient unsubscribed', 3, 'nobody: goes'),
      (5, 'olga', 'addresses blocked', null, 'all unblocked since: goes'),
      (6, 'olga', 'addresses blocked', null, 'one still is: stays'),
      (6, 'olga', 'addresses unblocked', null, 'of others, in the same instant: goes')`)
  const kept = (): readonly unknown[] => world.sql.prepare('select why from audit order by id').pluck().all()
  const before = await planPrune(world, BEFORE)
  expect(before.leftovers).toEqual({ recipients: 1, acts: 3 }) // of the removed one: once it is gone
  expect(await go(world)).toMatchObject({ recipients: 1, acts: 4 })
  expect(kept()).toEqual(['there: stays', 'there: stays', 'one still is: stays'])
  world.sql.exec('delete from blocked; delete from recipients')
  expect(await go(world)).toMatchObject({ acts: 3 })
  expect(kept()).toEqual([])
})

test('nothing goes while something is in doubt since a restore', async () => {
  const world = await openWorld('2022-06-01T00:00:00Z')
  mailing(world, 'old')
  world.sql.exec('update installation set restored_to = 5')
  await expect(planPrune(world, BEFORE)).rejects.toMatchObject({ exit: 'state' })
})
