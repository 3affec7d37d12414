// The plan of an import, what becomes of those who are known, and the way back.
import { expect, test } from 'vitest'
import { type ImportDesk, openImportDesk } from '../support/import-desk.ts'

const BOOK = `id,phone,name,tag,rank,district
a,89161234567,A,old,1,Амурская обл.
b,89161234568,B,,2,
c,89161234569,C,,,
`

const LATER = `id,phone,name,tag,rank,district,unsubscribed
a,89161234567,A,"new, old",3,Омская область,no
b,89161234560,Bee,,2,,yes
c,89161234569,C,,,,
d,89161234570,D,vip,9,,
e,89161234571,E,,,,
`

const openBook = async (): Promise<ImportDesk> => {
  const desk = await openImportDesk()
  desk.write('book.csv', BOOK)
  desk.write('later.csv', LATER)
  expect(await desk.run(['suppliers', 'book.csv'])).toMatchObject({ code: 0 })
  desk.clock.set('2021-10-21T18:55:00Z')
  return desk
}

const everything = ({ sql }: ImportDesk): unknown => [
  sql
    .prepare(
      `select r.id, external_id, phone, operator_code, r.name, unsubscribed, unsubscribed_by_admin, attributes, d.name as district
       from recipients r left join districts d on d.id = district_id order by r.id`,
    )
    .all(),
  sql.prepare('select * from recipient_tags order by 1, 2').all(),
]

test('a dry run shows what would change of whom', async () => {
  const desk = await openBook()
  const before = everything(desk)
  const { out } = await desk.run(['suppliers', 'later.csv', '--dry-run'])
  expect(
    out,
  ).toBe(`Dry run: nothing is written; "later.csv" has 5 rows: 2 added, 2 changed, 1 unchanged. 1 of these recipients unsubscribed and gets nothing.
  line 2, recipient 3: district "Амурская обл." -> "Омская область"; tags "old" -> "old, new"; attributes.rank "1" -> "3"
  line 3, recipient 4: phone "+79161234568" -> "+79161234560"; name "B" -> "Bee"; unsubscribed no -> yes
`)
  const json = await desk.run(['suppliers', 'later.csv', '--dry-run', '--json'])
  expect(JSON.parse(json.out)).toMatchObject({
    conflicts: 0,
    changes: [
      { line: 2, recipient: '3', fields: { 'attributes.rank': ['1', '3'], tags: ['old', 'old, new'] } },
      { line: 3, recipient: '4', fields: { name: ['B', 'Bee'], unsubscribed: [false, true] } },
    ],
  })
  expect(everything(desk)).toEqual(before)
})

test('conflicts are counted apart from rows that are malformed', async () => {
  const desk = await openBook()
  desk.write('bad.csv', 'id,phone\nx,89161234567\ny,letters\nz,89161234599\n')
  const { out, err } = await desk.run(['suppliers', 'bad.csv', '--skip-bad'])
  expect(out).toContain('3 rows: 1 added, 0 changed, 0 unchanged, 2 rejected.')
  expect(err).toContain('1 of them is well formed: another row or another recipient speaks against it.')
  const json = await desk.run(['suppliers', 'bad.csv', '--json'])
  expect(JSON.parse(json.out)).toMatchObject({ rejectedRows: 2, conflicts: 1 })
})

test('--on-conflict skip leaves those who are known as they are, but hears "unsubscribed"', async () => {
  const desk = await openBook()
  const dry = await desk.run(['suppliers', 'later.csv', '--on-conflict', 'skip', '--dry-run', '--json'])
  const { out } = await desk.run(['suppliers', 'later.csv', '--on-conflict', 'skip', '--json'])
  expect(JSON.parse(out)).toMatchObject({ added: 2, changed: 1, unchanged: 2, skipped: 1 })
  expect(JSON.parse(dry.out)).toMatchObject({
    added: 2,
    changed: 1,
    unchanged: 2,
    skipped: 1,
    changes: [{ line: 3, recipient: '4', fields: { unsubscribed: [false, true] } }],
  })
  expect(desk.people('phone, name, unsubscribed').slice(0, 2)).toEqual([
    { phone: '+79161234567', name: 'A', unsubscribed: 0 },
    { phone: '+79161234568', name: 'B', unsubscribed: 1 },
  ])
  expect(desk.sql.prepare('select tag from recipient_tags order by tag').pluck().all()).toEqual(['old', 'vip'])
  expect((await desk.run(['suppliers', 'later.csv', '--on-conflict', 'skip'])).out).toContain(
    '0 added, 0 changed, 5 unchanged (2 left as they are, although the rows say something else)',
  )
})

