// notify import, where a table says who may be written to: whoever said no in it gets nothing, or the import stops and asks.
import { expect, test } from 'vitest'
import { openImportDesk } from '../support/import-desk.ts'

const imports = async (header: string, cell: string, ...flags: readonly string[]) => {
  const desk = await openImportDesk()
  desk.write('list.csv', `phone;${header}\n89141234567;${cell}\n`)
  const { code, err } = await desk.run(['suppliers', 'list.csv', ...flags])
  return { code, err, people: desk.people('phone, unsubscribed') }
}

const GONE = [{ phone: '+79141234567', unsubscribed: 1 }]
const KEPT = [{ phone: '+79141234567', unsubscribed: 0 }]

test.each([
  ['Unsubscribed?', 'yes'],
  ['is_unsubscribed', 't'],
  ['Do Not Contact', 'yes'],
  ['EMAIL_BLACKLISTED', 'true'],
  ['subscribed', 'no'],
  ['subscribed', 'f'],
  ['Отписан (да/нет)', 'д'],
  ['Отписался?', '12.10.2021'],
  ['Дата отписки', '2021-10-12'],
  ['Подписан', 'нет'],
  ['Согласие на рассылку', 'Нет'],
  ['Не беспокоить', 'да'],
])('%s = %s gets nothing', async (header, cell) => {
  expect(await imports(header, cell)).toMatchObject({ code: 0, people: GONE })
})

test.each([
  ['Unsubscribed?', ''],
  ['subscribed', 'yes'],
  ['Согласие на рассылку', '01.02.2020'],
  ['Отписан (да/нет)', 'н'],
])('%s = "%s" goes on', async (header, cell) => {
  expect(await imports(header, cell)).toMatchObject({ code: 0, people: KEPT })
})

test('a permission that is blank is no permission: the row is named', async () => {
  const { code, err, people } = await imports('subscribed', '')
  expect({ code, people }).toEqual({ code: 4, people: [] })
  expect(err).toContain('whether they subscribed is neither yes nor no')
})

test('a column about consent that nobody understands stops the import, until the operator says what it is', async () => {
  const { code, err, people } = await imports('Статус подписки', 'да', '--skip-bad')
  expect({ code, people }).toEqual({ code: 4, people: [] })
  expect(err).toContain('the column "Статус подписки" seems to say who may be written to, and is not understood')
  expect(err).toContain('--map subscribed="Статус подписки"')
  expect(await imports('Статус подписки', 'нет', '--map', 'subscribed=Статус подписки')).toMatchObject({ people: GONE })
  expect(await imports('Статус подписки', 'да', '--map', 'unsubscribed=Статус подписки')).toMatchObject({
    people: GONE,
  })
  expect(await imports('Статус подписки', 'x', '--map', 'Статус подписки=Статус подписки')).toMatchObject({
    people: KEPT,
  })
})

test('a refusal in any other column stops it too, also with --skip-bad', async () => {
  const { code, err, people } = await imports('status', 'Unsubscribed', '--skip-bad')
  expect({ code, people }).toEqual({ code: 4, people: [] })
  expect(err).toContain(
    'nothing is imported: line 2 says "Unsubscribed" in the column "status", which is no column of consent',
  )
  expect(await imports('status', 'unsubscribed', '--map', 'unsubscribed=status')).toMatchObject({ people: GONE })
  expect(await imports('status', 'active', '--map', 'unsubscribed=status')).toMatchObject({ people: KEPT })
  expect(await imports('status', 'unsubscribed', '--map', 'status=status')).toMatchObject({ code: 0 })
})

test('both ways in one table: one no is enough', async () => {
  expect(await imports('subscribed;unsubscribed', 'yes;yes')).toMatchObject({ people: GONE })
  expect(await imports('subscribed;unsubscribed', 'no;no')).toMatchObject({ people: GONE })
  expect(await imports('subscribed;unsubscribed', 'yes;no')).toMatchObject({ people: KEPT })
})

test('JSON lines: a consent that comes late, or in a column of another name', async () => {
  const desk = await openImportDesk()
  const people = Array.from({ length: 1_000 }, (_, i) => JSON.stringify({ phone: `8914${1_000_000 + i}` }))
  const late = (more: object): string => [...people, JSON.stringify({ phone: '89151234567', ...more })].join('\n')
  desk.write('list.jsonl', late({ isSubscribed: false }))
  expect(await desk.run(['suppliers', 'list.jsonl'])).toMatchObject({
    code: 4,
    err: expect.stringContaining('"isSubscribed" is not in the first 1,000 objects'),
  })
  desk.write('list.jsonl', late({ status: 'unsubscribed' }))
  expect(await desk.run(['suppliers', 'list.jsonl'])).toMatchObject({
    code: 4,
    err: expect.stringContaining('line 1001 says "unsubscribed" in the column "status"'),
  })
})
