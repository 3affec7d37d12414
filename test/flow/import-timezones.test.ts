// A table of districts goes in as a whole or not at all.
import { expect, test } from 'vitest'
import type { RawDistrict } from '../../src/domain/district.ts'
import { importTimezones } from '../../src/flow/import-timezones.ts'
import type { DistrictStore } from '../../src/store/district-store.ts'
import { districtStore } from '../../src/store/sqlite/districts.ts'
import { handClock } from '../support/clock.ts'
import { temporaryConnection } from '../support/database.ts'

const openDistricts = async (): Promise<DistrictStore> => districtStore(await temporaryConnection())

const row = (line: number, zone: string, name: string, ...otherNames: string[]): RawDistrict => ({
  line,
  name,
  otherNames,
  zone,
})

const clock = handClock('2021-10-21T18:50:00Z')

const write = { dryRun: false }

test('rows become districts; read again they are unchanged', async () => {
  const store = await openDistricts()
  const rows = [
    row(2, '3', 'Воронежская область', '36'),
    row(3, 'МСК+6', 'Амурская область'),
    row(4, 'asia/yakutsk', '14'),
  ]
  const counts = { rows: 3, recipientsMoved: 0, rejected: [] }
  expect(await importTimezones({ store, clock }, rows, write)).toEqual({
    ...counts,
    added: 3,
    changed: 0,
    unchanged: 0,
  })
  expect(await importTimezones({ store, clock }, rows, write)).toEqual({
    ...counts,
    added: 0,
    changed: 0,
    unchanged: 3,
  })
  expect((await store.listDistricts()).map(({ name, zone }) => [name, zone])).toEqual([
    ['14', 'Asia/Yakutsk'],
    ['Амурская область', 'UTC+9'],
    ['Воронежская область', 'UTC+3'],
  ])
})

test('a row without a name goes by its other names', async () => {
  const store = await openDistricts()
  await importTimezones({ store, clock }, [row(2, '9', ' ', '3')], write)
  expect(await store.listDistricts()).toEqual([{ name: '3', zone: 'UTC+9', recipients: 0, otherNames: [] }])
})

test('a district that comes twice with one zone counts once as new', async () => {
  const store = await openDistricts()
  const rows = [row(2, '9', 'Амурская область'), row(3, 'UTC+9', 'амурская обл.')]
  expect(await importTimezones({ store, clock }, rows, write)).toMatchObject({ rows: 2, added: 1, unchanged: 1 })
})

test('every bad row is named by its line and reason, and nothing is written', async () => {
  const store = await openDistricts()
  await importTimezones({ store, clock }, [row(2, '9', 'Амурская область', '3')], write)
  const rows = [
    row(2, 'Asia/Yakutk', 'Якутия'),
    row(3, '9', 'Приморский край'),
    row(4, '10', 'приморский'),
    row(5, '9', ''),
    row(6, '', 'Томская область'),
    row(7, '25', 'Омская область'),
    row(8, '3', 'Воронежская область', '3'),
  ]
  expect(await importTimezones({ store, clock }, rows, write)).toEqual({
    rows: 7,
    added: 0,
    changed: 0,
    unchanged: 0,
    recipientsMoved: 0,
    rejected: [
      { line: 2, reason: 'unknown zone "Asia/Yakutk" — did you mean "Asia/Yakutsk"?' },
      { line: 4, reason: 'приморский has the zone UTC+9 on line 3 already' },
      { line: 5, reason: 'the row names no district' },
      { line: 6, reason: 'the zone is empty' },
      { line: 7, reason: 'the offset "25" is not between -12 and +14 hours from UTC' },
      { line: 8, reason: '"3" is Амурская область already, not Воронежская область' },
    ],
  })
  expect(await store.listDistricts()).toHaveLength(1)
})

test('one bad row keeps all the good ones out', async () => {
  const store = await openDistricts()
  await importTimezones({ store, clock }, [row(2, '9', 'Амурская область'), row(3, 'Mars', 'Якутия')], write)
  expect(await store.listDistricts()).toEqual([])
})

test('a dry run says the same and writes nothing', async () => {
  const store = await openDistricts()
  const rows = [row(2, '9', 'Амурская область')]
  expect(await importTimezones({ store, clock }, rows, { dryRun: true })).toMatchObject({ added: 1 })
  expect(await store.listDistricts()).toEqual([])
})
