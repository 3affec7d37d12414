// notify retry: once more, only to those who did not get it. Told by the keys that the gateway sees.
import { describe, expect, test } from 'vitest'
import type { Reply } from '../../src/domain/outcome.ts'
import type { Outgoing } from '../../src/gateway/gateway.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { type ScriptedGateway, scriptedGateway } from '../support/world.ts'

const TEN = '2021-10-22T07:00:00Z'
const REFUSED: Reply = { kind: 'refused', reason: 'Нет денег на счёте' }
const NO_ANSWER: Reply = { kind: 'unknown', reason: 'no answer' }

/** Three people in Moscow; the gateway answers this to the first, and takes the others. */
const morning = async (
  first: Reply,
  ...flags: readonly string[]
): Promise<Desk & { readonly mail: ScriptedGateway }> => {
  const mail = scriptedGateway('mail', { honoursKey: false, onUnknown: 'hold' })
  const desk = await openDesk({}, [mail])
  const { world } = desk
  world.add([{ name: 'Anna' }, { name: 'Boris' }, { name: 'Clara' }])
  await desk.run('schedule', '--at', '10:00', '--text', 'Good morning, {{ name }}!', ...flags)
  for (const gateway of [world.sms, mail])
    gateway.answer = ({ text }) => (text.includes('Anna') ? first : { kind: 'accepted', ref: null })
  world.clock.moveTo(TEN)
  await desk.pass()
  return { ...desk, mail }
}

/** The gateway takes everything from now on. */
const mended = (way: ScriptedGateway): readonly Outgoing[] => {
  way.answer = () => ({ kind: 'accepted', ref: null })
  return way.got
}

const row = ({ world }: Desk): unknown =>
  world.sql.prepare('select state, attempts, resend, doubt_since as doubtSince from messages where id = 1').get()
const counts = ({ world }: Desk): unknown =>
  Object.fromEntries(
    world.sql.prepare('select state, count from mailing_counts where count <> 0').raw().all() as [string, number][],
  )
const audit = ({ world }: Desk): unknown[] =>
  world.sql.prepare('select who, what, why, mailing_id as mailing, detail from audit').all()
const details = ({ world }: Desk): unknown[] =>
  (world.sql.prepare('select detail from audit').pluck().all() as string[]).map((detail) => JSON.parse(detail))

