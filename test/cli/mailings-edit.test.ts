// notify mailings edit and replan: what they show, ask, say and answer.
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { type FakeCliOptions, fakeCli } from '../support/cli.ts'
import { openWorld, scheduleUsual } from '../support/world.ts'

const openEdit = async (options: Partial<FakeCliOptions> = {}, approval = false) => {
  const world = await openWorld()
  world.add([{ zone: 'Asia/Yakutsk' }, { zone: 'Europe/Moscow' }, { zone: 'Europe/Moscow' }])
  world.sql.exec("insert into recipient_tags values (1, 'vip'), (2, 'vip')")
  await scheduleUsual(world)
  const { store, clock, witness } = world
  const app = { config: { approval } as App['config'], witness }
  return { world, ...fakeCli({ store, clock, app, env: { LANG: 'C.UTF-8', USER: 'olga' }, ...options }) }
}

const EDITED = `  name      2021-10-22 10:00 -> 2021-10-22 11:30
  hour      10:00 -> 11:30
  ends      2021-10-25 10:00 Europe/Moscow -> 2021-10-25 11:30 Europe/Moscow

ZONE           FROM              TO                Europe/Moscow     MESSAGES
Asia/Yakutsk   2021-10-22 10:00  2021-10-22 11:30  2021-10-22 05:30         1
Europe/Moscow  2021-10-22 10:00  2021-10-22 11:30  2021-10-22 11:30         2

`

test('off a terminal it shows the difference, and does it', async () => {
  const { world, run } = await openEdit()
  expect(await run('mailings', 'edit', '1', '--at', '11:30', '--reason', 'later', '--yes')).toEqual({
    code: 0,
    out: `${EDITED}Edited mailing 1 "2021-10-22 11:30": 3 messages move.\n`,
    err: '',
  })
  expect(world.sql.prepare('select who, what, why from audit').raw().all()).toEqual([
    ['olga', 'mailing edited', 'later'],
  ])
  expect((await run('mailings', 'edit', '1', '--at', '11:30')).out).toBe(
    'Nothing to change: mailing 1 "2021-10-22 11:30" says so already.\n',
  )
})

test('a dry run says the same and changes nothing', async () => {
  const { world, run } = await openEdit()
  const { out } = await run('mailings', 'edit', '1', '--at', '11:30', '--dry-run')
  expect(out).toBe(`${EDITED}Dry run: would edit mailing 1 "2021-10-22 11:30": 3 messages move.\n`)
  const json = JSON.parse((await run('mailings', 'edit', '1', '--at', '11:30', '-n', '--json')).out)
  expect(json).toMatchObject({ dryRun: true, moved: 3, untouched: 0 })
  expect(world.sql.prepare('select at from mailings').pluck().all()).toEqual(['10:00'])
  expect(world.sql.prepare('select count(*) from audit').pluck().get()).toBe(0)
})

test('--json answers before, after and what moved', async () => {
  const { run } = await openEdit()
  const { out } = await run('mailings', 'edit', '1', '--tag', 'vip', '--text', 'Hello', '--json', '--yes')
  const before = {
    name: '2021-10-22 10:00',
    text: 'Good morning',
    at: '10:00',
    on: '2021-10-22',
    until: '21:00',
    expiresAt: '2021-10-25T07:00:00Z',
  }
  expect(JSON.parse(out)).toMatchObject({
    mailing: { id: '1', state: 'active', name: before.name },
    before: { ...before, audience: { tags: [] } },
    after: { ...before, text: 'Hello', audience: { tags: ['vip'] } },
    moved: 0,
    joined: 0,
    left: 1,
    untouched: 0,
    zones: [],
    notes: [],
  })
  const back = JSON.parse(
    (await run('mailings', 'edit', '1', '--everybody', '--on', '2021-10-23', '--json', '--yes')).out,
  )
  expect(back).toMatchObject({
    joined: 1,
    moved: 2,
    zones: [
      { zone: 'Asia/Yakutsk', count: 1, from: '2021-10-22T01:00:00Z', sendAt: '2021-10-23T01:00:00Z' },
      { zone: 'Europe/Moscow', count: 1, from: '2021-10-22T07:00:00Z', sendAt: '2021-10-23T07:00:00Z' },
    ],
  })
})

test.each([
  ['y\n', 0, '11:30'],
  ['ДА\n', 0, '11:30'],
  ['д\n', 0, '11:30'],
  ['нет\n', 8, '10:00'],
  ['\n', 8, '10:00'],
])('on a terminal it asks; to %j it exits with %i', async (typed, code, at) => {
  const { world, run } = await openEdit({ tty: true, typed })
  const ran = await run('mailings', 'edit', '1', '--at', '11:30')
  expect(ran.code).toBe(code)
  expect(stripVTControlCharacters(ran.err)).toContain(
    'Would edit mailing 1 "2021-10-22 11:30": 3 messages move.\nChange it? [y/N] ',
  )
  expect(world.sql.prepare('select at from mailings').pluck().all()).toEqual([at])
})

test('where a second person is demanded, it waits for approval anew, and not by whom changed it', async () => {
  const { world, run } = await openEdit({}, true)
  world.sql.exec("update mailings set approved_by = 'ivan'")
  const { out } = await run('mailings', 'edit', '1', '--text', 'Hello', '--yes')
  expect(out).toContain('Edited mailing 1 "2021-10-22 10:00". It waits for approval again.')
  expect(world.sql.prepare('select state, created_by, approved_by from mailings').raw().all()).toEqual([
    ['proposed', 'olga', null],
  ])
  expect((await run('mailings', 'approve', '1', '--yes')).code).toBe(6)
})

