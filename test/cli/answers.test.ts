// What operators ask in the evening: counted by what, how long still, what happened, how the day went.
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { noMessages } from '../../src/domain/message.ts'
import { mailingStore } from '../../src/store/sqlite/mailings.ts'
import type { HandClock } from '../support/clock.ts'
import { insertMailing } from '../support/rows.ts'
import { openSteering } from '../support/steering.ts'

const openDay = async (options: Parameters<typeof openSteering>[0] = {}) => {
  const desk = await openSteering(options)
  const id = insertMailing(desk.connection, {
    name: 'Осень',
    messages: [
      { zone: 'Asia/Yakutsk', state: 'sent', count: 150, lateness: [20, 1_500] },
      { zone: 'Asia/Yakutsk', state: 'failed', count: 2, reason: '=no such number' },
      { zone: 'Europe/Moscow', state: 'scheduled', count: 600 },
      { zone: '', state: 'skipped', count: 4, reason: 'no zone' },
    ],
  })
  return { ...desk, id }
}

test.each([
  ['state', ['scheduled 600', 'sent 150', 'skipped 4', 'failed 2']],
  ['reason', [' 750', 'no zone 4', '=no such number 2']],
  ['gateway', ['sms 756']],
  ['zone', ['Europe/Moscow 600', 'Asia/Yakutsk 152', ' 4']],
  ['district', [' 756']],
  ['operator-code', [' 756']],
])('counted by %s, the most frequent first; it adds up', async (by, expected) => {
  const { run } = await openDay()
  for (const whose of [['1'], []]) {
    const { groups, by: told } = JSON.parse((await run('stats', ...whose, '--by', by, '--json')).out)
    expect(told).toBe(by)
    expect(groups.map(({ key, total }: { key: string; total: number }) => `${key} ${total}`)).toEqual(expected)
    for (const { total, states } of groups)
      expect(Object.keys(noMessages()).reduce((sum, state) => sum + states[state], 0)).toBe(total)
  }
})

test('by hour: when it was promised, in the order of the clock', async () => {
  const { run } = await openDay()
  const { groups } = JSON.parse((await run('stats', '1', '--by', 'hour', '--json')).out)
  expect(groups.map(({ key }: { key: string }) => key)).toEqual(
    expect.arrayContaining(['2021-10-22T01:00:00Z', '2021-10-22T07:00:00Z']),
  )
  expect(groups.map(({ key }: { key: string }) => key)).toEqual(
    groups.map(({ key }: { key: string }) => key).toSorted(),
  )
})

test('by hour: beside what was promised, what really left within it', async () => {
  const { run, connection } = await openSteering()
  insertMailing(connection, {
    name: 'a',
    messages: [{ zone: 'Asia/Omsk', state: 'sent', count: 200, lateness: [1_000, 4_000_000] }],
  })
  const { groups } = JSON.parse((await run('stats', 'a', '--by', 'hour', '--json')).out)
  expect(groups).toEqual([
    { key: '2021-10-22T04:00:00Z', total: 200, states: { ...noMessages(), sent: 200 }, sentThen: 100 },
    { key: '2021-10-22T05:00:00Z', total: 0, states: noMessages(), sentThen: 100 },
  ])
  expect((await run('stats', '--by', 'hour')).out).toMatch(/^22 Oct 08:00 +0 .* 100$/m)
  expect((await run('stats', '--by', 'hour', '--plain')).out).toMatch(/\tsentThen\n.*\t100\n/)
})

test('for a spreadsheet: a mark, semicolons, and nothing that would be reckoned', async () => {
  const { run } = await openDay()
  const { out } = await run('stats', '1', '--by', 'reason', '--csv')
  expect(out.startsWith('\uFEFFkey;total;scheduled;')).toBe(true)
  expect(out).toContain("\r\n'=no such number;2;0;0;0;2;")
  expect((await run('stats', '--csv')).out).toContain('\r\n1;Осень;active;756;600;')
  const zones = (await run('stats', '1', '--csv')).out
  expect(zones).toContain(';latenessP50;latenessP99;latenessMax\r\n')
  expect(zones).toContain('\r\nAsia/Yakutsk;2021-10-22T01:00:00Z;152;0;0;150;2;0;0;0;0;20;1500;1500\r\n')
})

