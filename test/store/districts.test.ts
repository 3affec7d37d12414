// Districts in a real database: keys, zones, merges, and who moves with them.
import { expect, test } from 'vitest'
import type { DistrictDraft } from '../../src/domain/district.ts'
import { EVERYBODY } from '../../src/domain/mailing.ts'
import { districtKey } from '../../src/domain/zone.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import { districtStore } from '../../src/store/sqlite/districts.ts'
import { planningStore } from '../../src/store/sqlite/planning.ts'
import { temporaryConnection } from '../support/database.ts'

const draft = (zone: string, ...names: readonly [string, ...string[]]): DistrictDraft => ({
  name: names[0],
  keys: names.map(districtKey),
  zone,
})

const counts = (added: number, changed: number, unchanged: number, recipientsMoved = 0): object => ({
  added,
  changed,
  unchanged,
  recipientsMoved,
  conflicts: [],
})

/** A recipient who names this district, as an import leaves them: the district is made when nobody has named it before. */
const addRecipient = ({ db }: Connection, district: string, zone: string | null = null): number => {
  const key = districtKey(district)
  const known = db.prepare('select district_id from district_keys where key = ?').pluck().get(key)
  const id = known ?? db.prepare('insert into districts (name) values (?)').run(district).lastInsertRowid
  if (known === undefined) db.prepare('insert into district_keys (key, district_id) values (?, ?)').run(key, id)
  const added = db
    .prepare('insert into recipients (district_id, zone, created_at, updated_at) values (?, ?, 1, 1)')
    .run(id, zone)
  return Number(added.lastInsertRowid)
}

const districtOf = ({ db }: Connection, recipient: number): unknown =>
  db
    .prepare('select d.name, d.zone from recipients r join districts d on d.id = r.district_id where r.id = ?')
    .get(recipient)

const keysIn = ({ db }: Connection): unknown[] => db.prepare('select key from district_keys order by key').pluck().all()

test('the same table twice changes nothing', async () => {
  const store = districtStore(await temporaryConnection())
  const table = [draft('Asia/Yakutsk', 'Амурская область', '3'), draft('UTC+9', '7')]
  expect(await store.saveDistricts(table, { dryRun: false, now: 1 })).toEqual(counts(2, 0, 0))
  expect(await store.saveDistricts(table, { dryRun: false, now: 1 })).toEqual(counts(0, 0, 2))
  expect(await store.listDistricts()).toMatchObject([
    { name: '7', zone: 'UTC+9', recipients: 0 },
    { name: 'Амурская область', zone: 'Asia/Yakutsk', recipients: 0 },
  ])
})

test('a dry run counts the same and writes nothing', async () => {
  const connection = await temporaryConnection()
  const store = districtStore(connection)
  addRecipient(connection, 'амурская обл.')
  const table = [draft('Asia/Yakutsk', 'Амурская область', '3')]
  expect(await store.saveDistricts(table, { dryRun: true, now: 1 })).toEqual(counts(1, 0, 0, 1))
  expect(await store.listDistricts()).toMatchObject([{ name: 'амурская обл.', zone: null, recipients: 1 }])
  expect(await store.saveDistricts(table, { dryRun: false, now: 1 })).toEqual(counts(1, 0, 0, 1))
  expect(await store.listDistricts()).toMatchObject([{ name: 'Амурская область', zone: 'Asia/Yakutsk', recipients: 1 }])
})

test('recipients with a zone of their own do not move with their district', async () => {
  const connection = await temporaryConnection()
  const store = districtStore(connection)
  addRecipient(connection, 'Якутия')
  addRecipient(connection, 'Якутия')
  addRecipient(connection, 'Якутия', 'Asia/Vladivostok')
  await store.saveDistricts([draft('Asia/Vladivostok', 'Якутия')], { dryRun: false, now: 1 })
  expect(await store.saveDistricts([draft('Asia/Yakutsk', 'Якутия')], { dryRun: false, now: 1 })).toEqual(
    counts(0, 1, 0, 2),
  )
})

