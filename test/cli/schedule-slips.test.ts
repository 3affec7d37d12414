// Slips of the finger when a mailing is scheduled: a year, a tag, a district, a word of the other language.
import { expect, test } from 'vitest'
import { type Desk, openDesk } from '../support/desk.ts'

const TEXT = ['--at', '10:00', '--text', 'Доброе утро!'] as const

const withPeople = async (): Promise<Desk> => {
  const desk = await openDesk()
  desk.world.add([{ name: 'Анна' }, { name: 'Ольга', phone: '+79161112233' }])
  desk.world.sql.exec("insert into recipient_tags (recipient_id, tag) values (1, 'опт'), (1, 'vip'), (2, 'тест')")
  await desk.run('recipients', 'edit', '1', '--district', 'Амурская область')
  return desk
}

test.each([
  ['завтра', '2021-10-22'],
  ['Сегодня', '2021-10-21'],
  ['послезавтра', '2021-10-23'],
  ['TOMORROW', '2021-10-22'],
])('--on %s is %s', async (word, on) => {
  const desk = await withPeople()
  const planned = await desk.json('schedule', ...TEXT, '--on', word, '--if-past', 'next-day', '--dry-run')
  expect(planned).toMatchObject({ mailing: { on } })
})

test('a day more than a year ahead is asked about, and needs --yes where nobody can be asked', async () => {
  const desk = await withPeople()
  const far = ['schedule', ...TEXT, '--on', '2121-10-22'] as const
  const refused = await desk.run(...far)
  expect(refused).toMatchObject({ code: 2, out: '' })
  expect(refused.err).toContain('2121-10-22 is more than a year ahead.')
  expect(await desk.type('нет\n', ...far)).toMatchObject({ code: 8 })
  expect(await desk.run(...far, '--dry-run')).toMatchObject({ code: 0 })
  expect(await desk.json('mailings')).toEqual([])
  expect(await desk.type('да\n', ...far)).toMatchObject({ code: 0 })
  expect(await desk.run('schedule', ...TEXT, '--on', '2022-10-22')).toMatchObject({ code: 0 })
  expect(await desk.run('mailings', 'clone', '2', '--on', '2026-10-22')).toMatchObject({ code: 2 })
  expect(await desk.run('mailings', 'clone', '2', '--on', '2026-10-22', '--yes')).toMatchObject({ code: 0 })
})

test('a tag or a district that nobody has is told, with the nearest that is there', async () => {
  const desk = await withPeople()
  const { err } = await desk.run('schedule', ...TEXT, '--not-tag', 'тсет', '--tag', 'vpi', '--tag', 'опт', '--dry-run')
  expect(err).toContain('Warning: nobody has the tag "тсет". Did you mean "тест"?')
  expect(err).toContain('Warning: nobody has the tag "vpi". Did you mean "vip"?')
  expect(err).not.toContain('"опт"')
  const nobody = await desk.run('schedule', ...TEXT, '--district', 'Амурская облсть')
  expect(nobody).toMatchObject({ code: 4 })
  expect(nobody.err).toContain('Did you mean "Амурская область"?')
  const known = await desk.run('schedule', ...TEXT, '--district', 'амурская обл.', '--dry-run')
  expect(known.err).not.toContain('Warning')
})
