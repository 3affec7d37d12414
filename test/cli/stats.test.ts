// notify stats: for people on a screen, for programs as JSON and as TAB-separated values.
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { noMessages } from '../../src/domain/message.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import { insertMailing } from '../support/rows.ts'
import { openSteering } from '../support/steering.ts'

/** Yakutsk is done, Moscow waits, two went wrong, some were never to be written to. */
const insertDay = (connection: Connection): number =>
  insertMailing(connection, {
    name: 'Осень',
    messages: [
      { zone: 'Asia/Yakutsk', state: 'sent', count: 1_150, lateness: [20, 40, 60, 1_500] },
      { zone: 'Asia/Yakutsk', state: 'failed', count: 2, reason: 'no such number' },
      { zone: 'Asia/Yakutsk', state: 'skipped', count: 3, reason: 'unsubscribed' },
      { zone: 'Europe/Moscow', state: 'scheduled', count: 1_152 },
      { zone: '', state: 'skipped', count: 4, reason: 'no zone' },
    ],
  })

test('without mailings it says so, with the first step beside it', async () => {
  const { run } = await openSteering({ tty: true })
  const { code, out, err } = await run('stats')
  expect([code, out, stripVTControlCharacters(err)]).toEqual([
    0,
    'No mailings yet.\n',
    'Next: notify schedule --at 10:00\n',
  ])
})

test('all mailings in one table, newest first, with their sum', async () => {
  const { connection, run } = await openSteering()
  insertMailing(connection, {
    name: 'first',
    state: 'done',
    messages: [{ zone: 'Asia/Omsk', state: 'sent', count: 7 }],
  })
  insertDay(connection)
  insertMailing(connection, {
    name: 'wrong list',
    state: 'cancelled',
    messages: [{ zone: 'Asia/Omsk', state: 'cancelled', count: 1 }],
  })
  const { code, out, err } = await run('stats')
  expect(`\n${out}`).toBe(`
#  MAILING     STATE      PROGRESS                    TOTAL  SCHEDULED  SENT  FAILED  ALSO
3  wrong list  cancelled                                  1          0     0       0  1 cancelled
2  Осень       active     █████████▓░░░░░░░░░░  50 %   2311       1152  1150       2  7 skipped
1  first       done       ████████████████████ 100 %      7          0     7       0
   3 mailings             ██████████▓░░░░░░░░░  50 %   2319       1152  1157       2  1 cancelled, 7 skipped

█ sent   ▓ failed, unknown or expired   ░ still to be sent

mailing 2 "Осень": 2 messages failed: no such number
  When its cause is mended, this sends to them again: notify retry 2
`)
  expect([code, err]).toEqual([0, ''])
})

test('the table holds the newest 50, or as many as asked for, and counts the rest', async () => {
  const { connection, run } = await openSteering()
  for (let i = 1; i <= 53; i += 1) insertMailing(connection, { name: `mailing number ${i}` })
  const { out } = await run('stats')
  expect(out).toContain('mailing number 53')
  expect(out).not.toMatch(/mailing number 3\n/)
  expect(out).toContain('… 3 more (--limit, --json)')
  expect((await run('stats', '--limit', '52')).out).toContain('… 1 more')
  expect((await run('stats', '--limit', '53')).out).not.toContain('more (')
  const { mailings } = JSON.parse((await run('stats', '--json')).out)
  expect(mailings).toHaveLength(53)
})

test('stats --json', async () => {
  const { connection, run } = await openSteering()
  const id = insertDay(connection)
  insertMailing(connection, { name: 'empty' })
  const states = { ...noMessages(), scheduled: 1_152, sent: 1_150, failed: 2, skipped: 7 }
  expect(JSON.parse((await run('stats', '--json')).out)).toEqual({
    mailings: [
      { id: '2', name: 'empty', state: 'active', total: 0, states: noMessages(), firstSendAt: null, lastSendAt: null },
      {
        id: String(id),
        name: 'Осень',
        state: 'active',
        total: 2_311,
        states,
        firstSendAt: '2021-10-22T01:00:00Z',
        lastSendAt: '2021-10-22T07:00:00Z',
      },
    ],
    states,
    troubles: [expect.objectContaining({ mailing: '1', kind: 'failed', count: 2, reason: 'no such number' })],
  })
  const nothing = await (await openSteering()).run('stats', '--json')
  expect(JSON.parse(nothing.out)).toEqual({ mailings: [], states: noMessages(), troubles: [] })
})

