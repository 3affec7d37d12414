// The address book: who is found again, what an import may change, what it refuses; on a real SQLite file.
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Clock } from '../../src/clock.ts'
import type { RecipientDraft } from '../../src/domain/recipient.ts'
import type { MergeCounts, RecipientStore, StagedRecipients } from '../../src/store/recipient-store.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import { recipientStore } from '../../src/store/sqlite/recipients.ts'
import { temporaryConnection } from '../support/database.ts'

const clock: Clock = {
  now: () => 1000,
  monotonic: () => 0,
  sinceBoot: () => 0,
  sleep: async () => undefined,
  random: () => 0,
}
const never = new AbortController().signal

const allOf = async <T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> => {
  const all: T[] = []
  for await (const page of pages) all.push(...page)
  return all
}

const BLANK: RecipientDraft = {
  externalId: null,
  phone: null,
  email: null,
  operatorCode: null,
  name: null,
  contactPerson: null,
  taxNumber: null,
  address: null,
  district: null,
  zone: null,
  tags: [],
  unsubscribed: false,
  unsubscribedByAdmin: false,
  attributes: {},
}

const [P1, P2, P3] = ['+79160000001', '+79160000002', '+79160000003'] as const

type Row = Partial<RecipientDraft>

interface Book {
  readonly connection: Connection
  readonly store: RecipientStore
  stage(rows: readonly Row[]): Promise<StagedRecipients>
  /** Imports the rows, from line 2 on; fails where there are conflicts. */
  import(rows: readonly Row[], now?: number): Promise<MergeCounts>
  /** The reasons why rows are rejected, by line. */
  conflicts(rows: readonly Row[]): Promise<Record<number, string>>
  people(): Record<string, unknown>[]
}

const openBook = async (): Promise<Book> => {
  const connection = await temporaryConnection(clock)
  const store = recipientStore(connection, clock)
  const stage: Book['stage'] = async (rows) => {
    const staged = await store.stageRecipients()
    await staged.add(rows.map((row, i) => ({ line: i + 2, draft: { ...BLANK, ...row }, cells: null })))
    return staged
  }
  return {
    connection,
    store,
    stage,
    import: async (rows, now = 1000) => {
      const staged = await stage(rows)
      expect(await allOf(staged.rejectConflicts())).toEqual([])
      const counts = await staged.merge(now, never, () => undefined)
      await staged.close()
      return counts
    },
    conflicts: async (rows) => {
      const staged = await stage(rows)
      const rejected = await allOf(staged.rejectConflicts())
      await staged.close()
      return Object.fromEntries(rejected.map(({ line, reason }) => [line, reason]))
    },
    people: () => connection.db.prepare<[], Record<string, unknown>>('select * from recipients order by id').all(),
  }
}

test('what is staged is seen by nobody until it is merged, and other writers do not wait', async () => {
  const book = await openBook()
  const staged = await book.stage([{ phone: P1 }, { phone: P2 }])
  expect(await book.store.countRecipients()).toBe(0)
  const other = new Database(book.connection.db.name, { timeout: 0 })
  other.prepare("insert into recipients (phone, created_at, updated_at) values ('+79169999999', 1, 1)").run()
  other.close()
  await allOf(staged.rejectConflicts())
  expect(await staged.count()).toMatchObject({ added: 2, changed: 0, unchanged: 0 })
  expect(await book.store.countRecipients()).toBe(1)
  expect(await staged.merge(1000, never, () => undefined)).toMatchObject({ added: 2, changed: 0, unchanged: 0 })
  expect(await book.store.countRecipients()).toBe(3)
  await staged.close()
})

