// What the claim asks of each row: which text it goes with, whom nothing may be sent to, which hours hold, which key.
import { describe, expect, test } from 'vitest'
import { messageKey } from '../../src/domain/key.ts'
import { runDue } from '../../src/flow/run-due.ts'
import { asWorker } from '../../src/flow/worker.ts'
import { never, openWorld, scheduleUsual, type World } from '../support/world.ts'

const TEN_IN_MOSCOW = '2021-10-22T07:00:00Z'
const pass = (world: World) => asWorker(world, 'run-due', (id) => runDue(world, id, never))

const due = async (text: string, people = 2): Promise<World> => {
  const world = await openWorld()
  world.add(Array.from({ length: people }, (_, i) => ({ name: `Person ${i + 1}` })))
  await scheduleUsual(world, { text })
  world.clock.moveTo(TEN_IN_MOSCOW)
  return world
}

interface Row {
  readonly state: string
  readonly reason: string | null
  readonly text: string | null
  readonly text_no: number | null
  readonly due_at: number | null
}
const rows = (world: World) => world.sql.prepare('select * from messages order by id').all() as Row[]

/** As an edit of the text leaves the mailing. */
const edit = (world: World, text: string): void =>
  world.sql.transaction(() => {
    world.sql.exec('insert into mailing_texts select id, text_no, text from mailings')
    world.sql.prepare('update mailings set text = ?, text_no = text_no + 1').run(text)
  })()

/** The first person's message is put off, the second's is taken. */
const putOffTheFirst = async (world: World, kind: 'unknown' | 'unavailable' = 'unknown'): Promise<void> => {
  const [first] = world.sql.prepare('select phone from recipients order by id').pluck().all()
  world.sms.answer = ({ address }) =>
    address === first ? { kind, reason: 'no answer' } : { kind: 'accepted', ref: null }
  await pass(world)
  world.sms.answer = () => ({ kind: 'accepted', ref: null })
  world.clock.advance(3_600_000)
}

const texts = (world: World): readonly string[] => world.sms.got.map(({ text }) => text)

describe('the text of a mailing is edited', () => {
  test.each([
    ['the same for everybody', 'Old', 'New', 'Old'],
    ['filled in, and then the same for everybody', 'Old {{ name }}', 'New', 'Old Person 1'],
    ['the same for everybody, and then filled in', 'Old', 'New {{ name }}', 'Old'],
  ])('what was tried with the earlier one is repeated with it, for ever: %s', async (_, before, after, repeated) => {
    const world = await due(before)
    await putOffTheFirst(world)
    edit(world, after)
    await putOffTheFirst(world)
    edit(world, 'Newest')
    expect(await pass(world)).toMatchObject({ sent: 1 })
    const tries = world.sms.got.filter(({ address }) => address === '+79160000000')
    expect(tries.length).toBeGreaterThanOrEqual(3)
    expect(new Set(tries.map(({ key, text }) => `${key} ${text}`)).size).toBe(1)
    expect(tries[0]?.text).toBe(repeated)
    expect(texts(world).filter((text) => /New/.test(text))).toEqual([])
    expect(rows(world)[0]).toMatchObject({ state: 'sent', text_no: 1 })
  })

  test('what was not tried goes with the new one, and keeps its number', async () => {
    const world = await due('Old')
    edit(world, 'New')
    expect(await pass(world)).toMatchObject({ sent: 2 })
    expect(new Set(texts(world))).toEqual(new Set(['New']))
    expect(rows(world).map((row) => [row.text, row.text_no])).toEqual([
      [null, 2],
      [null, 2],
    ])
  })

  test('tried before texts had numbers: with the first', async () => {
    const world = await due('Old')
    await putOffTheFirst(world)
    world.sql.exec('update messages set text_no = null')
    edit(world, 'New')
    await pass(world)
    expect(texts(world).at(-1)).toBe('Old')
    expect(rows(world)[0]?.text_no).toBeNull()
  })

  test('claimed, and handed back before a byte of it left: with the new one', async () => {
    const world = await due('Old')
    const stop = new AbortController()
    world.sms.answer = () => {
      stop.abort()
      return { kind: 'accepted', ref: null }
    }
    const halted = { stop: stop.signal, abort: never.abort }
    const concurrency = { ...world.sms, concurrency: 1 }
    await asWorker(world, 'run-due', (id) => runDue({ ...world, gateway: async () => concurrency }, id, halted))
    expect(rows(world)[1]).toMatchObject({ state: 'scheduled', text_no: null })
    edit(world, 'New')
    world.sms.answer = () => ({ kind: 'accepted', ref: null })
    expect(await pass(world)).toMatchObject({ sent: 1 })
    expect(texts(world)).toEqual(['Old', 'New'])
  })
})

