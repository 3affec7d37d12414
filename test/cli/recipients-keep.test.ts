// notify recipients add, edit, remove, unsubscribe, resubscribe: an operator keeps the address book by hand.
import { expect, test } from 'vitest'
import type { MessageState } from '../../src/domain/message.ts'
import { type BookDesk, openBookDesk } from '../support/book-desk.ts'

const add = async (desk: BookDesk, ...args: readonly string[]): Promise<number> => {
  const { code, out, err } = await desk.run('recipients', 'add', ...args, '--json')
  if (code !== 0) throw new Error(err)
  return Number(JSON.parse(out).id)
}

const shown = async (desk: BookDesk, id: number): Promise<Record<string, unknown>> =>
  JSON.parse((await desk.run('recipients', 'show', `id=${id}`, '--json')).out)

const bookChangedAt = ({ sql }: BookDesk): unknown =>
  sql.prepare('select book_changed_at from installation').pluck().get()

/** A mailing with one message to this recipient in each of these states; all but the waiting ones were tried. */
const insertMessages = ({ sql }: BookDesk, recipient: number, states: readonly (MessageState | 'doubtful')[]): void => {
  for (const [i, wanted] of states.entries()) {
    const state = wanted === 'doubtful' ? 'scheduled' : wanted
    const { lastInsertRowid } = sql
      .prepare(
        `insert into mailings (uid, name, state, text, gateway, at, on_date, until, expires_at, terms, plan, created_at)
         values ('u' || ?, 'm' || ?, 'active', 'x', 'sms', '10:00', '2021-10-22', '21:00', 1e15, '{}', '{}', 1)`,
      )
      .run(i, i)
    const isOpen = state === 'scheduled' || state === 'sending'
    sql
      .prepare(
        `insert into messages (mailing_id, recipient_id, zone, send_at, due_at, state, address, text, doubt_since)
         values (?, ?, 'UTC', 1, ?, ?, '+79161234567', 'Dear Anna', ?)`,
      )
      .run(lastInsertRowid, recipient, isOpen ? 1 : null, state, wanted === 'doubtful' ? 1 : null)
    sql.prepare('insert into mailing_counts values (?, ?, 1)').run(lastInsertRowid, state)
  }
}

const messages = ({ sql }: BookDesk): unknown[] =>
  sql.prepare('select state, reason, address, text, due_at as dueAt from messages order by id').all()

test('somebody is added by the rules of an import', async () => {
  const desk = await openBookDesk()
  const said = await desk.run(
    ...['recipients', 'add', '--phone', '8 (914) 123-45-67', '--email', 'Anna@Example.com', '--name', 'Anna'],
    ...['--contact-person', 'Пётр', '--inn', '7701234567', '--address', 'ул. Ленина, 5', '--district', 'Амурская обл.'],
    ...['--zone', 'МСК+6', '--tag', 'vip', '--tag', 'spring', '--attr', 'rank=gold', '--external-id', 'S1'],
    ...['--reason', 'by phone'],
  )
  expect(said).toEqual({ code: 0, out: 'Added recipient 1 "Anna": +79141234567, UTC+9.\n', err: '' })
  expect(await shown(desk, 1)).toMatchObject({
    externalId: 'S1',
    phone: '+79141234567',
    email: 'anna@example.com',
    operatorCode: '914',
    name: 'Anna',
    contactPerson: 'Пётр',
    taxNumber: '7701234567',
    address: 'ул. Ленина, 5',
    district: 'Амурская обл.',
    zone: 'UTC+9',
    tags: ['spring', 'vip'],
    attributes: { rank: 'gold' },
    createdAt: '2021-10-22T05:00:00Z',
  })
  expect(await desk.store.attributeNames()).toEqual(['rank'])
  expect(bookChangedAt(desk)).toBe(desk.clock.now())
  expect(desk.acts()).toEqual([{ who: 'anna', what: 'recipient added', recipient: 1, why: 'by phone', detail: null }])
})

test('what was added by hand is the same to an import', async () => {
  const desk = await openBookDesk()
  await add(desk, '--phone', '89141234567', '--name', 'Anna', '--district', 'Амурская обл.', '--tag', 'vip')
  desk.write('list.csv', 'phone;name;district;tag\n+7 914 123-45-67;Anna;амурская область;vip\n')
  expect((await desk.run('import', 'suppliers', 'list.csv')).out).toContain('0 added, 0 changed, 1 unchanged')
})

test('a district that has a zone gives it, however it is written', async () => {
  const desk = await openBookDesk()
  await desk.run('import', 'timezones', '--preset', 'ru', '--quiet')
  await add(desk, '--phone', '89141234567', '--district', 'амурская')
  expect(await shown(desk, 1)).toMatchObject({ district: 'Амурская область', zone: null, zoneNow: 'Asia/Yakutsk' })
})