describe('refused for ever', () => {
  test('it goes out with a new key, as it is rendered now, and nobody else gets anything', async () => {
    const desk = await morning(REFUSED)
    expect(desk.world.states()).toEqual({ failed: 1, sent: 2 })
    const got = mended(desk.world.sms)
    desk.world.sql.exec("update recipients set name = 'Anna Petrovna', phone = '+79990000001' where id = 1")
    const said = await desk.run('retry', '1', '--reason', 'the account is filled up')
    expect(said).toEqual({
      code: 0,
      out: '1 message of mailing 1 "2021-10-22 10:00" (1 failed) will be sent once more, between 10:00 and 21:00 on their clocks, until 2021-10-25 10:00 Europe/Moscow.\n',
      err: '',
    })
    await desk.pass()
    expect(desk.world.states()).toEqual({ sent: 3 })
    expect(counts(desk)).toEqual({ sent: 3 })
    expect(got).toHaveLength(4)
    const [first, again] = [got.find(({ text }) => text.includes('Anna!')), got[3]]
    expect(again).toMatchObject({ text: 'Good morning, Anna Petrovna!', address: '+79990000001' })
    expect(again?.key).not.toBe(first?.key)
    expect(again?.keyNumber).not.toBe(first?.keyNumber)
    expect(row(desk)).toMatchObject({ state: 'sent', attempts: 2, resend: 1 })
    expect(audit(desk)).toEqual([
      {
        who: 'olga',
        what: 'messages retried',
        why: 'the account is filled up',
        mailing: 1,
        detail: '{"states":["failed"],"state":["done","active"],"count":1}',
      },
    ])
  })

  test('each further retry has a key of its own', async () => {
    const desk = await morning(REFUSED)
    for (const hour of [11, 12]) {
      desk.world.clock.moveTo(`2021-10-22T${hour}:00:00Z`)
      expect(await desk.json('retry', '1')).toMatchObject({ retried: 1 })
      await desk.pass()
    }
    const keys = desk.world.sms.got.filter(({ text }) => text.includes('Anna')).map(({ key }) => key)
    expect(new Set(keys).size).toBe(3)
  })

  test('what was once sent now, at night, is not sent at night by a retry', async () => {
    const desk = await openDesk()
    desk.world.add([{ name: 'Anna' }])
    await desk.run('schedule', '--at', '10:00', '--text', 'Good morning, {{ name }}!')
    desk.world.sms.answer = () => REFUSED
    await desk.run('messages', 'send-now', '1', '--yes') // ten to ten in the evening
    await desk.pass()
    expect(desk.world.states()).toEqual({ failed: 1 })
    const got = mended(desk.world.sms)
    desk.world.clock.moveTo('2021-10-23T00:00:00Z') // three in the night
    expect((await desk.run('retry', '1')).out).toContain('between 10:00 and 21:00 on their clocks')
    await desk.pass()
    expect(got).toHaveLength(1)
    desk.world.clock.moveTo('2021-10-23T07:00:00Z')
    await desk.pass()
    expect(got).toHaveLength(2)
  })

  test('late: it waits for the hours of the mailing', async () => {
    const desk = await morning(REFUSED)
    const got = mended(desk.world.sms)
    desk.world.clock.moveTo('2021-10-22T19:00:00Z') // ten in the evening in Moscow
    await desk.run('retry', '1')
    await desk.pass()
    expect(got).toHaveLength(3)
    desk.world.clock.moveTo('2021-10-23T07:00:00Z')
    await desk.pass()
    expect(got).toHaveLength(4)
  })
})

describe('unknown', () => {
  const held = () => morning(NO_ANSWER, '--gateway', 'mail')

  test('where the key is remembered: the same key and the same bytes, without a question', async () => {
    const desk = await morning(NO_ANSWER)
    desk.world.sql.exec("update messages set state = 'unknown', due_at = null, settled_at = 1634886000000 where id = 1")
    const got = mended(desk.world.sms)
    desk.world.sql.exec("update recipients set name = 'Anna Petrovna' where id = 1")
    desk.world.clock.moveTo('2021-10-22T08:00:00Z')
    expect(await desk.json('retry', '1', '--state', 'unknown')).toMatchObject({
      retried: 1,
      byState: { failed: 0, unknown: 1, expired: 0 },
      sameKey: 1,
      forgotten: 0,
      dryRun: false,
    })
    await desk.pass()
    expect(desk.world.states()).toEqual({ sent: 3 })
    const tries = got.filter(({ text }) => text.includes('Anna'))
    expect(new Set(tries.map(({ key, text, address }) => key + text + address)).size).toBe(1)
    expect(tries.length).toBeGreaterThan(1)
    expect(row(desk)).toMatchObject({ resend: 0, doubtSince: Date.parse(TEN) })
  })

  test('where it is forgotten nothing is retried; --as-new says what it does, and does it', async () => {
    const desk = await morning(NO_ANSWER)
    desk.world.sql.exec("update messages set state = 'unknown', due_at = null, settled_at = 1634886000000 where id = 1")
    const got = mended(desk.world.sms)
    const before = got.length
    desk.world.clock.moveTo('2021-10-23T08:00:00Z')
    const left = await desk.run('retry', '1', '--state', 'unknown')
    expect(left.code).toBe(0)
    expect(left.out).toBe(
      'Nothing to retry in mailing 1 "2021-10-22 10:00".\n1 message may have arrived, and the gateway has forgotten the keys by now: left as they are. With --as-new they are sent, and whoever got it gets it twice.\n',
    )
    expect(audit(desk)).toEqual([])
    const asked = await desk.type('\n', 'retry', '1', '--state', 'unknown', '--as-new')
    expect(asked.code).toBe(8)
    expect(asked.err).toContain('may have arrived already, and they get new keys: whoever got it gets it twice.')
    expect(await desk.run('retry', '1', '--state', 'unknown', '--as-new')).toMatchObject({ code: 2 })
    expect(desk.world.states()).toMatchObject({ unknown: 1 })
    expect(await desk.run('retry', '1', '--state', 'unknown', '--as-new', '--yes')).toMatchObject({ code: 0 })
    await desk.pass()
    expect(new Set(got.filter(({ text }) => text.includes('Anna')).map(({ key }) => key)).size).toBe(2)
    expect(got).toHaveLength(before + 1)
    expect(row(desk)).toMatchObject({ state: 'sent', resend: 1, doubtSince: null })
  })

  test('where keys mean nothing it may be a second effect: it asks', async () => {
    const desk = await held()
    expect(desk.world.states()).toEqual({ unknown: 1, sent: 2 })
    const got = mended(desk.mail)
    const asked = await desk.type('n\n', 'retry', '1', '--state', 'unknown')
    expect(asked.code).toBe(8)
    expect(asked.err).toContain(
      '1 message of mailing 1 "2021-10-22 10:00" may have arrived already, and gateway "mail" does not honour keys: whoever got it gets it twice.',
    )
    expect(await desk.run('retry', '1', '--state', 'unknown', '--yes')).toMatchObject({ code: 0 })
    await desk.pass()
    expect(new Set(got.filter(({ text }) => text.includes('Anna')).map(({ key }) => key)).size).toBe(1)
    expect(desk.world.states()).toEqual({ sent: 3 })
  })
})

