// notify recipients: the address book, looked at and kept by hand.
import { expect, test } from 'vitest'
import { openBookDesk } from '../support/book-desk.ts'

const BOOK = `id;phone;email;name;district;zone;tag;Рейтинг
S1;89161234567;anna@example.com;ООО «Ромашка»;Амурская обл.;;vip,spring;5
S2;89141234567;;ИП Пётр;;Asia/Yakutsk;vip;
S3;;boris@example.com;Борис;Нигде;;;
S4;+442079460018;;Acme;;UTC;;3
`

/** An import numbers people by their lines: S1 is 3, S4 is 6. */
const openBook = async (...options: Parameters<typeof openBookDesk>) => {
  const desk = await openBookDesk(...options)
  desk.write('zones.csv', 'district,zone\nАмурская область,Asia/Yakutsk\n')
  await desk.run('import', 'timezones', 'zones.csv', '--quiet')
  await desk.importCsv(BOOK)
  return desk
}

const ids = async (desk: Awaited<ReturnType<typeof openBook>>, ...args: readonly string[]): Promise<string[]> => {
  const { code, out, err } = await desk.run('recipients', 'list', ...args, '--json')
  if (code !== 0) throw new Error(err)
  const rows: readonly { readonly externalId: string }[] = JSON.parse(out)
  return rows.map(({ externalId }) => externalId)
}

test('a bare notify recipients lists them, with the zone that each has now', async () => {
  const desk = await openBook()
  const { code, out, err } = await desk.run('recipients')
  expect(`\n${out}`).toBe(`
#  NAME           PHONE          E-MAIL             EXTERNAL ID  DISTRICT          ZONE          TAGS
3  ООО «Ромашка»  +79161234567   anna@example.com   S1           Амурская область  Asia/Yakutsk  spring, vip
4  ИП Пётр        +79141234567                      S2                             Asia/Yakutsk  vip
5  Борис                         boris@example.com  S3           Нигде             no zone
6  Acme           +442079460018                     S4                             UTC
`)
  expect([code, err]).toEqual([0, ''])
})

test('a recipient as JSON', async () => {
  const desk = await openBook()
  await desk.run('block', 'anna@example.com')
  const [first] = JSON.parse((await desk.run('recipients', '--json')).out)
  expect(first).toEqual({
    id: '3',
    externalId: 'S1',
    phone: '+79161234567',
    email: 'anna@example.com',
    operatorCode: '916',
    name: 'ООО «Ромашка»',
    contactPerson: null,
    taxNumber: null,
    address: null,
    district: 'Амурская область',
    zone: null,
    zoneNow: 'Asia/Yakutsk',
    tags: ['spring', 'vip'],
    unsubscribed: false,
    unsubscribedByAdmin: false,
    blocked: true,
    blockedPhone: false,
    blockedEmail: true,
    attributes: { Рейтинг: '5' },
    createdAt: '2021-10-22T05:00:00Z',
    updatedAt: '2021-10-22T05:00:00Z',
  })
})

test('who has a blocked address and another one is told to get nothing at the blocked one only', async () => {
  const desk = await openBook()
  const told = async () => [
    (await desk.run('recipients', 'list', '--blocked')).out.split('\n')[1]?.match(/by e-mail: blocked$|blocked$/)?.[0],
    (await desk.run('recipients', 'show', '3')).out.match(/gets nothing +(.*)/)?.[1],
  ]
  await desk.run('block', 'anna@example.com')
  expect(await told()).toEqual(['by e-mail: blocked', 'by e-mail: blocked'])
  await desk.run('block', '+79161234567')
  expect(await told()).toEqual(['blocked', 'blocked'])
})

const FILTERS: readonly (readonly [args: readonly string[], expected: readonly string[]])[] = [
  [
    ['--tag', 'vip'],
    ['S1', 'S2'],
  ],
  [
    ['--tag', 'spring', '--tag', 'vip'],
    ['S1', 'S2'],
  ],
  [['--tag', 'vip', '--not-tag', 'spring'], ['S2']],
  [
    ['--not-tag', 'vip'],
    ['S3', 'S4'],
  ],
  [['--operator-code', '914'], ['S2']],
  [['--district', 'амурская'], ['S1']],
  [
    ['--zone', 'Asia/Yakutsk'],
    ['S1', 'S2'],
  ],
  [['--attr', 'Рейтинг=3'], ['S4']],
  [['--tag', 'vip', '--zone', 'Asia/Yakutsk', '--attr', 'Рейтинг=5'], ['S1']],
  [
    ['--never-reached', '--tag', 'vip'],
    ['S1', 'S2'],
  ],
  [['--search', 'ромашка'], ['S1']],
  [['--search', 'ПЁТР'], ['S2']],
  [
    ['--search', 'EXAMPLE'],
    ['S1', 'S3'],
  ],
  [['--search', '8 914 123'], ['S2']],
  [
    ['--search', '123-45-67'],
    ['S1', 'S2'],
  ],
  [['--search', 's4'], ['S4']],
  [['--search', '%'], []],
  [['--search', '_'], []],
  [['--search', '\\'], []],
  [
    ['--after', '4'],
    ['S3', 'S4'],
  ],
  [
    ['--after', '3', '--limit', '2'],
    ['S2', 'S3'],
  ],
  [['--tag', 'nobody'], []],
]