test('a district that nobody knows is told, with the one that may be meant: it has no zone', async () => {
  const desk = await openBookDesk()
  await desk.run('import', 'timezones', '--preset', 'ru', '--quiet')
  const { err } = await desk.run('recipients', 'add', '--phone', '89141234567', '--district', 'Мсква')
  const warning = `The district "Мсква" has no zone: notify schedule will stop at this recipient.
Did you mean "Москва"?
Give it one: notify districts edit "Мсква" --zone ZONE
`
  expect(err).toBe(warning)
  expect((await desk.run('recipients', 'edit', '1', '--district', 'Москва')).err).toBe('')
  expect((await desk.run('recipients', 'edit', '1', '--district', 'Мсква')).err).toBe(warning)
  expect((await desk.run('recipients', 'edit', '1', '--name', 'Anna')).err).toBe('')
})

test.each([
  [['--name', 'Nobody'], 2, 'neither a phone nor an e-mail; nothing is added'],
  [['--phone', 'none'], 2, 'phone has no digits; nothing is added'],
  [['--email', 'a@b@c'], 2, 'e-mail is not a valid address'],
  [['--phone', '89147654321', '--zone', 'Mars'], 2, 'unknown zone "Mars"'],
  [['--phone', '89147654321', '--attr', 'x'], 2, '--attr "x" is not name=value'],
  [['--phone', '8 914 123 45 67'], 4, 'the phone +79141234567 belongs to recipient 1 "Anna": nothing is changed'],
  [['--phone', '89147654321', '--external-id', 'S1'], 4, 'the external id S1 belongs to recipient 1 "Anna"'],
  [['--email', 'anna@example.com'], 4, 'the e-mail anna@example.com belongs to recipient 1 "Anna"'],
])('notify recipients add %j is refused', async (args, code, sentence) => {
  const desk = await openBookDesk()
  await add(desk, '--phone', '89141234567', '--email', 'anna@example.com', '--name', 'Anna', '--external-id', 'S1')
  const refused = await desk.run('recipients', 'add', ...args)
  expect([refused.code, refused.err]).toEqual([code, expect.stringContaining(sentence)])
  expect(desk.sql.prepare('select count(*) from recipients').pluck().get()).toBe(1)
  expect(desk.acts()).toHaveLength(1)
})

test('two people may share an e-mail where each has a phone', async () => {
  const desk = await openBookDesk()
  await add(desk, '--phone', '89141234567', '--email', 'a@example.com')
  expect(await add(desk, '--phone', '89141234568', '--email', 'a@example.com')).toBe(2)
})

test('an edit changes what is mentioned and nothing else, and shows the difference', async () => {
  const desk = await openBookDesk()
  await add(
    desk,
    '--phone',
    '89141234567',
    '--email',
    'a@example.com',
    '--name',
    'Anna',
    '--tag',
    'old',
    '--zone',
    'UTC',
  )
  desk.clock.advance(60_000)
  const args = ['recipients', 'edit', '1', '--phone', '89167654321', '--tag', 'vip', '--attr', 'rank=gold'] as const
  const dry = await desk.run(...args, '--dry-run')
  const difference = `
  phone          +79141234567 → +79167654321
  operatorCode   914 → 916
  tags           old → old, vip
  rank           nothing → gold
`
  expect(dry.out).toBe(`Dry run: would change recipient 1 "Anna":${difference}`)
  expect(await shown(desk, 1)).toMatchObject({ phone: '+79141234567', tags: ['old'] })
  expect((await desk.run(...args, '--reason', 'new number')).out).toBe(`Changed recipient 1 "Anna":${difference}`)
  expect(await shown(desk, 1)).toMatchObject({
    phone: '+79167654321',
    operatorCode: '916',
    email: 'a@example.com',
    name: 'Anna',
    zone: 'UTC',
    tags: ['old', 'vip'],
    attributes: { rank: 'gold' },
    updatedAt: '2021-10-22T05:01:00Z',
  })
  expect((await desk.run(...args)).out).toBe('Nothing of recipient 1 "Anna" is another than it was.\n')
  expect(desk.acts().slice(1)).toEqual([
    {
      who: 'anna',
      what: 'recipient changed',
      recipient: 1,
      why: 'new number',
      detail: { fields: ['phone', 'operatorCode', 'tags', 'rank'] },
    },
  ])
})