describe('expired', () => {
  const late = async (): Promise<Desk> => {
    const desk = await openDesk()
    desk.world.add([{}, { zone: 'Asia/Yakutsk' }])
    await desk.run('schedule', '--at', '10:00', '--text', 'Hello', '--expires', '2h')
    desk.world.clock.moveTo('2021-10-24T07:00:00Z') // nothing ran for two days
    await desk.pass()
    await desk.pass()
    expect(desk.world.states()).toEqual({ expired: 2 })
    return desk
  }

  test('a mailing that is over becomes active again, for three days, and its end is in the audit', async () => {
    const desk = await late()
    expect(await desk.json('mailings', 'show', '1')).toMatchObject({ state: 'done', expiresAt: '2021-10-22T09:00:00Z' })
    expect(await desk.json('retry', '1', '--state', 'expired')).toMatchObject({
      mailing: { id: '1', state: 'active', expiresAt: '2021-10-27T07:00:00Z' },
      retried: 2,
      byState: { failed: 0, unknown: 0, expired: 2 },
    })
    await desk.pass()
    expect(desk.world.states()).toEqual({ sent: 2 })
    expect(details(desk)).toMatchObject([
      { state: ['done', 'active'], expiresAt: [Date.parse('2021-10-22T09:00:00Z'), expect.any(Number)] },
    ])
    await desk.pass()
    expect(await desk.json('mailings', 'show', '1')).toMatchObject({ state: 'done' })
  })

  test('--expires says when to give up this time', async () => {
    const desk = await late()
    expect(await desk.json('retry', '1', '--state', 'expired', '--expires', '90m')).toMatchObject({
      mailing: { expiresAt: '2021-10-24T08:30:00Z' },
    })
    expect(await desk.run('retry', '1', '--expires', '2021-10-20T10:00:00Z')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--expires 2021-10-20T10:00:00Z is past'),
    })
  })

  test('a dry run counts, and writes nothing', async () => {
    const desk = await late()
    expect((await desk.run('retry', '1', '--state', 'expired', '--dry-run')).out).toBe(
      'Dry run: 2 messages of mailing 1 "2021-10-22 10:00" (2 expired) would be sent once more.\n',
    )
    expect([desk.world.states(), audit(desk)]).toEqual([{ expired: 2 }, []])
  })
})