describe('who gets nothing, whatever was scheduled', () => {
  test.each([
    ['unsubscribed', 'update recipients set unsubscribed = 1 where id = 1'],
    ['recipient removed', 'update recipients set removed_at = 1, phone = null where id = 1'],
    ['blocked', "insert into blocked (address, at, who) select phone, 1, 'anna' from recipients where id = 1"],
  ])('%s', async (reason, sql) => {
    const world = await due('Hello')
    world.sql.exec(sql)
    expect(await pass(world)).toMatchObject({ sent: 1, skipped: 1 })
    expect(rows(world)[0]).toMatchObject({ state: 'skipped', reason })
    expect(rows(world)[1]).toMatchObject({ state: 'sent' })
  })

  test.each([
    ['unsubscribed', 'update recipients set unsubscribed = 1 where id = 1'],
    ['recipient removed', 'update recipients set removed_at = 1, phone = null where id = 1'],
    ['blocked', "insert into blocked (address, at, who) select phone, 1, 'anna' from recipients where id = 1"],
  ])('%s when it may have been taken: that is said too', async (reason, sql) => {
    const world = await due('Hello')
    await putOffTheFirst(world)
    world.sql.exec(sql)
    await pass(world)
    expect(rows(world)[0]).toMatchObject({ state: 'skipped', reason: `${reason}; it may have been taken before` })
  })

  test('blocked is the address of today, not the one that it was tried with', async () => {
    const world = await due('Hello')
    await putOffTheFirst(world, 'unavailable')
    world.sql.exec("update recipients set phone = '+79990000000' where id = 1")
    world.sql.exec("insert into blocked (address, at, who) values ('+79990000000', 1, 'anna')")
    expect(await pass(world)).toMatchObject({ sent: 0, skipped: 1 })
  })
})

describe('the address is another one than a message was tried at', () => {
  test.each([
    ['Hello', 'Hello'],
    ['Hello {{ name }}', 'Hello Person 1'],
  ])('never taken: it goes to the new one, with its text, under a key of its own: %s', async (text, words) => {
    const world = await due(text)
    await putOffTheFirst(world, 'unavailable')
    edit(world, 'New')
    const before = world.sms.got.length
    const old = world.sms.got.find(({ address }) => address === '+79160000000')
    world.sql.exec("update recipients set phone = '+79990000000' where id = 1")
    world.sms.answer = () => ({ kind: 'unavailable', reason: 'not yet' })
    await pass(world)
    world.clock.advance(3_600_000)
    world.sms.answer = () => ({ kind: 'accepted', ref: null })
    expect(await pass(world)).toMatchObject({ sent: 1 })
    const tries = world.sms.got.slice(before)
    expect(tries.length).toBeGreaterThan(1)
    expect(tries.every((each) => each.address === '+79990000000' && each.text === words)).toBe(true)
    expect(new Set(tries.map(({ key }) => key)).size).toBe(1)
    expect(tries[0]?.key).not.toBe(old?.key)
  })

  test('perhaps taken: nothing goes to either before a person has decided', async () => {
    const world = await due('Hello')
    await putOffTheFirst(world)
    const before = world.sms.got.length
    world.sql.exec("update recipients set phone = '+79990000000' where id = 1")
    await pass(world)
    expect(world.sms.got).toHaveLength(before)
    expect(rows(world)[0]).toMatchObject({
      state: 'unknown',
      reason: 'it may have been taken at the address that its recipient had before',
    })
  })

  test('there is none any more: skipped', async () => {
    const world = await due('Hello')
    await putOffTheFirst(world, 'unavailable')
    world.sql.exec("update recipients set phone = null, email = 'a@example.com' where id = 1")
    expect(await pass(world)).toMatchObject({ sent: 0, skipped: 1 })
    expect(rows(world)[0]).toMatchObject({ state: 'skipped', reason: 'no address' })
  })
})