test('--on-conflict fail rejects what says something else', async () => {
  const desk = await openBook()
  const before = everything(desk)
  const { code, err } = await desk.run(['suppliers', 'later.csv', '--on-conflict', 'fail'])
  expect(code).toBe(4)
  expect(err).toContain('2 of 5 rows rejected: 2 it says something else about a known recipient (lines 2, 3)')
  expect(everything(desk)).toEqual(before)
  const { out } = await desk.run(['suppliers', 'later.csv', '--on-conflict', 'fail', '--skip-bad', '--json'])
  expect(JSON.parse(out)).toMatchObject({ added: 2, changed: 0, unchanged: 1, conflicts: 2 })
})

test('undo brings everything back: who was added goes, who was changed is as before, consent and tags too', async () => {
  const desk = await openBook()
  const before = everything(desk)
  await desk.run(['suppliers', 'later.csv'])
  const after = everything(desk)
  expect((await desk.run(['undo', '--dry-run'])).out).toMatch(
    /^Dry run: the import of ".*later.csv": 2 recipients would be removed, 2 would be as before.\n$/,
  )
  expect(await desk.run(['undo'])).toMatchObject({ code: 2, err: expect.stringContaining('say --yes to do it') })
  expect(await desk.run(['undo'], { tty: true, typed: 'n\n' })).toMatchObject({ code: 8 })
  expect(everything(desk)).toEqual(after)
  const undone = await desk.run(['undo', '--yes', '--json', '--reason', 'wrong file'])
  expect(JSON.parse(undone.out)).toEqual({
    import: {
      id: '2',
      file: expect.stringMatching(/later.csv$/),
      at: '2021-10-21T18:55:00Z',
      who: expect.any(String),
      finished: true,
    },
    dryRun: false,
    removed: 2,
    restored: 2,
    kept: { withMessages: 0, changedSince: 0, takenByOthers: 0 },
    inFlight: 0,
  })
  expect(everything(desk)).toEqual(before)
  expect(desk.sql.prepare('select what, why from audit order by id').all()).toEqual([
    { what: 'recipients imported', why: null },
    { what: 'recipients imported', why: null },
    { what: 'import undone', why: 'wrong file' },
  ])
  expect(desk.sql.pragma('foreign_key_check')).toEqual([])
  expect(await desk.run(['undo', '--yes'])).toMatchObject({
    code: 6,
    err: expect.stringContaining('is taken back already'),
  })
  expect((await desk.run(['suppliers', 'later.csv'])).out).toContain('2 added, 2 changed, 1 unchanged')
})

test('an import that does nothing is none: the one before can still be taken back', async () => {
  const desk = await openBook()
  await desk.run(['suppliers', 'later.csv'])
  expect((await desk.run(['suppliers', 'later.csv'])).out).toContain('5 unchanged')
  expect((await desk.run(['undo', '--yes'])).out).toContain('2 recipients removed, 2 as before again.')
  expect(desk.sql.prepare('select id, state, added, changed from imports').all()).toEqual([
    { id: 1, state: 'saved', added: 3, changed: 0 },
    { id: 2, state: 'undone', added: 2, changed: 2 },
  ])
})

test('who was unsubscribed by an import, and says so too, stays so when it is taken back', async () => {
  const desk = await openBook()
  await desk.run(['suppliers', 'later.csv'])
  const bee = Number(desk.sql.prepare("select id from recipients where external_id = 'b'").pluck().get())
  await desk.store.setConsent(bee, { unsubscribed: true }, { at: desk.clock.now(), who: 'olga', why: 'she called' })
  await desk.run(['undo', '--yes'])
  expect(desk.people('name, unsubscribed as own, unsubscribed_by_admin as byAdmin')[1]).toEqual({
    name: 'B',
    own: 1,
    byAdmin: 0,
  })
})

test('whose district turned out to be another since, lives in that one when the import is taken back', async () => {
  const desk = await openImportDesk()
  desk.write('numbers.json', '{"3": 9}')
  desk.write('book.csv', 'id,phone,district\na,89161234567,3\nb,89161234568,Приморский край\n')
  desk.write('later.csv', 'id,phone,district\na,89161234567,Омск\nb,89161234568,Омск\n')
  desk.write('both.csv', 'id,district,zone\n3,Приморский край,UTC+9\n')
  for (const args of [
    ['timezones', 'numbers.json'],
    ['suppliers', 'book.csv'],
    ['suppliers', 'later.csv'],
    ['timezones', 'both.csv'],
    ['undo', '--yes'],
  ])
    expect((await desk.run(args)).err).not.toContain('notify:')
  const districts = 'select distinct d.name, d.zone from recipients r join districts d on d.id = r.district_id'
  expect(desk.sql.prepare(districts).all()).toEqual([{ name: 'Приморский край', zone: 'UTC+9' }])
})

