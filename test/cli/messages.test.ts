// notify messages list: the rows of a mailing, for people, and for programs page by page.
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { type MessageKey, messageKey } from '../../src/domain/key.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import { insertMailing } from '../support/rows.ts'
import { openSteering } from '../support/steering.ts'

const insertRows = (connection: Connection): number =>
  insertMailing(connection, {
    name: 'spring',
    messages: [
      { zone: 'Asia/Yakutsk', state: 'sent', count: 1, name: 'ООО «Ромашка»', lateness: [61_000] },
      { zone: 'Asia/Yakutsk', state: 'failed', count: 1, name: 'ИП Пётр', reason: 'no such number' },
      { zone: 'Europe/Moscow', state: 'scheduled', count: 1, name: 'Acme' },
      { zone: '', state: 'skipped', count: 1, name: 'Nowhere', reason: 'no zone' },
    ],
  })

test('the rows as a table, by their clock and by the operator’s', async () => {
  const { connection, run } = await openSteering()
  insertRows(connection)
  const { code, out, err } = await run('messages', 'list', 'spring')
  expect(`\n${out}`).toBe(`
#  RECIPIENT      ADDRESS       STATE      ZONE           THEIR TIME   Europe/Moscow  SETTLED       TRIES  REASON
1  ООО «Ромашка»  +79160000000  sent       Asia/Yakutsk   10:00 (+09)  22 Oct 04:00   22 Oct 04:01      1
2  ИП Пётр        +79160000000  failed     Asia/Yakutsk   10:00 (+09)  22 Oct 04:00   22 Oct 04:00      1  no such number
3  Acme                         scheduled  Europe/Moscow  10:00 (+03)  22 Oct 10:00                     0
4  Nowhere                      skipped    no zone                                                      0  no zone
`)
  expect([code, err]).toEqual([0, ''])
})

test('a retry has its next instant in the table', async () => {
  const { connection, run } = await openSteering()
  insertRows(connection)
  connection.db
    .prepare("update messages set due_at = ?, attempts = 1 where state = 'scheduled'")
    .run(Date.parse('2021-10-22T07:10:00Z'))
  const { out } = await run('messages', 'list', '1', '--state', 'scheduled')
  expect(out).toMatch(/NEXT .*\n.* 22 Oct 10:10 /)
})

test('rows are filtered by state and limited; what is left out is counted', async () => {
  const { connection, run } = await openSteering({ tty: true })
  insertMailing(connection, {
    name: 'big',
    messages: [
      { zone: 'Asia/Omsk', state: 'scheduled', count: 1_100 },
      { zone: 'Asia/Omsk', state: 'failed', count: 55, reason: 'no such number' },
    ],
  })
  const rows = async (...args: string[]): Promise<[number, string | undefined]> => {
    const lines = stripVTControlCharacters((await run('messages', 'list', 'big', ...args)).out)
      .trimEnd()
      .split('\n')
    return [lines.filter((line) => line.includes('Ромашка')).length, lines.at(-1)]
  }
  expect(await rows()).toEqual([50, '… 1,105 more (--limit, --json)'])
  expect(await rows('--state', 'failed')).toEqual([50, '… 5 more (--limit, --json)'])
  expect((await rows('--state', 'failed', '--limit', '55'))[1]).toContain('Ромашка')
  expect((await run('messages', 'list', 'big', '--state', 'unknown')).out).toBe('No messages.\n')
})

test('every message as JSON', async () => {
  const { connection, run } = await openSteering()
  insertRows(connection)
  const messages = JSON.parse((await run('messages', 'list', '1', '--json')).out)
  const keyOf = (recipient: number): MessageKey =>
    messageKey({ installationId: 'test-installation', mailingUid: 'uid 1', recipientKey: `${recipient}:1`, resend: 0 })
  expect(messages).toHaveLength(4)
  expect(messages[0]).toEqual({
    id: '1',
    ...keyOf(1),
    recipient: '1',
    address: '+79160000000',
    zone: 'Asia/Yakutsk',
    sendAt: '2021-10-22T01:00:00Z',
    dueAt: null,
    state: 'sent',
    reason: null,
    attempts: 1,
    settledAt: '2021-10-22T01:01:01Z',
    gatewayRef: null,
    mailing: '1',
    resend: 0,
  })
  expect(messages[2]).toMatchObject({
    ...keyOf(3),
    address: null,
    state: 'scheduled',
    dueAt: '2021-10-22T07:00:00Z',
    settledAt: null,
  })
})