test('the same rows twice: nothing is added, nothing changes, nothing is written', async () => {
  const book = await openBook()
  const rows: Row[] = [
    {
      externalId: 'a',
      phone: P1,
      name: 'A',
      district: 'Амурская обл.',
      tags: ['опт', 'vip'],
      attributes: { rank: '5' },
    },
    { phone: P2, email: 'b@example.ru', unsubscribed: true },
    { email: 'c@example.ru', zone: 'Asia/Omsk' },
    { externalId: 'd', email: 'd@example.ru' },
  ]
  expect(await book.import(rows, 1000)).toMatchObject({ added: 4, changed: 0, unchanged: 0, unsubscribed: 1 })
  const before = book.people()
  expect(await book.import(rows, 2000)).toMatchObject({ added: 0, changed: 0, unchanged: 4, unsubscribed: 1 })
  expect(book.people()).toEqual(before)
})

test('a person is found by external id, else by phone, else by e-mail', async () => {
  const book = await openBook()
  await book.import([{ externalId: 'a', phone: P1 }, { phone: P2 }, { email: 'c@example.ru' }])
  const counts = await book.import([
    { externalId: 'a', phone: P3, name: 'by external id' },
    { phone: P2, name: 'by phone' },
    { email: 'c@example.ru', name: 'by e-mail' },
  ])
  expect(counts).toMatchObject({ added: 0, changed: 3 })
  expect(book.people()).toMatchObject([
    { external_id: 'a', phone: P3, name: 'by external id' },
    { phone: P2, name: 'by phone' },
    { email: 'c@example.ru', name: 'by e-mail' },
  ])
})

test('somebody known by phone alone gains the external id; an e-mail does not find a row that has a phone', async () => {
  const book = await openBook()
  await book.import([{ phone: P1, email: 'a@example.ru' }])
  expect(await book.import([{ externalId: 'a', phone: P1 }])).toMatchObject({ changed: 1 })
  expect(await book.import([{ phone: P2, email: 'a@example.ru' }])).toMatchObject({ added: 1 })
  expect(book.people()).toMatchObject([
    { external_id: 'a', phone: P1 },
    { external_id: null, phone: P2 },
  ])
})

test('what a row leaves blank stays; tags are added, attributes merged', async () => {
  const book = await openBook()
  const full: Row = { phone: P1, name: 'A', address: 'street', zone: 'Asia/Omsk', district: 'Омская область' }
  await book.import([{ ...full, operatorCode: '916', tags: ['a'], attributes: { rank: '5', colour: 'red' } }], 1000)
  await book.import([{ phone: P1, operatorCode: '916', name: 'B', tags: ['b', 'a'], attributes: { rank: '6' } }], 2000)
  expect(book.people()).toMatchObject([
    {
      name: 'B',
      address: 'street',
      zone: 'Asia/Omsk',
      district_id: 1,
      operator_code: '916',
      updated_at: 2000,
      created_at: 1000,
    },
  ])
  expect(JSON.parse(String(book.people()[0]?.['attributes']))).toEqual({ rank: '6', colour: 'red' })
  expect(book.connection.db.prepare('select tag from recipient_tags order by tag').pluck().all()).toEqual(['a', 'b'])
  expect(await book.store.attributeNames()).toEqual(['colour', 'rank'])
})

test('consent goes one way', async () => {
  const book = await openBook()
  await book.import([{ phone: P1, unsubscribed: true }, { phone: P2, unsubscribedByAdmin: true }, { phone: P3 }])
  const counts = await book.import([
    { phone: P1, unsubscribedByAdmin: true },
    { phone: P2 },
    { phone: P3, unsubscribed: true },
  ])
  expect(counts).toMatchObject({ changed: 2, unchanged: 1, unsubscribed: 3 })
  expect(book.people()).toMatchObject([
    { unsubscribed: 1, unsubscribed_by_admin: 1 },
    { unsubscribed: 0, unsubscribed_by_admin: 1 },
    { unsubscribed: 1, unsubscribed_by_admin: 0 },
  ])
})

