// What counts as a zone, and what counts as one district.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WINDOWS_TO_IANA_MAP } from 'windows-iana'
import { WINDOWS_ZONES } from '../../src/domain/presets/windows-zones.ts'
import { districtKey, parseZone } from '../../src/domain/zone.ts'

const zoneOf = (raw: string): string => {
  const parsed = parseZone(raw)
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.zone
}

test.each([
  ['Asia/Yakutsk', 'Asia/Yakutsk'],
  ['  asia/YAKUTSK ', 'Asia/Yakutsk'],
  ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['Singapore', 'Asia/Singapore'],
])('the name %j is the zone %s', (raw, zone) => {
  expect(parseZone(raw)).toEqual({ ok: true, zone })
})

test.each([
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Europe/Kyiv', 'Europe/Kyiv'],
  ['Europe/Uzhgorod', 'Europe/Kyiv'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['America/Godthab', 'America/Nuuk'],
  ['america/nuuk', 'America/Nuuk'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['US/Eastern', 'America/New_York'],
  ['W-SU', 'Europe/Moscow'],
])('the old or new name %j is stored as %s', (raw, zone) => {
  expect(parseZone(raw)).toEqual({ ok: true, zone })
})

test.each([
  ['3', 'UTC+3'],
  ['+3', 'UTC+3'],
  ['03', 'UTC+3'],
  ['-3:30', 'UTC-3:30'],
  ['\u22123:30', 'UTC-3:30'],
  ['+05:30', 'UTC+5:30'],
  ['+0530', 'UTC+5:30'],
  ['5.5', 'UTC+5:30'],
  ['5,75', 'UTC+5:45'],
  ['UTC+3', 'UTC+3'],
  ['utc +03:00', 'UTC+3'],
  ['GMT-3', 'UTC-3'],
  ['UTC', 'UTC'],
  ['gmt', 'UTC'],
  ['Etc/UTC', 'UTC'],
  ['0', 'UTC'],
  ['-0', 'UTC'],
  ['-12', 'UTC-12'],
  ['+14', 'UTC+14'],
])('the offset %j is stored as %s', (raw, zone) => {
  expect(parseZone(raw)).toEqual({ ok: true, zone })
})

test.each([
  ['Russian Standard Time', 'Europe/Moscow'],
  ['russian standard time', 'Europe/Moscow'],
  ['N. Central Asia Standard Time', 'Asia/Novosibirsk'],
  ['Russia Time Zone 11', 'Asia/Kamchatka'],
  ['W. Europe Daylight Time', 'Europe/Berlin'],
  ['(UTC+03:00) Москва, Санкт-Петербург', 'Europe/Moscow'],
  ['(UTC+10:00) Владивосток', 'Asia/Vladivostok'],
  ['(UTC+07:00) Красноярск', 'Asia/Krasnoyarsk'],
  ['(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna', 'Europe/Amsterdam'],
  ['GMT+3 Москва', 'Europe/Moscow'],
  ['UTC+7:00 (MSK+4)', 'UTC+7'],
])('Windows calls it %j: %s', (raw, zone) => {
  expect(parseZone(raw)).toEqual({ ok: true, zone })
})

test('the table of Windows names is that of the Unicode CLDR', () => {
  const named = WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === '001').flatMap(({ windowsName, iana }) => {
    const zone = zoneOf(iana[0])
    return zone.startsWith('UTC') || windowsName.startsWith('Central Asia')
      ? []
      : [[windowsName.toLowerCase(), zone] as const]
  })
  expect([...WINDOWS_ZONES]).toEqual(named)
})

test.each([
  ['Etc/GMT-3', 'UTC+3'],
  ['Etc/GMT+12', 'UTC-12'],
])('the POSIX name %j, which counts westward, is stored as %s', (raw, zone) => {
  expect(parseZone(raw)).toEqual({ ok: true, zone })
})

test.each([
  ['МСК', 'Europe/Moscow'],
  ['мск', 'Europe/Moscow'],
  ['МСК+0', 'UTC+3'],
  ['МСК+7', 'UTC+10'],
  ['MSK+7', 'UTC+10'],
  ['мск − 1', 'UTC+2'],
])('hours from Moscow: %j is stored as %s', (raw, zone) => {
  expect(parseZone(raw)).toEqual({ ok: true, zone })
})

test.each([
  ['', 'the zone is empty'],
  ['   ', 'the zone is empty'],
  ['15', 'not between -12 and +14'],
  ['-12:01', 'not between -12 and +14'],
  ['МСК+12', 'not between -12 and +14'],
  ['5.33', 'may mean UTC+5:20 or UTC+5:33'],
  ['5.30', 'may mean UTC+5:18 or UTC+5:30: write the minutes behind a colon, +5:30'],
  ['5,45', 'may mean UTC+5:27 or UTC+5:45'],
  ['5.3', 'may mean UTC+5:18 or UTC+5:30'],
  ['-3.30', 'may mean UTC-3:18 or UTC-3:30'],
  ['UTC+9.30', 'may mean UTC+9:18 or UTC+9:30'],
  ['МСК+2.30', 'may mean UTC+5:18 or UTC+5:30: write the minutes behind a colon, МСК+2:30'],
  ['5.80', 'may mean UTC+5:48:'],
  ['5:07', 'not in quarters of an hour'],
  ['+0518', 'not in quarters of an hour'],
  ['(UTC+07:00) Москва', 'unknown zone'],
  ['(UTC+01:00) Берлин', 'unknown zone'],
  ['UTC+7:00 (MSK+5)', 'unknown zone'],
  ['Central Asia Standard Time', 'unknown zone'],
  ['EST', 'abbreviation'],
  ['ist', 'abbreviation'],
  ['EST5EDT', 'abbreviation'],
  ['SystemV/EST5', 'abbreviation'],
  ['+5:60', 'unknown zone'],
  ['../../etc/x', 'unknown zone "../../etc/x"'],
  ['local', 'unknown zone'],
  ['system', 'unknown zone'],
  ['__proto__', 'unknown zone'],
  ['Europe/Moscow\0', 'unknown zone'],
  ['Владивосток', 'unknown zone'],
  ['x'.repeat(100_000), 'unknown zone "xxxxxxxxxxxxxxxxxxxx…"'],
])('%j is refused with its reason', (raw, reason) => {
  expect(parseZone(raw)).toEqual({ ok: false, reason: expect.stringContaining(reason) })
})

test.each([
  ['Asia/Yakutk', 'Asia/Yakutsk'],
  ['Asia/Yaktusk', 'Asia/Yakutsk'],
  ['Moskow', 'Europe/Moscow'],
  ['Yakutsk', 'Asia/Yakutsk'],
  ['America/New York', 'America/New_York'],
  ['Europe/Kyev', 'Europe/Kyiv'],
])('%j is refused with the suggestion %s', (raw, suggestion) => {
  expect(parseZone(raw)).toEqual({ ok: false, reason: `unknown zone "${raw}" — did you mean "${suggestion}"?` })
})

test('what is far from every name is refused without a suggestion', () => {
  expect(parseZone('Narnia')).toEqual({ ok: false, reason: 'unknown zone "Narnia"' })
})

test('every name that Intl knows has a canonical form, which is its own canonical form, in any case', () => {
  for (const name of Intl.supportedValuesOf('timeZone')) {
    expect(parseZone(zoneOf(name)), name).toEqual({ ok: true, zone: zoneOf(name) })
    expect(zoneOf(name.toLowerCase())).toBe(zoneOf(name))
  }
})

test('law: an offset written in any way comes back as the same canonical zone', () => {
  fc.assert(
    fc.property(fc.integer({ min: -12 * 4, max: 14 * 4 }), (quarters) => {
      const minutes = quarters * 15
      const sign = minutes < 0 ? '-' : '+'
      const hours = Math.floor(Math.abs(minutes) / 60)
      const rest = String(Math.abs(minutes) % 60).padStart(2, '0')
      const padded = String(hours).padStart(2, '0')
      const written = [
        `${sign}${hours}:${rest}`,
        `UTC${sign}${padded}:${rest}`,
        `gmt${sign}${hours}:${rest}`,
        `${sign}${padded}${rest}`,
      ]
      const [zone = '', ...others] = [...new Set(written.map(zoneOf))]
      expect(others).toEqual([])
      expect(zoneOf(zone)).toBe(zone)
    }),
  )
})

test('law: whatever is written, the answer is a canonical zone or a reason', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (raw) => {
      const parsed = parseZone(raw)
      expect(parsed.ok ? zoneOf(parsed.zone) === parsed.zone : parsed.reason !== '').toBe(true)
    }),
    { numRuns: 200 },
  )
})