test('thousands of messages come page by page, each once, as lines or as one document', async () => {
  const { connection, run } = await openSteering()
  insertMailing(connection, { name: 'big', messages: [{ zone: 'Asia/Omsk', state: 'scheduled', count: 2_500 }] })
  const lines = (await run('messages', 'list', '1', '--json=lines')).out.trimEnd().split('\n')
  const recipients = new Set(lines.map((line) => JSON.parse(line).recipient))
  expect([lines.length, recipients.size]).toEqual([2_500, 2_500])
  expect(JSON.parse((await run('messages', 'list', '1', '--json')).out)).toHaveLength(2_500)
  expect(JSON.parse((await run('messages', 'list', '1', '--json', '--limit', '1001')).out)).toHaveLength(1_001)
})

test('no messages: an empty document, no lines, a header alone', async () => {
  const { connection, run } = await openSteering()
  insertMailing(connection, { name: 'empty' })
  expect(JSON.parse((await run('messages', 'list', '1', '--json')).out)).toEqual([])
  expect((await run('messages', 'list', '1', '--json=lines')).out).toBe('')
  expect((await run('messages', 'list', '1', '--plain')).out).toMatch(
    /^id\tkey\trecipient\t.*gatewayRef\tmailing\tresend\tkeyNumber\n$/,
  )
})

test('values apart by TABs', async () => {
  const { connection, run } = await openSteering()
  insertRows(connection)
  const lines = (await run('messages', 'list', '1', '--plain', '--state', 'failed')).out.split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[1]?.split('\t')).toEqual([
    '2',
    expect.stringMatching(/^[a-z2-7]{28}$/),
    '2',
    '+79160000000',
    'Asia/Yakutsk',
    '2021-10-22T01:00:00Z',
    '',
    'failed',
    'no such number',
    '1',
    '2021-10-22T01:00:00.040Z',
    '',
    '1',
    '0',
    expect.stringMatching(/^\d{10,19}$/),
  ])
})

test('the mailing may follow --json', async () => {
  const { connection, run } = await openSteering()
  insertRows(connection)
  expect(JSON.parse((await run('messages', 'list', '--json', 'spring')).out)).toHaveLength(4)
  expect((await run('messages', 'list', '--json=lines', 'spring')).out.trimEnd().split('\n')).toHaveLength(4)
})

test('a state that does not exist is refused with the known ones', async () => {
  const { run } = await openSteering()
  const { code, err } = await run('messages', 'list', '1', '--state', 'delivered')
  expect(code).toBe(2)
  expect(err).toContain('scheduled, sending, sent')
})

test('an unknown mailing: exit 5', async () => {
  const { run } = await openSteering()
  expect(await run('messages', 'list', '7')).toEqual({
    code: 5,
    out: '',
    err: 'notify: there is no mailing "7"\nThere is none yet: notify schedule --at 10:00.\n',
  })
})

test('a list that nobody reads any more ends after the page, in silence', async () => {
  const { connection, run } = await openSteering({ unread: AbortSignal.abort() })
  insertMailing(connection, { name: 'big', messages: [{ zone: 'Asia/Omsk', state: 'scheduled', count: 2_500 }] })
  const { code, out, err } = await run('messages', 'list', 'big', '--json=lines')
  expect([code, err, out.trimEnd().split('\n').length]).toEqual([0, '', 1_000])
})

test('without a mailing: those of all, the newest first, each with the name of its own', async () => {
  const { connection, run } = await openSteering({ tty: true })
  insertRows(connection)
  insertMailing(connection, {
    name: 'autumn',
    on: '2021-10-23',
    messages: [
      { zone: 'Europe/Moscow', state: 'sent', count: 1, name: 'Acme' },
      { zone: 'Europe/Moscow', state: 'failed', count: 1, name: 'Last', reason: 'NO SUCH person' },
    ],
  })
  const list = async (...args: string[]) => {
    const { out, err } = await run('messages', 'list', ...args, '--no-color')
    return [stripVTControlCharacters(out), stripVTControlCharacters(err)] as const
  }
  const [table, hint] = await list('--error', 'no such', '--limit', '1')
  expect(table).toMatch(/^# +MAILING .*\n6 +autumn +Last .*\n… 1 more \(--limit, --json\)\n$/)
  expect(hint).toBe('Next: notify messages show 6\n')
  expect((await list('--state', 'sent'))[0].split('\n')).toMatchObject(
    [/^#/, /^5 +autumn/, /^1 +spring/, ''].map((each) => expect.stringMatching(each)),
  )
  expect((await list('--recipient', 'id=2'))[0].split('\n')).toHaveLength(3)
  const json = JSON.parse((await run('messages', 'list', '--json')).out)
  expect(json.map(({ mailing, recipient }: Record<string, string>) => `${mailing} ${recipient}`)).toEqual([
    '2 5',
    '2 6',
    '1 1',
    '1 2',
    '1 3',
    '1 4',
  ])
})

test('nobody of that name: said before anything is listed', async () => {
  const { connection, run } = await openSteering()
  insertRows(connection)
  expect(await run('messages', 'list', '--recipient', 'id=99')).toMatchObject({ code: 5, out: '' })
})