test('two lines of one file cannot be one person', async () => {
  const book = await openBook()
  await book.import([{ externalId: 'known', phone: P3 }])
  expect(
    await book.conflicts([
      { externalId: 'a', phone: P1 },
      { externalId: 'a' },
      { externalId: 'b', phone: P1 },
      { externalId: 'known', name: 'x' },
      { phone: P3 },
      { phone: P2, email: 'e@example.ru' },
      { email: 'e@example.ru' },
      { externalId: 'c', email: 'e@example.ru' },
    ]),
  ).toEqual({
    3: 'the external id a stands already at line 2',
    4: `the phone ${P1} stands already at line 2`,
    6: 'it is the same recipient as line 5',
    8: 'the e-mail e@example.ru stands also at line 7',
  })
})

test('a phone that belongs to somebody else is not taken away', async () => {
  const book = await openBook()
  await book.import([{ externalId: 'a', phone: P1 }, { phone: P2 }, { externalId: 'b', phone: P3 }])
  expect(
    await book.conflicts([
      { externalId: 'new', phone: P1 },
      { externalId: 'b', phone: P2 },
    ]),
  ).toEqual({
    2: `the phone ${P1} belongs to another recipient (external id a)`,
    3: `the phone ${P2} belongs to another recipient`,
  })
})

test('rejected records come back as they were read, and are gone from what is merged', async () => {
  const book = await openBook()
  const staged = await book.store.stageRecipients()
  const draft = { ...BLANK, phone: P1 }
  await staged.add([
    { line: 2, draft, cells: ['8 916 000-00-01', 'A;"'] },
    { line: 3, draft: { ...draft, district: 'Нигде' }, cells: ['+7 916 000 00 01', 'B'] },
  ])
  expect(await allOf(staged.rejectConflicts())).toEqual([
    { line: 3, reason: `the phone ${P1} stands already at line 2`, cells: ['+7 916 000 00 01', 'B'] },
  ])
  expect(await staged.merge(1000, never, () => undefined)).toMatchObject({ added: 1, districtsWithoutZone: [] })
  expect(book.connection.db.prepare('select count(*) from districts').pluck().get()).toBe(0)
})

test('a district is found by any of its keys; one that nobody knows is noted, and told', async () => {
  const book = await openBook()
  book.connection.db.exec(`
    insert into districts (id, name, zone) values (7, 'Амурская область', 'Asia/Yakutsk');
    insert into district_keys (key, district_id) values ('амурская', 7), ('28', 7)`)
  const counts = await book.import([
    { phone: P1, district: 'АМУРСКАЯ обл.' },
    { phone: P2, district: '28' },
    { phone: P3, district: 'Нигде' },
    { phone: '+79160000004', district: 'нигде', zone: 'Asia/Omsk' },
    { phone: '+79160000005', district: 'Далеко', zone: 'Asia/Omsk' },
  ])
  expect(counts.districtsWithoutZone).toEqual(['Нигде'])
  expect(book.people().map((person) => person['district_id'])).toEqual([7, 7, 9, 9, 8])
  expect(book.connection.db.prepare('select name, zone from districts where id > 7 order by id').all()).toEqual([
    { name: 'Далеко', zone: null },
    { name: 'Нигде', zone: null },
  ])
})

test('people who swap phones are killed half way: nobody is without a phone, and the same file mends it', async () => {
  const book = await openBook()
  await book.import([
    { externalId: 'a', phone: P1 },
    { externalId: 'b', phone: P2 },
  ])
  const between = Array.from({ length: 6_000 }, (_, i) => ({ phone: `+7916${String(1_000_000 + i)}` }))
  const rows = [{ externalId: 'a', phone: P2 }, ...between, { externalId: 'b', phone: P1 }]
  const staged = await book.stage(rows)
  expect(await allOf(staged.rejectConflicts())).toEqual([])
  const stop = new AbortController()
  await staged.merge(2000, stop.signal, () => stop.abort())
  await staged.close()
  expect(
    book
      .people()
      .slice(0, 2)
      .map(({ phone }) => phone),
  ).toEqual([P2, P2])
  await book.import(rows, 3000)
  expect(
    book
      .people()
      .slice(0, 2)
      .map(({ phone }) => phone),
  ).toEqual([P2, P1])
})