test('stats MAILING --json adds zones, reasons and lateness', async () => {
  const { connection, run } = await openSteering()
  insertDay(connection)
  const { out } = await run('stats', 'Осень', '--json')
  const detail = JSON.parse(out)
  expect(Object.keys(detail)).toEqual(['mailings', 'states', 'zones', 'reasons', 'lateness', 'forecast', 'troubles'])
  expect(detail.mailings[0]).toMatchObject({ id: '1', total: 2_311, states: detail.states })
  expect(detail.zones.slice(1)).toEqual([
    {
      zone: 'Asia/Yakutsk',
      sendAt: '2021-10-22T01:00:00Z',
      total: 1_155,
      states: { ...noMessages(), sent: 1_150, failed: 2, skipped: 3 },
      lateness: { p50: 40, p99: 1_500, max: 1_500 },
    },
    {
      zone: 'Europe/Moscow',
      sendAt: '2021-10-22T07:00:00Z',
      total: 1_152,
      states: { ...noMessages(), scheduled: 1_152 },
      lateness: null,
    },
  ])
  expect(detail.reasons).toEqual([
    { state: 'skipped', reason: 'no zone', count: 4 },
    { state: 'skipped', reason: 'unsubscribed', count: 3 },
    { state: 'failed', reason: 'no such number', count: 2 },
  ])
  expect(detail.lateness).toEqual({ p50: 40, p99: 1_500, max: 1_500 })
})

test('where nothing was sent, lateness is told as null', async () => {
  const { connection, run } = await openSteering()
  insertMailing(connection, { name: 'waits', messages: [{ zone: 'Asia/Omsk', state: 'scheduled', count: 1 }] })
  expect(JSON.parse((await run('stats', '1', '--json')).out).lateness).toEqual({ p50: null, p99: null, max: null })
  expect((await run('stats', '1')).out).not.toContain('Lateness')
})

test('one mailing in a file: the same words and bars, no colour, no thousands, nothing cut', async () => {
  const { connection, run } = await openSteering()
  insertDay(connection)
  const { out } = await run('stats', '1')
  expect(`\n${out}`).toBe(`
Осень   mailing 1, active
2311 messages in 2 zones, 2021-10-22 10:00-21:00 their time, through sms

█████████████████████▓░░░░░░░░░░░░░░░░░░░░░░  50 %
1152 scheduled · 1150 sent · 2 failed · 7 skipped

At about 737/s the last one leaves on 2021-10-22 10:00:01 Europe/Moscow (+03).

ZONE           THEIR TIME   Europe/Moscow  PROGRESS            TOTAL  SCHEDULED  SENT  FAILED  ALSO       HALF WITHIN   99 %    ALL
Asia/Yakutsk   10:00 (+09)  22 Oct 04:00   ███████████▓ 100 %   1155          0  1150       2  3 skipped        40 ms  1.5 s  1.5 s
Europe/Moscow  10:00 (+03)  22 Oct 10:00   ░░░░░░░░░░░░   0 %   1152       1152     0       0
no zone                                                            4          0     0       0  4 skipped

STATE    COUNT                REASON
skipped      4  ████████████  no zone
skipped      3  █████████     unsubscribed
failed       2  ██████        no such number

Lateness: half within 40 ms, 99 % within 1.5 s, all within 1.5 s

mailing 1 "Осень": 2 messages failed: no such number
  When its cause is mended, this sends to them again: notify retry 1
`)
})