test('whom the flags choose', async () => {
  const desk = await openBook()
  for (const [args, expected] of FILTERS) expect(await ids(desk, ...args), args.join(' ')).toEqual(expected)
})

test('a letter that a keyboard makes of two is the one of the address book: nobody who is left out gets anything', async () => {
  const desk = await openBook()
  await desk.run('recipients', 'tag', 'тестовый', 'S3')
  const typed = (text: string): string => ` ${text} `.normalize('NFD')
  expect(await ids(desk, '--not-tag', typed('тестовый'), '--not-tag', 'vip')).toEqual(['S4'])
  expect(await ids(desk, '--tag', typed('тестовый'))).toEqual(['S3'])
  expect(await ids(desk, '--attr', typed('Рейтинг=3'))).toEqual(['S4'])
})

test.each(['', ' ', 'vip,spring', 'vip|spring'])(
  'a tag that nobody can have leaves nobody out: %j is refused',
  async (tag) => {
    const desk = await openBook()
    for (const args of [
      ['recipients', 'list'],
      ['schedule', '--at', '10:00', '--text', 'x'],
    ])
      for (const flag of ['--tag', '--not-tag'])
        expect(await desk.run(...args, flag, tag)).toMatchObject({ code: 2, err: expect.stringContaining('is no tag') })
  },
)

test('those who get nothing are found, and it is said why', async () => {
  const desk = await openBook()
  await desk.run('recipients', 'unsubscribe', 'S2')
  await desk.run('recipients', 'unsubscribe', 'S4', '--by-admin')
  await desk.run('block', 'anna@example.com')
  expect(await ids(desk, '--unsubscribed')).toEqual(['S2', 'S4'])
  expect(await ids(desk, '--blocked')).toEqual(['S1'])
  expect(await ids(desk, '--unsubscribed', '--tag', 'vip')).toEqual(['S2'])
  const { out } = await desk.run('recipients')
  expect(out).toMatch(/GETS NOTHING\n/)
  expect(out.split('\n').slice(1, 5)).toEqual([
    expect.stringMatching(/ {2}by e-mail: blocked$/),
    expect.stringMatching(/ {2}unsubscribed$/),
    expect.stringMatching(/no zone$/),
    expect.stringMatching(/ {2}unsubscribed by an administrator$/),
  ])
})

test('a long list is shown in part and counted; programs get all of it, page by page', async () => {
  const desk = await openBookDesk()
  const rows = Array.from(
    { length: 2_100 },
    (_, i) => `+7916${String(i).padStart(7, '0')};UTC;${i % 2 ? 'odd' : 'even,2'}`,
  )
  await desk.importCsv(`phone;zone;tag\n${rows.join('\n')}\n`)
  const last = async (...args: readonly string[]) =>
    (await desk.run('recipients', ...args)).out.trimEnd().split('\n').at(-1)
  expect(await last()).toBe('… 2050 more (--limit, --json)')
  expect(await last('--tag', 'odd')).toBe('… 1000 more (--limit, --json)')
  expect(await last('--tag', 'odd', '--operator-code', '916')).toBe('… 1000 more (--limit, --json)')
  expect(await last('--tag', 'even', '--tag', '2')).toBe('… 1000 more (--limit, --json)')
  expect(await last('--tag', 'odd', '--never-reached')).toBe('… more (--limit, --json)')
  expect(await last('--limit', '2100')).toMatch(/^2102 /)
  const lines = (await desk.run('recipients', '--json=lines', '--tag', 'odd', '--tag', '2')).out.trimEnd().split('\n')
  expect(new Set(lines.map((line) => JSON.parse(line).id)).size).toBe(2_100)
  const plain = (await desk.run('recipients', '--plain', '--tag', 'odd')).out.trimEnd().split('\n')
  expect([plain.length, plain[0]?.startsWith('id\texternalId\tphone\t')]).toEqual([1_051, true])
})

test('a walk by a tag looks at nobody else', async () => {
  const desk = await openBook()
  const { pageOf } = await import('../../src/store/sqlite/recipient-pages.ts')
  const { EVERYBODY } = await import('../../src/domain/mailing.ts')
  const page = pageOf(
    {
      audience: { ...EVERYBODY, tags: ['vip', 'spring'], operatorCodes: ['916'] },
      unsubscribed: false,
      blocked: false,
      search: null,
      withTag: null,
    },
    0,
    50,
  )
  const steps = desk.sql
    .prepare<unknown[], { detail: string }>(`explain query plan ${page.sql}`)
    .all(...page.values)
    .map(({ detail }) => detail)
  expect(steps.filter((step) => /recipient_tags_tag \(tag=\? AND recipient_id>\?\)/.test(step))).toHaveLength(2)
  expect(steps.filter((step) => /^SCAN (r|t|recipients)\b/.test(step))).toEqual([])
})

