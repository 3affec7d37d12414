// notify districts: their zones and names, seen and kept by hand.
import { expect, test } from 'vitest'
import { type BookDesk, openBookDesk } from '../support/book-desk.ts'

const openBook = async (): Promise<BookDesk> => {
  const desk = await openBookDesk()
  desk.write('zones.csv', 'district,id,zone\nАмурская область,28,UTC+9\nМосква,77,Europe/Moscow\n')
  await desk.run('import', 'timezones', 'zones.csv', '--quiet')
  await desk.importCsv(`phone;district;zone
89161234501;Амурская обл.;
89161234502;28;
89161234503;амурская;UTC
89161234504;Нигде;
`)
  return desk
}

const zonesNow = async (desk: BookDesk): Promise<unknown[]> =>
  JSON.parse((await desk.run('recipients', '--json')).out).map(({ zoneNow }: { zoneNow: unknown }) => zoneNow)

test('a bare notify districts lists them with what else they are called', async () => {
  const desk = await openBook()
  const { code, out } = await desk.run('districts')
  expect(code).toBe(0)
  expect(`\n${out}`).toBe(`
DISTRICT          ZONE           RECIPIENTS  ALSO
Амурская область  UTC+9                   3  28
Москва            Europe/Moscow           0  77
Нигде             no zone                 1
`)
  expect(JSON.parse((await desk.run('districts', 'list', '--without-zone', '--json')).out)).toEqual([
    { name: 'Нигде', zone: null, recipients: 1, otherNames: [] },
  ])
  expect((await desk.run('districts', '--plain', '--limit', '1')).out).toBe(
    'name\tzone\trecipients\totherNames\nАмурская область\tUTC+9\t3\t28\n',
  )
})

test('a district gets a zone, and so do its recipients that have none of their own', async () => {
  const desk = await openBook()
  const args = ['districts', 'edit', 'амурская обл', '--zone', 'asia/yakutsk', '--reason', 'its true one'] as const
  const changed = 'Амурская область: zone UTC+9 → Asia/Yakutsk. 2 recipients get another zone.\n'
  expect((await desk.run(...args, '--dry-run')).out).toBe(`Dry run: would change ${changed}`)
  expect(await zonesNow(desk)).toEqual(['UTC+9', 'UTC+9', 'UTC', null])
  const before = desk.sql.prepare('select book_changed_at from installation').pluck().get()
  expect((await desk.run(...args)).out).toBe(`Changed ${changed}`)
  expect(await zonesNow(desk)).toEqual(['Asia/Yakutsk', 'Asia/Yakutsk', 'UTC', null])
  expect(desk.sql.prepare('select book_changed_at from installation').pluck().get()).toBeGreaterThan(Number(before))
  expect((await desk.run(...args)).out).toBe('Nothing of Амурская область is another than it was.\n')
  expect(desk.acts().filter(({ what }) => what === 'district changed')).toEqual([
    {
      who: 'anna',
      what: 'district changed',
      recipient: null,
      why: 'its true one',
      detail: { district: 'Амурская область', zone: ['UTC+9', 'Asia/Yakutsk'] },
    },
  ])
})

test('a new name and others beside it: files with the old one still find it', async () => {
  const desk = await openBook()
  const { out } = await desk.run(
    'districts',
    'edit',
    '28',
    '--name',
    'Приамурье',
    '--also',
    'Amur',
    '--also',
    '28',
    '--json',
  )
  expect(JSON.parse(out)).toEqual({
    dryRun: false,
    name: 'Приамурье',
    zone: 'UTC+9',
    before: { name: 'Амурская область', zone: 'UTC+9' },
    namesAdded: ['Amur'],
    recipientsMoved: 0,
  })
  await desk.importCsv('phone;district\n89161234511;Амурская область\n89161234512;AMUR\n89161234513;Приамурье\n')
  const districts = JSON.parse((await desk.run('districts', '--json')).out)
  expect(districts).toContainEqual({
    name: 'Приамурье',
    zone: 'UTC+9',
    recipients: 6,
    otherNames: ['28', 'amur', 'амурская'],
  })
  expect(districts).toHaveLength(3)
})

test.each([
  [['Амурскаяя', '--zone', 'UTC'], 5, 'there is no district "Амурскаяя"\nDid you mean "Амурская область"?'],
  [['Нигде', '--zone', 'Mars'], 2, '--zone "Mars": unknown zone "Mars"'],
  [['Нигде', '--name', 'Москва'], 4, '"Москва" is the district Москва already: nothing is changed'],
  [['Нигде', '--also', '28'], 4, '"28" is the district Амурская область already'],
  [['Нигде'], 2, 'it is not said what is to change'],
  [['Нигде', '--name', ' '], 2, '" " is no name of a district'],
])('notify districts edit %j is refused', async (args, code, sentence) => {
  const desk = await openBook()
  const before = (await desk.run('districts', '--json')).out
  const refused = await desk.run('districts', 'edit', ...args)
  expect([refused.code, refused.err]).toEqual([code, expect.stringContaining(sentence)])
  expect((await desk.run('districts', '--json')).out).toBe(before)
})

test('no districts', async () => {
  const desk = await openBookDesk()
  expect((await desk.run('districts')).out).toBe('No districts.\n')
  expect((await desk.run('districts', '--json')).out).toBe('[]\n')
})