test('on a terminal: colour, thousands, the shape of the day, and where to look next', async () => {
  const { connection, run } = await openSteering({ tty: true, columns: 80 })
  insertDay(connection)
  const { out, err } = await run('stats', '1')
  const seen = stripVTControlCharacters(out)
  expect(out).not.toBe(seen)
  expect(seen).toContain('1,152 scheduled · 1,150 sent')
  expect(seen).toContain(
    '22 Oct 04:00 ██          ██ 22 Oct 11:00 Europe/Moscow  planned\n22 Oct 04:00 ██             22 Oct 11:00 Europe/Moscow  sent\n',
  )
  expect(stripVTControlCharacters(err)).toBe('Next: notify messages list 1 --state failed\n')
  for (const line of seen.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
})

test.each([
  [['--no-color'], {}],
  [[], { NO_COLOR: '1' }],
  [[], { TERM: 'dumb' }],
])('no colour on a terminal with %j and %j', async (flags, env) => {
  const { connection, run } = await openSteering({ tty: true, env: { LANG: 'C.UTF-8', ...env } })
  insertDay(connection)
  const { out, err } = await run('stats', '1', ...flags)
  expect(stripVTControlCharacters(out + err)).toBe(out + err)
})

test('without UTF-8 the pictures are made of ASCII', async () => {
  const { connection, run } = await openSteering({ tty: true, env: { LANG: 'C' } })
  insertMailing(connection, {
    name: 'ascii',
    messages: [
      { zone: 'Asia/Yakutsk', state: 'sent', count: 3 },
      { zone: 'Asia/Yakutsk', state: 'failed', count: 1, reason: 'no such number' },
      { zone: 'Europe/Moscow', state: 'scheduled', count: 4 },
    ],
  })
  for (const args of [['stats'], ['stats', '1']]) {
    const { out } = await run(...args)
    expect(stripVTControlCharacters(out)).toMatch(/^[\n\x20-\x7e]+$/)
  }
})

test('--plain is for programs: every state, ISO instants, bare numbers', async () => {
  const { connection, run } = await openSteering({ tty: true })
  insertDay(connection)
  expect((await run('stats', '--plain')).out.split('\n')).toEqual([
    'id\tname\tstate\ttotal\tscheduled\tsending\tsent\tfailed\tunknown\texpired\tcancelled\tskipped\tfirstSendAt\tlastSendAt',
    '1\tОсень\tactive\t2311\t1152\t0\t1150\t2\t0\t0\t0\t7\t2021-10-22T01:00:00Z\t2021-10-22T07:00:00Z',
    '',
  ])
  const zones = (await run('stats', '1', '--plain')).out.split('\n')
  expect(zones[0]).toBe(
    'zone\tsendAt\ttotal\tscheduled\tsending\tsent\tfailed\tunknown\texpired\tcancelled\tskipped\tlatenessP50\tlatenessP99\tlatenessMax',
  )
  expect(zones[2]).toBe('Asia/Yakutsk\t2021-10-22T01:00:00Z\t1155\t0\t0\t1150\t2\t0\t0\t0\t3\t40\t1500\t1500')
})

test('the operator’s zone is the one that was said', async () => {
  const { connection, run } = await openSteering()
  insertDay(connection)
  const { out } = await run('stats', '1', '--tz', 'America/New_York')
  expect(out).toContain('America/New_York')
  expect(out).toContain('21 Oct 21:00')
})

test('a reason that would play with the terminal is shown for what it is', async () => {
  const { connection, run } = await openSteering()
  insertMailing(connection, {
    name: 'evil \u001b[2J',
    messages: [{ zone: 'Asia/Omsk', state: 'failed', count: 1, reason: 'x\u001b]0;title\u0007\ny' }],
  })
  const { out } = await run('stats', '1')
  expect(out).toContain('evil \\u001b[2J')
  expect(out).toContain('x\\u001b]0;title\\u0007\\ny')
  expect(out).not.toContain('\u001b')
})

test.each([
  ['spring 2022', 'Did you mean "spring 2021"?'],
  ['99', 'The newest: "winter", "spring 2021".'],
])('an unknown mailing %j: exit 5 and the nearest names', async (word, hint) => {
  const { connection, run } = await openSteering()
  insertMailing(connection, { name: 'spring 2021' })
  insertMailing(connection, { name: 'winter' })
  const { code, out, err } = await run('stats', word)
  expect([code, out]).toEqual([5, ''])
  expect(err).toBe(`notify: there is no mailing "${word}"\n${hint} See notify mailings.\n`)
  const json = JSON.parse((await run('stats', word, '--json')).err)
  expect(json).toEqual({
    error: { code: 'notFound', message: `there is no mailing "${word}"`, hint: `${hint} See notify mailings.` },
  })
})

test.each(['0', '-1', '1.5', 'many'])('--limit %s is refused with exit 2', async (limit) => {
  const { run } = await openSteering()
  const { code, err } = await run('stats', `--limit=${limit}`)
  expect(code).toBe(2)
  expect(err).toContain('Write a whole number of at least 1.')
})