test('two forms at once are refused', async () => {
  const { run } = await openDay()
  expect((await run('stats', '--csv', '--json')).code).toBe(2)
  expect((await run('stats', '--watch', '--plain')).code).toBe(2)
  expect((await run('stats', '1', '--watch', 'often')).code).toBe(2)
})

test('what waits leaves at the rate of its gateway, or at what it did lately', async () => {
  const gateways = { sms: { ratePerSecond: 2 } }
  const { run } = await openDay({ app: { config: { gateways } as never } })
  const { forecast } = JSON.parse((await run('stats', '1', '--json')).out)
  expect(forecast).toEqual({
    ratePerSecond: 2,
    basis: 'configured',
    lastAt: '2021-10-22T07:04:59.500Z',
    expires: 0,
    zones: [{ zone: 'Europe/Moscow', lastAt: '2021-10-22T07:04:59.500Z' }],
  })
  const measured = await openDay()
  expect((await measured.run('stats', '1')).out).toMatch(/^At about \d+\/s the last one leaves on 2021-10-22 10:0/m)
  const { connection, run: runNew } = await openSteering()
  insertMailing(connection, { name: 'new', messages: [{ zone: 'UTC', state: 'scheduled', count: 5 }] })
  expect(JSON.parse((await runNew('stats', '1', '--json')).out).forecast).toBeNull()
})

test('what another active mailing has to send at the same gateway goes before it; what is held back has no forecast', async () => {
  const gateways = { sms: { ratePerSecond: 2 } }
  const { run, connection } = await openSteering({ app: { config: { gateways } as never } })
  const moscow = (count: number) => [{ zone: 'Europe/Moscow', state: 'scheduled', count } as const]
  const lastOf = async (name: string): Promise<string | undefined> =>
    JSON.parse((await run('stats', name, '--json')).out).forecast?.lastAt
  insertMailing(connection, { name: 'a', messages: moscow(121) })
  expect(await lastOf('a')).toBe('2021-10-22T07:01:00Z')
  insertMailing(connection, { name: 'b', messages: moscow(120) })
  expect(await lastOf('a')).toBe('2021-10-22T07:02:00Z')
  // of zones whose hour has come the rest waits: 20 of 60 are left, and leave before Moscow is due
  insertMailing(connection, {
    name: 'c',
    messages: [
      { zone: 'Asia/Omsk', state: 'sent', count: 40 },
      { zone: 'Asia/Omsk', state: 'scheduled', count: 20 },
      ...moscow(60),
    ],
  })
  expect(await lastOf('a')).toBe('2021-10-22T07:02:30Z')
  connection.db.exec("update mailings set gateway = 'mail' where name = 'b'")
  expect(await lastOf('a')).toBe('2021-10-22T07:01:30Z')
  connection.db.exec("update mailings set state = 'paused' where name = 'a'")
  expect(await lastOf('a')).toBeUndefined()
})

test('the rate is measured without the pauses between zones', async () => {
  const { run, connection } = await openSteering()
  const lateness = Array.from({ length: 300 }, (_, i) => i * 100 + (i >= 150 ? 3_600_000 : 0))
  insertMailing(connection, {
    name: 'a',
    messages: [
      { zone: 'Asia/Omsk', state: 'sent', count: 300, lateness },
      { zone: 'Europe/Moscow', state: 'scheduled', count: 601 },
    ],
  })
  expect(JSON.parse((await run('stats', 'a', '--json')).out).forecast).toMatchObject({
    ratePerSecond: 10,
    basis: 'measured',
    lastAt: '2021-10-22T07:01:00Z',
  })
})