describe('who is meant', () => {
  const many = async (): Promise<Desk> => {
    const desk = await morning(REFUSED)
    const { sql } = desk.world
    desk.world.add(Array.from({ length: 2_500 }, () => ({})))
    sql.exec(`insert into messages (mailing_id, recipient_id, zone, send_at, state, reason, attempts, settled_at)
      select 1, id, zone, 1634886000000, iif(id % 2, 'failed', 'unknown'), 'no such number', 1, 1634886000000
      from recipients where id > 3`)
    sql.exec(
      `delete from mailing_counts; insert into mailing_counts select mailing_id, state, count(*) from messages group by 1, 2`,
    )
    return desk
  }

  test('some thousands go in turns, each once, with one audit row', async () => {
    const desk = await many()
    expect(await desk.json('retry', '1')).toMatchObject({ retried: 1_251, byState: { failed: 1_251 } })
    expect(desk.world.states()).toEqual({ sent: 2, scheduled: 1_251, unknown: 1_250 })
    expect(counts(desk)).toEqual({ sent: 2, scheduled: 1_251, unknown: 1_250 })
    expect(details(desk)).toEqual([{ states: ['failed'], state: ['done', 'active'], count: 1_251 }])
  })

  test('by reason, by address, and no more than so many', async () => {
    const desk = await many()
    const retried = async (...flags: readonly string[]): Promise<unknown> => desk.json('retry', '1', '-n', ...flags)
    expect(await retried('--error', 'ДЕНЕГ')).toMatchObject({ retried: 1 })
    expect(await retried('--error', '%')).toMatchObject({ retried: 0 })
    expect(await retried('--to', '8 (916) 000-00-00')).toMatchObject({ retried: 1 })
    expect(await retried('--to', '+79031234567')).toMatchObject({ retried: 0 })
    expect(await retried('--limit', '1100')).toMatchObject({ retried: 1_100 })
    expect(await retried('--state', 'failed', '--state', 'unknown', '--limit', '1300')).toMatchObject({
      retried: 1_300,
      byState: { failed: 1_251, unknown: 49 },
    })
    expect(await desk.run('retry', '1', '--to', 'somebody')).toMatchObject({ code: 2 })
    expect(await desk.run('retry', '1', '--state', 'sent')).toMatchObject({ code: 2 })
  })

  test('nobody: exit 0, and says so', async () => {
    const desk = await morning({ kind: 'accepted', ref: null })
    expect(await desk.run('retry', '1')).toEqual({
      code: 0,
      out: 'Nothing to retry in mailing 1 "2021-10-22 10:00".\n',
      err: '',
    })
    expect(await desk.run('retry', 'nothing')).toMatchObject({ code: 5 })
  })

  test('whoever unsubscribed meanwhile gets nothing', async () => {
    const desk = await morning(REFUSED)
    mended(desk.world.sms)
    desk.world.sql.exec('update recipients set unsubscribed = 1 where id = 1')
    await desk.run('retry', '1')
    await desk.pass()
    expect(desk.world.states()).toEqual({ sent: 2, skipped: 1 })
  })
})

test('a paused mailing stays paused', async () => {
  const desk = await morning(REFUSED)
  desk.world.sql.exec("update mailings set state = 'paused'")
  expect((await desk.run('retry', '1')).out).toContain('\nThe mailing stays paused: notify mailings resume 1\n')
  await desk.pass()
  expect(desk.world.sms.got).toHaveLength(3)
})

test.each(['cancelled', 'planning', 'proposed'])(
  'of a mailing that is %s nothing is retried: exit 6',
  async (state) => {
    const desk = await morning(REFUSED)
    desk.world.sql.prepare('update mailings set state = ?').run(state)
    expect(await desk.run('retry', '1')).toMatchObject({
      code: 6,
      err: expect.stringContaining(`is ${state}: nothing of it is retried\n`),
    })
  },
)
