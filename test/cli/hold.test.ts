// notify hold and release: what they say, and what cron hears of a hold.
import { copyFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSafe, type Safe } from '../support/safe.ts'

const withSpring = async (): Promise<Safe> => {
  const safe = await openSafe()
  safe.insert({
    name: 'spring',
    messages: [
      { zone: 'Europe/Moscow', state: 'scheduled', count: 1_200 },
      { zone: 'Europe/Kaliningrad', state: 'scheduled', count: 30 },
      { zone: 'America/New_York', state: 'scheduled', count: 4 },
      { zone: 'Asia/Yakutsk', state: 'sent', count: 5 },
    ],
  })
  return safe
}

const audit = (safe: Safe): unknown[] => safe.sql((db) => db.prepare('select who, what, why from audit').all())

test('hold says what waits; once more it says who did it before; release lets it go, twice without harm', async () => {
  const safe = await withSpring()
  expect(await safe.run('hold', '--reason', 'wrong price')).toEqual({
    code: 0,
    out: 'Held everything: 1234 messages, 1230 of them due now, wait. What is in flight finishes.\n',
    err: '',
  })
  const again = await safe.run('hold', '--reason', 'another')
  expect(again).toMatchObject({
    code: 0,
    out: 'Everything was held already, by olga since 2021-10-22 11:00 Europe/Moscow: wrong price. 1234 messages, 1230 of them due now, wait.\n',
  })
  expect((await safe.run('release')).out).toBe('Released everything: 1234 messages, 1230 of them due now, go on.\n')
  expect(await safe.run('release')).toMatchObject({
    code: 0,
    out: 'Nothing was held: 1234 messages, 1230 of them due now, go on.\n',
  })
  expect(audit(safe)).toEqual([
    { who: 'olga', what: 'everything held', why: 'wrong price' },
    { who: 'olga', what: 'everything released', why: null },
  ])
})

test('for programs: what holds, and what waits', async () => {
  const safe = await withSpring()
  expect(JSON.parse((await safe.run('hold', '--json')).out)).toEqual({
    held: { at: '2021-10-22T08:00:00Z', by: 'olga', why: null },
    waiting: 1_234,
    due: 1_230,
    inHand: 0,
  })
  expect(JSON.parse((await safe.run('release', '--json')).out)).toMatchObject({ held: null, waiting: 1_234 })
  expect((await safe.run('hold', '--quiet')).out).toBe('')
})

test('on a terminal the next step is named', async () => {
  const safe = await withSpring()
  expect((await safe.type('', 'hold')).err).toContain('Next: notify release')
  expect((await safe.type('', 'release')).err).toContain('Next: notify stats')
})

test('a hold is not forgotten: whoever looks at how things stand is told of it', async () => {
  const safe = await withSpring()
  await safe.run('hold', '--reason', 'wrong price')
  for (const words of [['stats'], ['mailings']])
    expect((await safe.run(...words)).err).toMatch(
      /^Everything is held by .*: wrong price\. To let it go on: notify release\n/,
    )
  await safe.run('release')
  expect((await safe.run('stats')).err).not.toContain('held')
})

test('an operator held it: run-due sends nothing, and is silent', async () => {
  const safe = await withSpring()
  await safe.run('hold')
  expect(await safe.run('run-due')).toEqual({ code: 0, out: '', err: '' })
})

test('a copy: told once, then once an hour, with 6; and once when it is released', async () => {
  const safe = await openSafe()
  expect(await safe.run('run-due')).toEqual({ code: 0, out: '', err: '' }) // the file that sends
  copyFileSync(safe.file, join(safe.folder, 'copy.db'))
  renameSync(safe.file, join(safe.folder, 'original.db'))
  renameSync(join(safe.folder, 'copy.db'), safe.file)
  const told = `notify: everything is held: the file was copied or moved: it is not the one that sent from ${safe.file} before
If this is the file that is to send, and no other copy of it does: notify release.
`
  expect(await safe.run('run-due')).toEqual({ code: 6, out: '', err: told })
  safe.clock.advance(30 * 60_000)
  expect(await safe.run('run-due')).toEqual({ code: 6, out: '', err: '' })
  safe.clock.advance(31 * 60_000)
  expect(await safe.run('run-due', '--complain-every', '1h')).toEqual({ code: 6, out: '', err: told })
  expect((await safe.run('release')).out).toBe(
    `Released everything: 0 messages go on.
From now on ${safe.file} sends. Make sure that the file that sent before does not.
`,
  )
  expect(await safe.run('run-due')).toEqual({ code: 0, out: '', err: 'notify: nothing is held any more\n' })
  expect(await safe.run('run-due')).toEqual({ code: 0, out: '', err: '' })
})

test('an account that is called like the program is no program', async () => {
  const safe = await openSafe()
  const store = await safe.open()
  const { operatorAct } = await import('../../src/cli/actions/operator-act.ts')
  const { who } = operatorAct({ env: { USER: 'notify' }, clock: safe.clock }, undefined)
  expect((await store.hold({ at: 1, who, why: null })).by).toBe('user notify')
  expect(await safe.run('run-due')).toMatchObject({ code: 0, err: '' })
})