test.each([
  [['Амурская область', 'амурская обл.', 'АМУРСКАЯ ОБЛ', 'Амурская'], 'амурская'],
  [['Орёл', 'г. Орел', 'город орёл'], 'орел'],
  [['Республика Саха (Якутия)', 'Саха /Якутия/ Респ'], 'саха якутия'],
  [
    ['Ханты-Мансийский автономный округ — Югра', 'Ханты-Мансийский АО - Югра', 'ханты мансийский авт. округ югра'],
    'ханты мансийский югра',
  ],
  [['Еврейская автономная область', 'Еврейская Аобл'], 'еврейская'],
  [['Хабаровский край', 'хабаровский\u00a0КРАЙ'], 'хабаровский'],
  [['Адыге\u0438\u0306'], 'адыгей'],
  [['3', ' 3 '], '3'],
  [['03'], '03'],
  [['Altai Krai'], 'altai krai'],
  [['Город'], 'город'],
  [['***'], '***'],
  [['', '  '], ''],
])('%j are one district, %j', (names, key) => {
  expect([...new Set(names.map(districtKey))]).toEqual([key])
})

test.each([
  ['Алтайский край', 'Республика Алтай'],
  ['Москва', 'Московская область'],
  ['Ненецкий автономный округ', 'Ямало-Ненецкий автономный округ'],
  ['3', '03'],
])('%s and %s are two districts', (one, other) => {
  expect(districtKey(one)).not.toBe(districtKey(other))
})

test('law: a key is its own key, and only a blank name has none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const key = districtKey(name)
      expect(districtKey(key)).toBe(key)
      expect(key === '').toBe(name.normalize('NFKC').trim() === '')
    }),
    { numRuns: 1000 },
  )
})