describe('a text that says nothing', () => {
  const BLANKS = [
    '',
    '   ',
    '\n\t',
    '\u00a0',
    '\u200b\u200d\ufeff',
    '\u2060\u00ad',
    '\u3164',
    '\u2800',
    '\u{e0020}',
    '\u202e',
  ]

  test('is not sent to whom it says nothing; everybody else gets theirs', async () => {
    const world = await openWorld()
    world.add([...BLANKS, '.', 'Анна', '👍'].map((name) => ({ name })))
    await scheduleUsual(world, { text: ' {{ name }}\n' })
    world.clock.moveTo(TEN_IN_MOSCOW)
    expect(await pass(world)).toMatchObject({ sent: 3, skipped: BLANKS.length })
    expect(texts(world)).toEqual([' .\n', ' Анна\n', ' 👍\n'])
    expect(rows(world)[0]).toMatchObject({ state: 'skipped', reason: 'no text', text: null })
  })

  test('nor is one that an earlier version froze and tried: that it may have been taken is said', async () => {
    const world = await due('{{ name }}', 1)
    await putOffTheFirst(world)
    world.sql.exec("update messages set text = '  '")
    expect(await pass(world)).toMatchObject({ sent: 0, skipped: 1 })
    expect(rows(world)[0]).toMatchObject({ reason: 'no text; it may have been taken before' })
  })
})

describe('an operator said now', () => {
  test('the hours of the mailing do not hold, before and after a try; its end does', async () => {
    const world = await due('Hello', 3)
    world.sql.exec('update messages set any_hour = 1 where id in (1, 2)')
    world.clock.moveTo('2021-10-22T20:00:00Z') // 23:00 in Moscow
    world.sms.answer = ({ address }) =>
      address.endsWith('0') ? { kind: 'unavailable', reason: 'busy' } : { kind: 'accepted', ref: null }
    expect(await pass(world)).toMatchObject({ sent: 1, retried: 1 })
    expect(rows(world).map(({ state }) => state)).toEqual(['scheduled', 'sent', 'scheduled'])
    expect(rows(world)[0]?.due_at).toBeLessThan(Date.parse('2021-10-22T21:00:00Z'))
    expect(rows(world)[2]?.due_at).toBe(Date.parse('2021-10-23T07:00:00Z'))
    world.clock.moveTo('2021-11-22T20:00:00Z')
    await pass(world)
    expect(rows(world).map(({ state }) => state)).toEqual(['expired', 'sent', 'expired'])
  })
})

test('a second effect that an operator wants has a key of its own', async () => {
  const world = await due('Hello')
  world.sql.exec('update messages set resend = 2 where id = 1')
  await pass(world)
  const { store } = world
  const parts = { installationId: store.installationId, mailingUid: 'uid-of-the-usual-mailing' }
  const keys = world.sms.got.map(({ key }) => key)
  expect(keys).toContain(messageKey({ ...parts, recipientKey: '1:1', resend: 2 }).key)
  expect(keys).toContain(messageKey({ ...parts, recipientKey: '2:1', resend: 0 }).key)
})
