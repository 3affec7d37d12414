// notify preview: what a text becomes, for whom, and how many SMS it is. Nothing is sent.
import { expect, test } from 'vitest'
import { type Desk, openDesk } from '../support/desk.ts'

const TEXT = 'Good morning, {{ name }}! {{ manager }}'

const withPeople = async (): Promise<Desk> => {
  const desk = await openDesk({ defaults: { gateway: 'sms', text: TEXT, until: null } })
  desk.world.add([
    { name: 'Unsubscribed', unsubscribed: true },
    { name: 'Blocked', phone: '+79990000000' },
    { name: 'Anna', attributes: { manager: 'Ivan' } },
    { name: 'Ольга', phone: '+79161112233' },
    { name: 'B'.repeat(200) },
    { name: 'C'.repeat(250), phone: null },
  ])
  desk.world.sql.exec("insert into blocked (address, at, who) values ('+79990000000', 1, 'olga')")
  desk.world.sql.exec("insert into attribute_names values ('manager'), ('rank')")
  return desk
}

test('for the first who can be reached: the text, its length, what is empty and what is not used', async () => {
  const desk = await withPeople()
  await desk.run('schedule', '--at', '10:00', '--text', `${TEXT} “{{ inn }}”`)
  const { out } = await desk.run('preview', '1')
  expect(`\n${out}`).toBe(`
Good morning, Anna! Ivan “”

  for         Anna (recipient 3)
  length      27 characters, 1 SMS (27 at 70 a piece, UCS-2 because of “ ”)
  empty       {{ inn }}
  not used    phone, email, contact_person, tax_number, address, district, zone, operator_code, external_id, id, rank

3 of 3 have no {{ inn }}: their text begins with "Good morning, Anna! Ivan “”"
2 of 3 have no {{ manager }}: their text begins with "Good morning, Ольга!  “”"
`)
  expect(desk.world.sms.got).toEqual([])
})

test('for somebody, by number or phone', async () => {
  const desk = await withPeople()
  expect(await desk.json('preview', '--for', '4')).toMatchObject({
    mailing: null,
    recipient: { id: '4', name: 'Ольга' },
    text: 'Good morning, Ольга! ',
    characters: 21,
    encoding: 'ucs-2',
    units: 21,
    segments: 1,
    perSegment: 70,
    missing: ['manager'],
    unknown: [],
  })
  expect(await desk.json('preview', '--for', '8 916 111-22-33')).toMatchObject({ recipient: { id: '4' } })
  expect(await desk.run('preview', '--for', '77')).toMatchObject({ code: 5 })
  expect(await desk.run('preview', '--for', 'x')).toMatchObject({ code: 5 })
  expect(await desk.run('preview', '--for', '3', '--worst')).toMatchObject({ code: 2 })
})

test('for the one for whom it is longest, of those who can be reached', async () => {
  const desk = await withPeople()
  expect(await desk.json('preview', '--worst')).toMatchObject({
    recipient: { id: '5' },
    encoding: 'gsm-7',
    units: 216,
    segments: 2,
    seen: 3,
  })
  expect((await desk.run('preview', '--worst')).out).toMatch(/longest of +3 recipients\n/)
})

test('for whom it says nothing, nothing is sent: that is said, and counted over the audience', async () => {
  const desk = await withPeople()
  const text = ['--text', '{{ manager }}']
  expect((await desk.run('preview', ...text, '--for', '4')).out).toMatch(
    /blank +it says nothing to them, so nothing is sent\n/,
  )
  expect((await desk.run('preview', ...text, '--worst')).out).toMatch(
    /blank +for 2 recipients: nothing is sent to them\n/,
  )
  expect(await desk.json('preview', ...text, '--worst')).toMatchObject({ seen: 3, blank: 2 })
  expect(await desk.json('preview', ...text)).toMatchObject({ recipient: { id: '3' }, blank: 0 })
})

test('a variable that no column answers, and nobody to fill it in for', async () => {
  const desk = await openDesk()
  expect(await desk.json('preview', '--text', 'Hi {{ nam }}')).toMatchObject({
    recipient: null,
    text: 'Hi ',
    missing: ['nam'],
    unknown: ['nam'],
  })
  expect(await desk.run('preview')).toMatchObject({ code: 2 })
  expect(await desk.run('preview', '--text', 'Hi {{ nam')).toMatchObject({ code: 2 })
  expect(await desk.run('preview', 'spring')).toMatchObject({ code: 5 })
})

test('a text that cannot be filled in for one recipient names her', async () => {
  const desk = await openDesk()
  desk.world.add([{ name: '3' }, { name: 'Anna' }])
  const text =
    '{% if name == "Anna" %}{{ name | times: 2 | round | divided_by: 0 }}{% for i in (1..999999) %}{% endfor %}{% endif %}'
  expect(await desk.run('preview', '--text', text)).toMatchObject({ code: 0 })
  expect(await desk.run('preview', '--text', text, '--worst')).toMatchObject({
    code: 4,
    err: expect.stringContaining('for recipient 2 (Anna) the text cannot be used'),
  })
})