test.each([
  [[], 2, 'nothing is to be changed'],
  [['--text', 'Hi {{ nam }}'], 2, 'Did you mean {{ name }}?'],
  [['--at', '25:00'], 2, '--at "25:00" is not a time of day'],
  [['--text', ''], 2, 'the text is blank; nothing is changed'],
  [['--name', '2'], 2, '--name "2" is no name of a mailing'],
  [['--until', '09:00'], 2, '--until 09:00 closes before --at 10:00 opens'],
  [['--on', 'someday'], 2, '--on "someday" is not a date'],
  [['--expires', '2021-10-20T10:00:00Z'], 2, 'is not after the last planned send'],
  [
    ['--on', '2021-10-21', '--if-past', 'fail'],
    4,
    '10:00 on 2021-10-21 is already past in Asia/Yakutsk (1), Europe/Moscow (2)',
  ],
])('edit %j: exit %i', async (flags, code, said) => {
  const { world, run } = await openEdit()
  const ran = await run('mailings', 'edit', '1', ...flags, '--yes')
  expect(ran.code).toBe(code)
  expect(ran.err).toContain(said)
  expect(world.sql.prepare('select count(*) from audit').pluck().get()).toBe(0)
})

test('an unknown mailing: exit 5; one that is done: exit 6', async () => {
  const { world, run } = await openEdit()
  expect((await run('mailings', 'edit', 'spring', '--at', '11:00')).code).toBe(5)
  world.sql.exec("update mailings set state = 'done'")
  const { code, err } = await run('mailings', 'edit', '1', '--at', '11:00')
  expect(code).toBe(6)
  expect(err).toContain('mailing 1 "2021-10-22 10:00" is done: it cannot be edited')
})

test('replan without a mailing looks at all that wait, shows what moves and moves it', async () => {
  const { world, run } = await openEdit()
  await scheduleUsual(world, { uid: 'b', name: 'Осень', at: '12:00' })
  expect((await run('mailings', 'replan')).out).toBe('Nothing to move in 2 mailings.\n')
  world.sql.exec(
    "update recipients set zone = 'Asia/Chita' where id = 1; update recipients set zone = 'Asia/Omsk' where id = 2",
  )
  world.sql.exec("update mailings set state = 'done' where id = 2")
  const moves = `Mailing 1 "2021-10-22 10:00"
  Asia/Yakutsk -> Asia/Chita: 1 message, 2021-10-22 10:00 (+09) -> 2021-10-22 10:00 (+09)
  Europe/Moscow -> Asia/Omsk: 1 message, 2021-10-22 10:00 (+03) -> 2021-10-22 10:00 (+06)
`
  expect((await run('mailings', 'replan', '--dry-run')).out).toBe(
    `${moves}Dry run: would move 2 messages of 1 mailing.\n`,
  )
  const json = JSON.parse((await run('mailings', 'replan', '1', '-n', '--json')).out)
  expect(json).toMatchObject({
    dryRun: true,
    mailings: [
      {
        mailing: { id: '1', state: 'active' },
        moved: [
          {
            fromZone: 'Asia/Yakutsk',
            toZone: 'Asia/Chita',
            count: 1,
            from: '2021-10-22T01:00:00Z',
            to: '2021-10-22T01:00:00Z',
          },
          {
            fromZone: 'Europe/Moscow',
            toZone: 'Asia/Omsk',
            count: 1,
            from: '2021-10-22T07:00:00Z',
            to: '2021-10-22T04:00:00Z',
          },
        ],
        total: 2,
        joined: 0,
        left: 0,
        notes: [],
      },
    ],
  })
  expect((await run('mailings', 'replan', '--reason', 'new law', '--yes')).out).toBe(
    `${moves}Moved 2 messages of 1 mailing.\n`,
  )
  expect(world.sql.prepare('select who, what, why, mailing_id from audit').raw().all()).toEqual([
    ['olga', 'mailing replanned', 'new law', 1],
  ])
  expect((await run('mailings', 'replan', '2')).code).toBe(6)
})

test('where nobody can be asked, an edit and a replan want --yes', async () => {
  const { world, run } = await openEdit()
  const edit = await run('mailings', 'edit', '1', '--at', '11:30')
  expect(edit.code).toBe(2)
  expect(edit.err).toContain('Would edit mailing 1 "2021-10-22 11:30": 3 messages move.')
  expect(edit.err).toContain('say --yes to do it')
  expect((await run('mailings', 'edit', '1', '--at', '11:30', '--json')).code).toBe(2)
  world.sql.exec("update recipients set zone = 'Asia/Omsk' where id = 2")
  expect((await run('mailings', 'replan')).code).toBe(2)
  expect(world.sql.prepare("select count(*) from messages where zone = 'Asia/Omsk'").pluck().get()).toBe(0)
  expect(world.sql.prepare('select at from mailings').pluck().all()).toEqual(['10:00'])
})

test('replan asks on a terminal', async () => {
  const { world, run } = await openEdit({ tty: true, typed: 'n\n' })
  world.sql.exec("update recipients set zone = 'Asia/Omsk' where id = 2")
  const { code, err } = await run('mailings', 'replan')
  expect(code).toBe(8)
  expect(stripVTControlCharacters(err)).toContain('Would move 1 message of 1 mailing.\nMove them? [y/N] ')
  expect(world.sql.prepare("select count(*) from messages where zone = 'Asia/Omsk'").pluck().get()).toBe(0)
})
