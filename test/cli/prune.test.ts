// notify prune: what it asks, what it says, and that it does nothing without a yes.
import { expect, test } from 'vitest'
import { fakeCli } from '../support/cli.ts'
import { insertMailing } from '../support/rows.ts'
import { openWorld } from '../support/world.ts'

const shop = async (more: { readonly tty?: boolean; readonly typed?: string } = {}) => {
  const world = await openWorld('2022-06-01T00:00:00Z')
  insertMailing(
    { db: world.sql, clock: world.clock, write: async (body) => body() },
    { name: 'autumn', state: 'done', messages: [{ zone: 'Europe/Moscow', state: 'sent', count: 3 }] },
  )
  const messages = (): unknown => world.sql.prepare('select count(*) from messages').pluck().get()
  return { ...fakeCli({ store: world.store, clock: world.clock, ...more }), messages }
}

test('a dry run says what would go, and changes nothing', async () => {
  const { run, messages } = await shop()
  const { code, out } = await run('prune', '--older-than', '180d', '--dry-run')
  expect([code, out]).toEqual([
    0,
    'Dry run: 1 mailing with 3 messages older than 2021-12-03 03:00 Europe/Moscow would go.\n',
  ])
  expect(messages()).toBe(3)
})

test('it says what it deleted, how much room there is, and that the file stays as large', async () => {
  const { run, messages } = await shop()
  const { code, out } = await run('prune', '--older-than', '180d', '--yes')
  expect(code).toBe(0)
  expect(out).toMatch(
    /^Pruned 1 mailing with 3 messages, 0 removed recipients, 0 lone acts: \d+\.\d MiB of the file are free for new rows \(the file itself does not shrink\)\.\n$/,
  )
  expect(messages()).toBe(0)
  expect((await run('prune', '--older-than', '180d')).out).toBe(
    'Nothing is older than 2021-12-03 03:00 Europe/Moscow.\n',
  )
})

test('for programs it answers in JSON', async () => {
  const { run } = await shop()
  expect(JSON.parse((await run('prune', '--older-than', '180d', '--yes', '--json')).out)).toEqual({
    dryRun: false,
    before: '2021-12-03T00:00:00Z',
    mailings: 1,
    messages: 3,
    recipients: 0,
    acts: 0,
    freedBytes: expect.any(Number),
  })
})

test.each([
  ['nobody can be asked', {}, [], 2],
  ['the answer is no', { tty: true, typed: 'n\n' }, [], 8],
  ['the time is shorter than a day', {}, ['--older-than', '23h', '--yes'], 2],
  ['no time is given', {}, ['--yes', '--older-than'], 2],
])('nothing goes where %s', async (_, surroundings, args, expected) => {
  const { run, messages } = await shop(surroundings)
  const { code } = await run('prune', ...(args.length === 0 ? ['--older-than', '180d'] : args))
  expect([code, messages()]).toEqual([expected, 3])
})