test('taken back between its last row and its end, an import says so and stays taken back', async () => {
  const desk = await openBook()
  desk.sql.exec(`create trigger taken_back after insert on imports
    begin update imports set state = 'undone' where id = new.id; end`)
  expect(await desk.run(['suppliers', 'later.csv'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('this import was taken back while it was being saved'),
  })
  expect(desk.sql.prepare('select state from imports where id = 2').pluck().get()).toBe('undone')
})

test("what came after stays: messages, changes, and what is another's by now", async () => {
  const desk = await openBook()
  await desk.run(['suppliers', 'later.csv'])
  const [d, e] = desk.sql
    .prepare("select id from recipients where external_id in ('d', 'e') order by 1")
    .pluck()
    .all()
    .map(String)
  desk.sql.exec(`insert into mailings (uid, name, state, text, gateway, at, on_date, until, expires_at, terms, plan, created_at)
      values ('u', 'm', 'active', 't', 'sms', '10:00', '2021-10-22', '21:00', 1, '{}', '{}', 1);
    insert into messages (mailing_id, recipient_id, zone, send_at, state) values (1, ${d}, 'UTC', 1, 'scheduled');
    update recipients set name = 'by hand', updated_at = updated_at + 1 where id in (3, ${e});
    insert into recipients (id, phone, created_at, updated_at) values (50, '+79161234568', 7, 7)`)
  const foreseen = await desk.run(['undo', '--dry-run', '--json'])
  const { out } = await desk.run(['undo', '--yes', '--json'])
  const counts = { removed: 0, restored: 0, kept: { withMessages: 1, changedSince: 2, takenByOthers: 1 } }
  expect(JSON.parse(foreseen.out)).toMatchObject(counts)
  expect(JSON.parse(out)).toMatchObject(counts)
  expect(desk.people('id, name')).toEqual([
    { id: 3, name: 'by hand' },
    { id: 4, name: 'Bee' },
    { id: 5, name: 'C' },
    { id: Number(d), name: 'D' },
    { id: Number(e), name: 'by hand' },
    { id: 50, name: null },
  ])
  expect(desk.sql.pragma('foreign_key_check')).toEqual([])
})

test('without an import there is nothing to take back', async () => {
  const desk = await openImportDesk()
  expect(await desk.run(['undo', '--yes'])).toMatchObject({
    code: 5,
    err: expect.stringContaining('no import to take back'),
  })
})

test('only the last import can be taken back, and nothing is kept of the one before', async () => {
  const desk = await openBook()
  await desk.run(['suppliers', 'later.csv'])
  desk.clock.set('2021-10-21T19:00:00Z')
  desk.write('last.csv', 'phone\n89170000000\n')
  await desk.run(['suppliers', 'last.csv'])
  expect(desk.sql.prepare('select count(*) from import_before').pluck().get()).toBe(0)
  expect(desk.sql.prepare('select import_id from import_ranges').pluck().all()).toEqual([3])
  expect((await desk.run(['undo', '--yes'])).out).toContain('1 recipient removed, 0 as before again')
  expect(await desk.run(['undo', '--yes'])).toMatchObject({ code: 6 })
})

test('an undo that is stopped is finished by the next one', async () => {
  const desk = await openImportDesk()
  const rows = Array.from({ length: 2_500 }, (_, i) => `8916${String(i).padStart(7, '0')},x`).join('\n')
  desk.write('many.csv', `phone,tag\n${rows}\n`)
  await desk.run(['suppliers', 'many.csv'])
  const stop = new AbortController()
  const stopsAfterFirst = { ...desk.clock, sleep: async (): Promise<void> => stop.abort() }
  const { openStore } = await import('../../src/store/open.ts')
  const store = await openStore(`${desk.folder}/notify.db`, stopsAfterFirst)
  const stopped = await desk.run(['undo', '--yes'], { store, signal: stop.signal })
  await store.close()
  expect(stopped).toMatchObject({ code: 130, err: expect.stringContaining('stopped: 998 recipients are removed') })
  expect((await desk.run(['undo', '--yes'])).out).toContain('1502 recipients removed')
  expect(desk.people()).toEqual([])
  expect(desk.sql.prepare('select count(*) from recipient_tags').pluck().get()).toBe(0)
})