test('a few that had to be tried again do not make the gateway slow', async () => {
  const { run, connection } = await openSteering()
  const lateness = Array.from({ length: 300 }, (_, i) => (i < 290 ? i * 100 : 29_000 + (i - 290) * 9_000))
  insertMailing(connection, {
    name: 'a',
    messages: [
      { zone: 'Asia/Omsk', state: 'sent', count: 300, lateness },
      { zone: 'Europe/Moscow', state: 'scheduled', count: 601 },
    ],
  })
  expect(JSON.parse((await run('stats', 'a', '--json')).out).forecast).toMatchObject({ ratePerSecond: 10 })
})

test('Ctrl-C ends --watch at once, and on a terminal one sight takes the place of the other', async () => {
  const stop = new AbortController()
  const { run, cli } = await openDay({ tty: true, signal: stop.signal })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- openSteering made it
  const clock = cli.clock as HandClock
  const running = run('stats', '--watch')
  while (clock.nextWake() === null) await turn()
  expect(clock.nextWake()).toBe(clock.now() + 2_000)
  clock.advance(2_000)
  while (clock.nextWake() === null) await turn()
  stop.abort()
  const { out } = await running
  expect(out.match(/MAILING/g)).toHaveLength(2)
  expect(out.split('\u001b[H')).toHaveLength(4) // once to make room, then each sight
})

test('--watch tells it again until the mailing is over', async () => {
  const { run, connection, cli } = await openDay()
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- openSteering made it
  const clock = cli.clock as HandClock
  const running = run('stats', '1', '--watch', '3')
  while (clock.nextWake() === null) await turn()
  connection.db.prepare("update mailings set state = 'done'").run()
  clock.advance(3_000)
  const { out, code } = await running
  expect(code).toBe(0)
  expect(out.match(/mailing 1, (active|done)/g)).toEqual(['mailing 1, active', 'mailing 1, done'])
})

test('the story of a mailing, in the order of time', async () => {
  const { run, connection, id } = await openDay()
  const store = mailingStore(connection)
  const at = Date.parse('2021-10-22T04:00:00Z')
  await store.pauseMailing(id, { at, who: 'olga', why: 'a typing error' })
  await store.resumeMailing(id, { at: at + 60_000, who: 'ivan', why: null })
  const { about, events } = JSON.parse((await run('log', 'Осень', '--json')).out)
  expect(about).toEqual({ kind: 'mailing', id: '1', name: 'Осень', state: 'active' })
  expect(events.map(({ event, who, why }: Record<string, string>) => [event, who, why])).toEqual([
    ['mailing scheduled', null, null],
    ['first message sent', null, null],
    ['message sent, the latest so far', null, null],
    ['mailing paused', 'olga', 'a typing error'],
    ['mailing resumed', 'ivan', null],
    ['mailing active now', null, null],
  ])
  const { out } = await run('log', '1')
  expect(out).toMatch(/2021-10-22 07:00 +mailing paused +olga +a typing error/)
})

test('how a mailing was scheduled is told as it was then, whatever was edited since', async () => {
  const { run, connection, id } = await openDay()
  const edits = [{ until: ['20:00', '19:00'], textNo: [1, 2] }, { until: ['19:00', '21:00'] }]
  for (const [i, detail] of edits.entries()) {
    connection.db
      .prepare("insert into audit (at, who, what, mailing_id, detail) values (?, 'olga', 'mailing edited', ?, ?)")
      .run(Date.parse('2021-10-21T20:00:00Z') + i, id, JSON.stringify(detail))
  }
  const [scheduled] = JSON.parse((await run('log', '1', '--json')).out).events
  expect(scheduled).toMatchObject({ event: 'mailing scheduled', detail: { at: '10:00', until: '20:00' } })
})

test('what was done later is told later, also where the clock was set back meanwhile', async () => {
  const { run, connection, id } = await openDay()
  const store = mailingStore(connection)
  const at = Date.parse('2021-10-22T04:00:00Z')
  await store.pauseMailing(id, { at, who: 'olga', why: null })
  await store.resumeMailing(id, { at: at - 60_000, who: 'olga', why: null })
  const { events } = JSON.parse((await run('log', '1', '--json')).out)
  expect(events.slice(-3).map(({ event, at: when }: Record<string, string>) => [event, when])).toEqual([
    ['mailing paused', '2021-10-22T04:00:00Z'],
    ['mailing resumed', '2021-10-22T03:59:00Z'],
    ['mailing active now', expect.anything()],
  ])
})

