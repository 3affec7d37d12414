// The Russian preset: every subject once, by every usual name, in the zone of its capital.
import { expect, test } from 'vitest'
import { nearestDistrict } from '../../src/domain/nearest-district.ts'
import { RU_DISTRICTS } from '../../src/domain/presets/ru.ts'
import { localClock } from '../../src/domain/send-time.ts'
import { districtKey, parseZone } from '../../src/domain/zone.ts'

const kinds: readonly (readonly [RegExp, number])[] = [
  [/Республика/, 24],
  [/край$/, 9],
  [/ область/, 48],
  [/^(Москва|Санкт-Петербург|Севастополь)$/, 3],
  [/автономная область/, 1],
  [/автономный округ/, 4],
]

test.each(kinds)('subjects like %s: %d', (kind, count) => {
  const withoutAutonomous = (name: string): boolean =>
    !name.includes('автономная') || kind.source.includes('автономная')
  expect(RU_DISTRICTS.filter(({ name }) => kind.test(name) && withoutAutonomous(name))).toHaveLength(count)
})

test('89 subjects, each with a canonical zone; no name belongs to two of them', () => {
  expect(RU_DISTRICTS).toHaveLength(89)
  const owners = new Map<string, string>()
  for (const { name, zone, otherNames } of RU_DISTRICTS) {
    expect(parseZone(zone), name).toEqual({ ok: true, zone })
    for (const key of new Set([name, ...otherNames].map(districtKey))) {
      expect(owners.get(key), key).toBeUndefined()
      owners.set(key, name)
    }
  }
})

const find = (name: string): string | undefined =>
  RU_DISTRICTS.find((district) => [district.name, ...district.otherNames].map(districtKey).includes(districtKey(name)))
    ?.zone

test.each([
  ['Krasnodarskiy kray', 'Краснодарский край'],
  ['Krasnodarsky krai', 'Краснодарский край'],
  ['Krasnodar Territory', 'Краснодарский край'],
  ['Krasnojarskij kraj', 'Красноярский край'],
  ['Тула', 'Тульская область'],
  ['Tula region', 'Тульская область'],
  ["Tul'skaya oblast'", undefined],
  ['Tulskaya obl', 'Тульская область'],
  ['г. Якутск', 'Республика Саха (Якутия)'],
  ['Chelyabinskaya oblast', 'Челябинская область'],
  ['Khanty-Mansiyskiy avtonomnyy okrug', 'Ханты-Мансийский автономный округ — Югра'],
  ['Sankt-Peterburg', 'Санкт-Петербург'],
  ['регион 77', 'Москва'],
  ['77', undefined], // in a table of one's own, 77 is another district
])('%s is %s', (written, name) => {
  const subject = RU_DISTRICTS.find((district) =>
    [district.name, ...district.otherNames].map(districtKey).includes(districtKey(written)),
  )
  expect(subject?.name).toBe(name)
})

const SUBJECTS = RU_DISTRICTS.map(({ name, otherNames }) => ({ name, otherNames: otherNames.map(districtKey) }))

test.each([
  ['Владивасток', 'Приморский край'],
  ['Амурсая область', 'Амурская область'],
  ['Краснодаский край', 'Краснодарский край'],
  ['50', 'Московская область'],
  ['77', 'Москва'],
  ['78 ', 'Санкт-Петербург'],
  ['99', null],
  ['Тура', null],
  ['Тыла', null],
  ['Омка', null],
])('by %s is meant %s', (written, name) => {
  expect(nearestDistrict(written, SUBJECTS)).toBe(name)
})

// hours from Moscow as of 2026: Federal Law 107-FZ with its amendments
test.each([
  ['Калининградская обл.', -1],
  ['г. Москва', 0],
  ['спб', 0],
  ['Волгоградская область', 0],
  ['Кировская область', 0],
  ['Севастополь', 0],
  ['Voronezh Oblast', 0],
  ['Удмуртия', 1],
  ['Самарская', 1],
  ['Саратовская обл', 1],
  ['Ульяновская область', 1],
  ['Астраханская область', 1],
  ['Башкирия', 2],
  ['Пермский край', 2],
  ['Югра', 2],
  ['ХМАО', 2],
  ['Ханты-Мансийский АО - Югра', 2],
  ['ЯНАО', 2],
  ['Омская область', 3],
  ['Республика Алтай', 4],
  ['Алтайский край', 4],
  ['Кузбасс', 4],
  ['Новосибирская область', 4],
  ['Томская область', 4],
  ['Красноярский край', 4],
  ['Тува', 4],
  ['Бурятия', 5],
  ['Иркутская область', 5],
  ['Амурская обл.', 6],
  ['Amur Oblast', 6],
  ['Забайкальский край', 6],
  ['Саха /Якутия/ Респ', 6],
  ['Еврейская Аобл', 7],
  ['Приморье', 7],
  ['Хабаровский край', 7],
  ['Магаданская область', 8],
  ['Сахалин', 8],
  ['Камчатка', 9],
  ['Чукотский АО', 9],
])('%s is %d hours ahead of Moscow', (name, hours) => {
  const zone = find(name)
  expect(zone).toBeDefined()
  expect(Number(localClock(Date.parse('2026-01-01T00:00:00Z'), zone ?? '').offset) - 3).toBe(hours)
})

test('a subject of several zones says so', () => {
  expect(RU_DISTRICTS.find(({ name }) => name.includes('Якутия'))?.note).toContain('Asia/Srednekolymsk')
  expect(RU_DISTRICTS.find(({ name }) => name.startsWith('Сахалинская'))?.note).toContain('Kuril')
})
