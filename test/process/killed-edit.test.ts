// An edit killed between two of its turns: nothing of it leaves, and the next command, whatever it is, brings it to its end.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clockShim } from '../support/binary.ts'
import { KILLED, killedAt, number, readDatabase } from '../support/fail-at.ts'
import { EVENING, openShop, TEN_IN_MOSCOW } from '../support/shop.ts'

test.each([['run-due'], ['mailings edit 1 --at 11:00 --yes --json']])(
  'killed in the middle, %s finishes it',
  async (next) => {
    const shop = await openShop()
    await shop.scheduleMany(1_500)
    const file = join(shop.folder, 'notify.db')
    const edit = ['mailings', 'edit', '1', '--at', '11:00', '--text', 'Later, {{ name }}', '--yes']
    expect((await killedAt('mid-edit:1', edit, shop.folder, clockShim(EVENING))).code).toBe(KILLED)
    expect(
      readDatabase(file, (db) => [
        number(db, "select count(*) from mailings where state = 'planning' and edit is not null"),
        number(db, 'select count(distinct send_at) from messages'),
      ]),
    ).toEqual([1, 2])
    const finished = await shop.run(next.split(' '), TEN_IN_MOSCOW)
    expect(finished.code, finished.stderr).toBe(0)
    expect(shop.got).toEqual([])
    expect(
      readDatabase(file, (db) => [
        number(
          db,
          "select count(*) from mailings where state = 'active' and at = '11:00' and text_no = 2 and edit is null",
        ),
        number(db, 'select count(distinct send_at) from messages'),
        number(db, "select count from mailing_counts where state = 'scheduled'"),
      ]),
    ).toEqual([1, 1, 1_500])
    const sent = await shop.run(['run-due', '--json'], '2021-10-22T08:00:00Z')
    expect(JSON.parse(sent.stdout)).toMatchObject({ sent: 1_500, failed: 0 })
    expect(new Set(shop.got.map(({ text }) => text.split(',')[0]))).toEqual(new Set(['Later']))
  },
)

test('an import is followed by the next pass', async () => {
  const shop = await openShop()
  await shop.scheduleMany(2)
  expect((await shop.run(['schedule', '--at', '10:00', '--text', 'Hello', '--follow'])).code).toBe(0)
  const more = await shop.run(
    ['import', 'suppliers', '-', '--quiet'],
    EVENING,
    'id,phone,name,zone\nX1,+79990000001,New,Asia/Omsk\n',
  )
  expect(more.code, more.stderr).toBe(0)
  expect((await shop.run(['run-due'])).code).toBe(0)
  expect(shop.states()).toEqual({ scheduled: 5 })
  expect((await shop.run(['mailings', 'show', '2'])).stdout).toContain(
    'everybody (who joins later too), by phone through sms',
  )
})