test('two districts that turn out to be one are merged, with their recipients', async () => {
  const connection = await temporaryConnection()
  const store = districtStore(connection)
  const byId = addRecipient(connection, '3')
  const byName = addRecipient(connection, 'амурская обл')
  await store.saveDistricts([draft('UTC+9', '3'), draft('Asia/Yakutsk', 'Амурская')], { dryRun: false, now: 1 })

  const joined = await store.saveDistricts([draft('Asia/Yakutsk', 'Амурская область', '3')], { dryRun: false, now: 1 })

  expect(joined).toEqual(counts(0, 1, 0, 1)) // only the one who came by id gets another zone
  expect(districtOf(connection, byId)).toEqual({ name: 'Амурская', zone: 'Asia/Yakutsk' })
  expect(districtOf(connection, byName)).toEqual(districtOf(connection, byId))
  expect(await store.listDistricts()).toHaveLength(1)
  expect(keysIn(connection)).toEqual(['3', 'амурская'])
})

test('names of one district that recipients use side by side become one district', async () => {
  const connection = await temporaryConnection()
  const store = districtStore(connection)
  const recipients = ['Саха', 'Якутия', 'Республика Саха (Якутия)'].map((name) => addRecipient(connection, name))
  const preset = draft('Asia/Yakutsk', 'Республика Саха (Якутия)', 'Саха', 'Якутия', 'Yakutia')
  expect(await store.saveDistricts([preset], { dryRun: false, now: 1 })).toEqual(counts(1, 0, 0, 3))
  for (const recipient of recipients) {
    expect(districtOf(connection, recipient)).toEqual({ name: 'Республика Саха (Якутия)', zone: 'Asia/Yakutsk' })
  }
  expect(await store.saveDistricts([preset], { dryRun: false, now: 1 })).toEqual(counts(0, 0, 1))
})

test('districts of one table that a later row joins become one', async () => {
  const connection = await temporaryConnection()
  const store = districtStore(connection)
  const byId = addRecipient(connection, '3')
  const table = [
    draft('UTC+9', '3'),
    draft('UTC+9', 'Амурская'),
    draft('UTC+9', 'Амурская область', '3', 'Amur Oblast'),
  ]
  await store.saveDistricts(table, { dryRun: false, now: 1 })
  expect(await store.listDistricts()).toMatchObject([{ name: 'Амурская', zone: 'UTC+9', recipients: 1 }])
  expect(districtOf(connection, byId)).toEqual({ name: 'Амурская', zone: 'UTC+9' })
  expect(keysIn(connection)).toEqual(['3', 'amur oblast', 'амурская'])
})

test('a chain of names in one table brings everybody to its end', async () => {
  const connection = await temporaryConnection()
  const store = districtStore(connection)
  const recipients = ['3', 'Амурская', 'Приамурье'].map((name) => addRecipient(connection, name))
  const table = [
    draft('UTC+9', 'Амур', '3'),
    draft('UTC+9', 'Амурская область', 'Амур'),
    draft('UTC+9', 'Приамурье', 'Амурская область'),
  ]
  await store.saveDistricts(table, { dryRun: false, now: 1 })
  for (const recipient of recipients) {
    expect(districtOf(connection, recipient)).toEqual({ name: 'Приамурье', zone: 'UTC+9' })
  }
  expect(keysIn(connection)).toEqual(['3', 'амур', 'амурская', 'приамурье'])
  expect(await store.saveDistricts(table, { dryRun: false, now: 1 })).toEqual(counts(0, 0, 3))
})

test('a table of ids, read again after one with names, keeps the names', async () => {
  const store = districtStore(await temporaryConnection())
  await store.saveDistricts([draft('UTC+9', '3')], { dryRun: false, now: 1 })
  await store.saveDistricts([draft('UTC+9', 'Амурская область', '3')], { dryRun: false, now: 1 })
  expect(await store.saveDistricts([draft('UTC+9', '3')], { dryRun: false, now: 1 })).toEqual(counts(0, 0, 1))
  expect(await store.listDistricts()).toMatchObject([{ name: 'Амурская область', zone: 'UTC+9', recipients: 0 }])
})