const WORDS: readonly (readonly [word: string, expected: string])[] = [
  ['3', 'S1'],
  ['S2', 'S2'],
  ['8 (916) 123-45-67', 'S1'],
  ['+44 20 7946 0018', 'S4'],
  ['Boris@Example.com', 'S3'],
  ['id=5', 'S3'],
  ['external-id=S4', 'S4'],
]

test('RECIPIENT may be written as a number, an external id, a phone, an e-mail', async () => {
  const desk = await openBook()
  for (const [word, expected] of WORDS) {
    const { out } = await desk.run('recipients', 'show', word, '--json')
    expect(JSON.parse(out), word).toMatchObject({ externalId: expected })
  }
})

test('a recipient that nobody knows: what was looked for', async () => {
  const desk = await openBook()
  const { code, err } = await desk.run('recipients', 'show', '8 999 111-22-33')
  expect([code, err]).toEqual([
    5,
    'notify: there is no recipient "8 999 111-22-33"\n' +
      'Nobody has the external id "8 999 111-22-33", the phone +79991112233. Look for part of a name: notify recipients --search TEXT\n',
  ])
})

test('a word that may mean several is refused, naming them', async () => {
  const desk = await openBook()
  await desk.importCsv('id;phone;email;zone\nS5;89161112233;anna@example.com;UTC\n3;89161112244;;UTC\n')
  const shared = await desk.run('recipients', 'show', 'anna@example.com')
  expect([shared.code, shared.err]).toEqual([
    2,
    'notify: "anna@example.com" may mean recipient 3 "ООО «Ромашка»", recipient 9\nSay which: id=3, or external-id=…\n',
  ])
  expect((await desk.run('recipients', 'remove', '3', '--yes')).code).toBe(2)
  expect(JSON.parse((await desk.run('recipients', 'show', 'external-id=3', '--json')).out)).toMatchObject({ id: '10' })
})

test('show tells fields, messages and what was done', async () => {
  const desk = await openBook()
  const mailing = Number(
    desk.sql
      .prepare(
        `insert into mailings (uid, name, state, text, gateway, at, on_date, until, expires_at, terms, plan, created_at)
         values ('u', 'spring', 'active', 'x', 'sms', '10:00', '2021-10-22', '21:00', 1e15, '{}', '{}', 1)`,
      )
      .run().lastInsertRowid,
  )
  desk.sql
    .prepare(
      `insert into messages (mailing_id, recipient_id, zone, send_at, state, reason, attempts, settled_at)
       values (?, 3, 'Asia/Yakutsk', ?, 'failed', 'no such number', 1, ?)`,
    )
    .run(mailing, Date.parse('2021-10-22T01:00:00Z'), Date.parse('2021-10-22T01:00:02Z'))
  await desk.run('recipients', 'tag', 'late', '3', '--reason', 'as asked')
  const { out } = await desk.run('recipients', 'show', '3')
  expect(`\n${out}`).toBe(`
ООО «Ромашка»   recipient 3
  phone        +79161234567 (operator code 916)
  e-mail       anna@example.com
  district     Амурская область
  zone         Asia/Yakutsk (the district's)
  tags         late, spring, vip
  external id  S1
  Рейтинг      5
  added        2021-10-22 08:00 Europe/Moscow

MESSAGE  MAILING  STATE   THEIR TIME              SETTLED (Europe/Moscow)  REASON
      1  spring   failed  2021-10-22 10:00 (+09)  22 Oct 04:00             no such number

Europe/Moscow     WHO   DID                WHY
2021-10-22 08:00  anna  recipients tagged  as asked
`)
  expect(JSON.parse((await desk.run('recipients', 'show', '3', '--json')).out)).toMatchObject({
    waiting: 0,
    messages: [
      {
        id: '1',
        mailing: '1',
        mailingName: 'spring',
        state: 'failed',
        reason: 'no such number',
        zone: 'Asia/Yakutsk',
        sendAt: '2021-10-22T01:00:00Z',
        settledAt: '2021-10-22T01:00:02Z',
      },
    ],
    acts: [{ who: 'anna', what: 'recipients tagged', why: 'as asked', detail: { tag: 'late' } }],
  })
})

test('an empty address book', async () => {
  const desk = await openBookDesk()
  expect((await desk.run('recipients')).out).toBe('No recipients.\n')
  expect((await desk.run('recipients', '--json')).out).toBe('[]\n')
})