test('the story of a message, and what cannot be told', async () => {
  const { run, connection } = await openDay()
  connection.db.exec(`insert into attempts (message_id, attempt, at, state, reason)
    values (1, 1, ${Date.parse('2021-10-22T01:00:00Z')}, 'scheduled', 'answered 503')`)
  const store = mailingStore(connection)
  await store.pauseMailing(1, { at: Date.parse('2021-10-21T20:00:00Z'), who: 'olga', why: 'a typing error' })
  await store.resumeMailing(1, { at: Date.parse('2021-10-22T04:00:00Z'), who: 'olga', why: null }) // it had left by then
  const { about, events } = JSON.parse((await run('log', 'message:1', '--json')).out)
  expect(about).toEqual({
    kind: 'message',
    id: '1',
    name: 'ООО «Ромашка»',
    state: 'sent',
    dueAt: null,
    mailing: '1',
    recipient: '1',
    key: expect.stringMatching(/^[a-z2-7]{28}$/),
    keyNumber: expect.stringMatching(/^\d+$/),
  })
  const asDouble = String(Number(about.keyNumber))
  for (const seen of [about.key, about.keyNumber, asDouble])
    expect(JSON.parse((await run('log', seen, '--json')).out).about).toEqual(about)
  expect(await run('log', 'a'.repeat(28))).toMatchObject({
    code: 5,
    err: expect.stringContaining('no message has the key'),
  })
  expect(events.map(({ event, why }: Record<string, string>) => [event, why])).toEqual([
    ['message planned', null],
    ['mailing paused', 'a typing error'],
    ['message due', null],
    ['again later', 'answered 503'],
    ['message sent', null],
  ])
  expect((await run('log', 'message:1')).out).toMatch(
    /^2021-10-22 04:00 +22 Oct 10:00 Asia\/Yakutsk \(\+09\) +again later/m,
  )
  expect((await run('log', 'message:99999')).code).toBe(5)
  expect(await run('log', 'nobody at all')).toMatchObject({
    code: 5,
    err: 'notify: there is neither a mailing nor a recipient "nobody at all"\nSee notify mailings, and notify recipients --search TEXT.\n',
  })
  expect((await run('log', 'Осен')).err).toContain('Did you mean "Осень"? See notify mailings.')
  expect(await run('log', '7')).toMatchObject({
    code: 5,
    err: 'notify: there is no mailing 7\nOr is it message:7, or recipient:7?\n',
  })
  expect(JSON.parse((await run('log', 'recipient:1', '--json')).out).about).toMatchObject({
    kind: 'recipient',
    id: '1',
  })
})

test('the story of a recipient: known since, blocked, consent, each message of each mailing', async () => {
  const { run, connection } = await openDay()
  insertMailing(connection, { name: 'second' })
  connection.db.exec(`update recipients set unsubscribed = 1, updated_at = 2, phone = '+79990000001' where id = 1;
    insert into blocked (address, at, who, why) values ('+79990000001', 5, 'olga', 'asked for it');
    insert into messages (mailing_id, recipient_id, zone, send_at, due_at, state)
    values (2, 1, 'Asia/Yakutsk', ${Date.parse('2021-10-23T01:00:00Z')}, ${Date.parse('2021-10-23T01:00:00Z')}, 'scheduled')`)
  const { about, events } = JSON.parse((await run('log', '+7 999 000-00-01', '--json')).out)
  expect(about).toMatchObject({ kind: 'recipient', id: '1', unsubscribed: true, blocked: true })
  expect(events.map(({ event, why, zone }: Record<string, string>) => [event, why, zone])).toEqual([
    ['recipient added', null, null],
    ['recipient changed', null, null],
    ['address blocked', 'asked for it', null],
    ['message sent', null, 'Asia/Yakutsk'],
    ['message scheduled', null, 'Asia/Yakutsk'],
  ])
  expect(JSON.parse((await run('log', 'recipient:1', '--limit', '2', '--json')).out).events).toHaveLength(2)
})