test.each([
  ['of a district that is known', [draft('Europe/Moscow', 'Воронежская область')]],
  ['of a district that is new', []],
])('an id of one district is not given to another %s: nothing is written', async (_, before) => {
  const connection = await temporaryConnection()
  const store = districtStore(connection)
  await store.saveDistricts([draft('Asia/Yakutsk', 'Амурская область', '3'), ...before], { dryRun: false, now: 1 })
  const districts = await store.listDistricts()
  const table = [draft('UTC+5', 'Пермский край'), draft('Europe/Moscow', 'Воронежская область', '3')]

  const refused = await store.saveDistricts(table, { dryRun: false, now: 1 })

  expect(refused.conflicts).toEqual([{ row: 1, reason: '"3" is Амурская область already, not Воронежская область' }])
  expect(await store.listDistricts()).toMatchObject(districts)
})

/** 6,000 recipients of one district under three names, and a store whose every write is followed by `afterWrite`. */
const openCrowd = async (afterWrite: (connection: Connection) => Promise<void>) => {
  const connection = await temporaryConnection()
  for (const name of ['Саха', 'Якутия', 'Республика Саха (Якутия)']) addRecipient(connection, name)
  connection.db.exec(
    `with recursive n (i) as (select 1 union all select i + 1 from n where i < 5997)
     insert into recipients (phone, district_id, created_at, updated_at)
     select '+7900' || i, 1 + i % 3, 1, 1 from n;
     update recipients set phone = '+7999' || id where phone is null`,
  )
  const store = districtStore({
    ...connection,
    write: async (body) => {
      const result = await connection.write(body)
      await afterWrite(connection)
      return result
    },
  })
  return { connection, store }
}

const YAKUTIA = draft('Asia/Yakutsk', 'Республика Саха (Якутия)', 'Саха', 'Якутия')

const EVERYBODY_THERE = [
  { zone: 'Asia/Yakutsk', unsubscribed: false, blocked: false, isDouble: false, hasAddress: true, count: 6000 },
]

const peopleOf = (connection: Connection, ...names: readonly string[]) =>
  planningStore(connection).planAudience({ ...EVERYBODY, districts: names.map(districtKey) }, 'phone')

const districtsInUse = (connection: Connection): unknown =>
  connection.db.prepare('select count(distinct district_id) from recipients').pluck().get()

test('while recipients move to the district that theirs became, all of them are seen there, by each of its names', async () => {
  let writes = 0
  const { connection, store } = await openCrowd(async (during) => {
    writes += 1
    for (const name of ['Саха', 'Якутия']) expect(await peopleOf(during, name)).toEqual(EVERYBODY_THERE)
    expect(await districtStore(during).listDistricts()).toMatchObject([
      { name: 'Республика Саха (Якутия)', zone: 'Asia/Yakutsk', recipients: 6000 },
    ])
  })
  expect(await store.saveDistricts([YAKUTIA], { dryRun: false, now: 1 })).toEqual(counts(1, 0, 0, 6000))
  expect(writes).toBeGreaterThan(3) // the merge, some chunks of recipients, the end
  expect(districtsInUse(connection)).toBe(1)
})

test('interrupted while they move, the next import of a table brings them to the end, renamed meanwhile or not', async () => {
  let writes = 0
  const { connection, store } = await openCrowd(async () => {
    writes += 1
    if (writes === 2) throw new Error('killed')
  })
  await expect(store.saveDistricts([YAKUTIA], { dryRun: false, now: 1 })).rejects.toThrow('killed')
  expect(districtsInUse(connection)).toBe(3)
  expect(await peopleOf(connection, 'Якутия')).toEqual(EVERYBODY_THERE)

  const renamed = draft('Asia/Vladivostok', 'Край алмазов', 'Республика Саха (Якутия)')
  expect(await districtStore(connection).saveDistricts([renamed], { dryRun: true, now: 1 })).toMatchObject({
    changed: 1,
  })
  expect(districtsInUse(connection)).toBe(3)
  expect(await districtStore(connection).saveDistricts([renamed], { dryRun: false, now: 1 })).toEqual(
    counts(0, 1, 0, 6000),
  )
  expect(districtsInUse(connection)).toBe(1)
  expect(await districtStore(connection).listDistricts()).toMatchObject([
    { name: 'Край алмазов', zone: 'Asia/Vladivostok', recipients: 6000 },
  ])
})