test('a merge that is told to stop ends between two chunks and says how far it came', async () => {
  const book = await openBook()
  const rows = Array.from({ length: 6000 }, (_, i) => ({ phone: `+7916${String(i).padStart(7, '0')}` }))
  const stop = new AbortController()
  const progress: number[] = []
  const staged = await book.stage(rows)
  await allOf(staged.rejectConflicts())
  const counts = await staged.merge(1000, stop.signal, (done) => {
    progress.push(done)
    stop.abort()
  })
  await staged.close()
  expect(counts.added).toBeGreaterThan(0)
  expect(counts.added).toBeLessThanOrEqual(5000)
  expect(progress).toEqual([counts.added])
  expect(await book.import(rows)).toMatchObject({ added: 6000 - counts.added, unchanged: counts.added })
})

test('another process that imports the same people meanwhile makes no second ones', async () => {
  const book = await openBook()
  const staged = await book.stage([{ externalId: 'a', phone: P1, name: 'ours' }])
  await allOf(staged.rejectConflicts())
  const other = new Database(book.connection.db.name)
  const insert = other.prepare(
    "insert into recipients (external_id, phone, name, created_at, updated_at) values (?, ?, 'theirs', 1, 1)",
  )
  insert.run('a', P1)
  expect(await staged.merge(1000, never, () => undefined)).toMatchObject({ added: 0, changed: 1 })
  await staged.close()
  const again = await book.stage([{ externalId: 'b', phone: P2 }])
  await allOf(again.rejectConflicts())
  insert.run('c', P2)
  await expect(again.merge(1000, never, () => undefined)).rejects.toThrow('another import changed the same recipients')
  await again.close()
  other.close()
  expect(book.people()).toMatchObject([
    { external_id: 'a', name: 'ours' },
    { external_id: 'c', name: 'theirs' },
  ])
})

const anyRow: fc.Arbitrary<Row> = fc.record(
  {
    externalId: fc.constantFrom('a', 'b', 'c', 'd'),
    phone: fc.constantFrom(P1, P2, P3, '+375291234567'),
    email: fc.constantFrom('a@example.ru', 'b@example.ru'),
    name: fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !name.includes('\0')),
    district: fc.constantFrom('Амурская обл.', 'Омская область', '3'),
    tags: fc.uniqueArray(fc.constantFrom('x', 'y', '"]'), { maxLength: 3 }),
    unsubscribed: fc.boolean(),
    attributes: fc.dictionary(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      { maxKeys: 3 },
    ),
  },
  { requiredKeys: [] },
)

test('law: what two files had to say is known: the rows that were taken of them change nothing the next time, and nobody is twice in the book', async () => {
  const book = await openBook()
  /** The rows that are taken. */
  const take = async (rows: readonly Row[]): Promise<{ counts: MergeCounts; taken: Row[] }> => {
    const staged = await book.stage(rows)
    const rejected = (await allOf(staged.rejectConflicts())).map(({ line }) => line)
    const foreseen = await staged.count()
    const counts = await staged.merge(1000, never, () => undefined)
    await staged.close()
    expect(counts).toEqual(foreseen)
    return { counts, taken: rows.filter((_, i) => !rejected.includes(i + 2)) }
  }
  const file = fc.array(
    anyRow.filter(({ phone, email }) => phone !== undefined || email !== undefined),
    { maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(file, file, async (first, second) => {
      book.connection.db.exec('delete from recipients; delete from recipient_tags')
      await take(first)
      const { taken } = await take(second)
      const again = await take(taken)
      expect(again.counts).toMatchObject({ added: 0, changed: 0, unchanged: taken.length })
      const twice = 'select phone from recipients where phone is not null group by phone having count(*) > 1'
      expect(book.connection.db.prepare(twice).all()).toEqual([])
    }),
    { numRuns: 200 },
  )
})