test('fields are emptied by their names', async () => {
  const desk = await openBookDesk()
  await add(
    desk,
    ...['--phone', '89141234567', '--email', 'a@example.com', '--zone', 'UTC', '--district', 'D', '--tag', 'x'],
    ...['--attr', 'a=1', '--attr', 'b=2'],
  )
  await desk.run('recipients', 'edit', '1', '--clear', 'phone', '--clear', 'zone', '--clear', 'tags', '--attr', 'a=')
  expect(await shown(desk, 1)).toMatchObject({
    phone: null,
    operatorCode: null,
    email: 'a@example.com',
    zone: null,
    district: 'D',
    tags: [],
    attributes: { b: '2' },
  })
  const last = await desk.run('recipients', 'edit', '1', '--clear', 'email')
  expect([last.code, last.err]).toEqual([2, expect.stringContaining('a recipient needs a phone or an e-mail')])
  expect((await desk.run('recipients', 'edit', '1', '--clear', 'nothing')).code).toBe(2)
  expect((await desk.run('recipients', 'edit', '1', '--name', ' ')).err).toContain('To empty a field: --clear FIELD.')
  expect(await shown(desk, 1)).toMatchObject({ email: 'a@example.com' })
})

test('a phone of somebody else is refused in an edit too', async () => {
  const desk = await openBookDesk()
  await add(desk, '--phone', '89141234567', '--name', 'Anna')
  await add(desk, '--phone', '89141234568')
  const { code, err } = await desk.run('recipients', 'edit', '2', '--phone', '89141234567')
  expect([code, err]).toEqual([4, expect.stringContaining('the phone +79141234567 belongs to recipient 1 "Anna"')])
  expect((await desk.run('recipients', 'edit', '2', '--phone', '8 914 123 45 68')).code).toBe(0)
})

test('someone without messages is deleted when they are removed', async () => {
  const desk = await openBookDesk()
  await add(desk, '--phone', '89141234567', '--tag', 'vip')
  const asked = await desk.run('recipients', 'remove', '1')
  expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('say --yes to do it')])
  expect((await desk.run('recipients', 'remove', '1', '--dry-run')).out).toMatch(/^Dry run: would forget recipient 1;/)
  expect(desk.sql.prepare('select count(*) from recipients').pluck().get()).toBe(1)
  expect((await desk.run('recipients', 'remove', '1', '--yes', '--reason', 'asked')).out).toBe('Forgot recipient 1.\n')
  expect(desk.sql.prepare('select count(*) from recipients').pluck().get()).toBe(0)
  expect(desk.sql.prepare('select count(*) from recipient_tags').pluck().get()).toBe(0)
  expect(desk.acts().at(-1)).toEqual({
    who: 'anna',
    what: 'recipient removed',
    recipient: null,
    why: 'asked',
    detail: { cancelled: 0, unknown: 0, inHand: 0 },
  })
})

test('whoever gets the number of one that is gone has none of their acts', async () => {
  const desk = await openBookDesk()
  await add(desk, '--phone', '89141234567', '--name', 'Anna')
  await desk.run('recipients', 'unsubscribe', '1', '--reason', 'asked')
  await desk.run('recipients', 'remove', '1', '--yes')
  await add(desk, '--phone', '89141234568', '--name', 'Olga')
  const { acts } = await shown(desk, 1)
  expect(acts).toMatchObject([{ what: 'recipient added' }])
  expect(desk.acts().map(({ recipient }) => recipient)).toEqual([null, null, null, 1])
})

test('someone with messages is forgotten, also in what was sent; what waits is cancelled', async () => {
  const desk = await openBookDesk()
  await add(
    desk,
    ...['--phone', '89161234567', '--email', 'a@example.com', '--name', 'Anna', '--contact-person', 'P', '--inn', '7'],
    ...['--address', 'L', '--district', 'D', '--zone', 'UTC', '--tag', 'vip', '--attr', 'a=1', '--external-id', 'S1'],
  )
  insertMessages(desk, 1, ['scheduled', 'sent', 'doubtful', 'sending', 'unknown'])
  expect((await desk.run('recipients', 'remove', '1', '--yes')).out).toBe(
    'Forgot recipient 1. Their messages stay, without address and text. 1 waiting message cancelled. 1 message may have been sent: unknown. ' +
      '1 message in flight may still arrive.\n',
  )
  const erased = { address: null, text: null, dueAt: null }
  const reason = 'recipient removed'
  expect(messages(desk)).toEqual([
    { ...erased, state: 'cancelled', reason },
    { ...erased, state: 'sent', reason: null },
    { ...erased, state: 'unknown', reason },
    { ...erased, state: 'sending', reason: null, dueAt: 1 },
    { ...erased, state: 'unknown', reason: null },
  ])
  expect(
    desk.sql.prepare('select state, count from mailing_counts where count <> 0 order by mailing_id').all(),
  ).toEqual(['cancelled', 'sent', 'unknown', 'sending', 'unknown'].map((state) => ({ state, count: 1 })))
  const {
    id,
    created_at: _,
    updated_at: __,
    removed_at: removedAt,
    ...rest
  } = desk.sql.prepare<[], Record<string, unknown>>('select * from recipients').get() ?? {}
  expect([id, removedAt]).toEqual([1, desk.clock.now()])
  expect(Object.values(rest).filter((value) => value !== null && value !== 0)).toEqual([])
  expect((await desk.run('recipients')).out).toBe('No recipients.\n')
  expect((await desk.run('recipients', 'show', '1')).err).toContain('recipient 1 was removed')
  expect((await desk.run('recipients', 'show', '89161234567')).code).toBe(5)
  expect((await desk.run('recipients', 'tag', 'x', '--all')).out).toBe('Tagged 0 recipients x.\n')
})

