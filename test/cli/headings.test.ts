// Headings of a file in a text: from the import to the message that leaves.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/database.ts'
import { type Desk, openDesk } from '../support/desk.ts'

/** Eleven in Moscow, the day after. */
const NEXT_DAY = '2021-10-22T08:00:00Z'

const FILE = `id;name;phone;zone;Сумма;Сумма, руб.;Цена;Цена.опт;Сумма долга;Скидка, %
1;Анна;+79165550001;Europe/Moscow;3 шт;150000;990;700;1500;5
`

const imported = async (): Promise<Desk> => {
  const desk = await openDesk()
  const file = join(temporaryFolder(), 'suppliers.csv')
  writeFileSync(file, FILE)
  expect(await desk.run('import', 'suppliers', file)).toMatchObject({ code: 0 })
  return desk
}

const TEXT = '{{ name }}: {{ Сумма, руб. }}, {{ Цена.опт | default: "0" }}{% if Скидка, % == "5" %}, скидка{% endif %}'

test('a whole heading in braces is filled in when it leaves, also where the address book got other columns since', async () => {
  const desk = await imported()
  expect(await desk.run('schedule', '--at', '10:00', '--text', TEXT)).toMatchObject({ code: 0 })
  expect(await desk.json('mailings', 'show', '1')).toMatchObject({ text: TEXT })
  expect(await desk.run('preview', '1')).toMatchObject({ out: expect.stringContaining('Анна: 150000, 700, скидка\n') })
  desk.world.sql.exec("delete from attribute_names; insert into attribute_names values ('name }}: {{ Сумма, руб.')")
  desk.world.clock.moveTo(NEXT_DAY)
  await desk.pass()
  expect(desk.world.sms.got.map(({ text }) => text)).toEqual(['Анна: 150000, 700, скидка'])
})

test('a text that is edited knows its headings, and a clone too', async () => {
  const desk = await imported()
  await desk.run('schedule', '--at', '10:00', '--text', 'Доброе утро!')
  const edited = await desk.run('mailings', 'edit', '1', '--text', '{{ Сумма долга }}', '--yes')
  expect(edited).toMatchObject({ code: 0 })
  expect(await desk.run('mailings', 'clone', '1', '--at', '11:00')).toMatchObject({ code: 0 })
  desk.world.clock.moveTo(NEXT_DAY)
  await desk.pass()
  expect(desk.world.sms.got.map(({ text }) => text)).toEqual(['1500', '1500'])
})

test('what is no heading is refused with the nearest one, and nothing is written', async () => {
  const desk = await imported()
  const other = await desk.run('schedule', '--at', '10:00', '--text', 'К оплате {{ Сумма, рублей }}')
  expect(other).toMatchObject({ code: 2 })
  expect(other.err).toContain('the text names {{ Сумма, рублей }}, which no recipient column answers')
  expect(other.err).toContain('Did you mean {{ Сумма, руб. }}?')
  const part = await desk.run('schedule', '--at', '10:00', '--text', '{{ Цена.розн | default: "0" }}')
  expect(part.err).toContain('{{ Цена.розн }}, which no recipient column answers')
  expect(await desk.json('mailings')).toEqual([])
})