test('a word that fits several is a mailing, and the others are named', async () => {
  const { run, connection } = await openDay()
  connection.db.exec("update recipients set external_id = 'Осень' where id = 7")
  const named = await run('log', 'Осень')
  expect(named.out).toMatch(/^mailing 1/)
  expect(named.err).toBe('A mailing is meant. It could also be: recipient:7.\n')
  expect((await run('log', '1')).err).toBe('') // everything has a number
  connection.db.exec("update recipients set external_id = '1' where id = 8")
  expect((await run('log', '1')).err).toContain('recipient:8')
  expect((await run('log', 'mailing:1')).err).toBe('')
  expect((await run('log', '1', '--quiet')).err).toBe('')
  expect((await run('log', '1', '--json')).err).toBe('')
})

test('the report of a day: what left, what waits, who did what; narrow enough for a mail', async () => {
  const { run, connection, id } = await openDay()
  await mailingStore(connection).pauseMailing(id, {
    at: Date.parse('2021-10-22T04:30:00Z'),
    who: 'olga',
    why: 'a reason that goes on and on, so that the line has to be broken somewhere before its end is reached',
  })
  const { out, code } = await run('report', '--daily')
  expect(code).toBe(0)
  expect(out).toContain('notify, 2021-10-22 (Europe/Moscow)')
  expect(out).toContain('mailing 1 "Осень" (paused): 150 sent, 2 failed')
  expect(out).toContain('late: half within 20 ms, 99 % within 1.5 s')
  expect(out).toContain('600 messages')
  expect(out).toMatch(/07:30 olga: mailing paused \(mailing 1\)/)
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(78)
  const other = JSON.parse((await run('report', '--daily', '--date', '2021-10-20', '--json')).out)
  expect(other).toMatchObject({ date: '2021-10-20', settled: [], acts: [] })
  connection.db.exec(
    `update mailings set created_by = 'ivan', created_at = ${Date.parse('2021-10-20T18:00:00Z')} where id = ${id}`,
  )
  const scheduled = JSON.parse((await run('report', '--daily', '--date', '2021-10-20', '--json')).out)
  expect(scheduled.acts).toEqual([
    { at: '2021-10-20T18:00:00Z', who: 'ivan', what: 'mailing scheduled', mailing: '1', why: null, detail: null },
  ])
  expect((await run('report', '--daily', '--date', 'someday')).code).toBe(2)
})

test('a mailing stands among the acts of the day where it was scheduled, before all that was done to it', async () => {
  const { run, connection, id } = await openDay()
  connection.db.exec(
    `update mailings set created_by = null, created_at = ${Date.parse('2021-10-20T18:00:30Z')} where id = ${id}`,
  )
  const act = connection.db.prepare("insert into audit (at, who, what, mailing_id) values (?, 'olga', ?, ?)")
  const acts: readonly (readonly [time: string, what: string, mailing: number | null])[] = [
    ['17:00:00', 'recipients imported', null],
    ['18:00:40', 'district changed', null],
    ['18:00:10', 'mailing paused', id], // the clock was set back a little
    ['18:01:00', 'addresses blocked', null],
  ]
  for (const [time, what, mailing] of acts) act.run(Date.parse(`2021-10-20T${time}Z`), what, mailing)
  expect((await run('report', '--daily', '--date', '2021-10-20')).out.match(/^ {2}\d\d:\d\d .*$/gm)).toEqual([
    '  20:00 olga: recipients imported',
    '  21:00 olga: district changed',
    '  21:00 somebody: mailing scheduled (mailing 1)',
    '  21:00 olga: mailing paused (mailing 1)',
    '  21:01 olga: addresses blocked',
  ])
})