test('removed once more, they were removed already', async () => {
  const desk = await openBookDesk()
  await add(desk, '--phone', '89161234567')
  insertMessages(desk, 1, ['sent'])
  await desk.run('recipients', 'remove', '1', '--yes')
  expect((await desk.run('recipients', 'remove', '1')).out).toBe('Recipient 1 was removed already.\n')
})

test('the same phone comes again as somebody new when the operator says so, not with the next list', async () => {
  const desk = await openBookDesk()
  await add(desk, '--phone', '89161234567', '--external-id', 'S1')
  insertMessages(desk, 1, ['sent'])
  await desk.run('recipients', 'remove', '1', '--yes')
  await desk.importCsv('id;phone;zone\nS1;89161234567;UTC\n')
  expect(JSON.parse((await desk.run('recipients', '--json')).out)).toEqual([])
  desk.write('back.csv', 'id;phone;zone\nS1;89161234567;UTC\n')
  expect(await desk.run('import', 'suppliers', 'back.csv')).toMatchObject({
    code: 0,
    err: expect.stringContaining('1 was removed by you and stays out; --revive takes them back.'),
  })
  expect((await desk.run('import', 'suppliers', 'back.csv', '--revive')).err).toContain(
    '1 had been removed by you and is taken back.',
  )
  expect(JSON.parse((await desk.run('recipients', '--json')).out)).toMatchObject([{ phone: '+79161234567' }])
  expect(desk.sql.prepare('select phone from recipients where id = 1').pluck().get()).toBeNull()
})

test('a consent is taken and given again, each once; what waits is told', async () => {
  const desk = await openBookDesk()
  await add(desk, '--phone', '89161234567', '--name', 'Anna')
  insertMessages(desk, 1, ['scheduled', 'sent'])
  expect((await desk.run('recipients', 'unsubscribe', '89161234567', '--reason', 'by phone')).out).toBe(
    'Unsubscribed recipient 1 "Anna", by their own word. 1 waiting message of theirs will not be sent.\n',
  )
  expect((await desk.run('recipients', 'unsubscribe', '1')).out).toMatch(/^Recipient 1 "Anna" was unsubscribed already/)
  const admin = JSON.parse((await desk.run('recipients', 'unsubscribe', '1', '--by-admin', '--json')).out)
  expect(admin).toMatchObject({
    unsubscribed: true,
    unsubscribedByAdmin: true,
    changed: ['unsubscribedByAdmin'],
    waiting: 1,
  })
  expect((await desk.run('recipients', 'resubscribe', '1')).out).toBe(
    'Subscribed recipient 1 "Anna" again: lifted their own word and the administrator\'s decision. 1 waiting message of theirs will be sent.\n',
  )
  expect((await desk.run('recipients', 'resubscribe', '1')).out).toBe('Recipient 1 "Anna" was not unsubscribed.\n')
  expect(await shown(desk, 1)).toMatchObject({ unsubscribed: false, unsubscribedByAdmin: false })
  expect(desk.acts().slice(1)).toEqual([
    {
      who: 'anna',
      what: 'recipient unsubscribed',
      recipient: 1,
      why: 'by phone',
      detail: { unsubscribed: [false, true] },
    },
    {
      who: 'anna',
      what: 'recipient unsubscribed',
      recipient: 1,
      why: null,
      detail: { unsubscribedByAdmin: [false, true] },
    },
    {
      who: 'anna',
      what: 'recipient subscribed again',
      recipient: 1,
      why: null,
      detail: { unsubscribed: [true, false], unsubscribedByAdmin: [true, false] },
    },
  ])
})

test('no act tells a phone, an e-mail or a name', async () => {
  const desk = await openBookDesk()
  await add(desk, '--phone', '89161234567', '--email', 'anna@example.com', '--name', 'Smirnova')
  await desk.run('recipients', 'edit', '1', '--phone', '89167654321', '--email', 'b@example.com', '--name', 'Petrova')
  await desk.run('recipients', 'unsubscribe', '1')
  await desk.run('block', '89167654321')
  await desk.run('recipients', 'remove', '1', '--yes')
  expect(desk.acts()).toHaveLength(5)
  expect(JSON.stringify(desk.acts())).not.toMatch(/\d{7}|@|Smirnova|Petrova/)
})
