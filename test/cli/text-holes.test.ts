// What is seen of a text before it is sent: one filled in, its SMS, its holes, and placeholders of other programs.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { foreignPlaceholders } from '../../src/domain/foreign-placeholders.ts'
import { temporaryFolder } from '../support/database.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { clockFrom, runHere } from '../support/here.ts'
import { EVENING } from '../support/shop.ts'

const withPeople = async (count: number): Promise<Desk> => {
  const desk = await openDesk()
  const people = Array.from({ length: count }, (_, i) => ({ name: `Анна ${i}` }))
  desk.world.add([...people, { name: 'Молчит', unsubscribed: true }])
  desk.world.sql.exec('update recipients set name = null where id % 2 = 0')
  desk.world.sql.exec(`insert into attribute_names values ('Сумма, руб.');
    update recipients set attributes = '{"Сумма, руб.":"' || id || '"}' where id > 1`)
  return desk
}

test('the plan shows one text, all SMS, and who has a hole; a dry run too', async () => {
  const desk = await withPeople(4)
  for (const dry of [['--dry-run'], []]) {
    const { out } = await desk.run('schedule', '--at', '10:00', '--text', '{{ name }}, {{ Сумма, руб. }}!', ...dry)
    expect(out).toContain('To Анна 0: "Анна 0, !"\n4 SMS in all.\n')
    expect(out).toContain('2 of 4 have no {{ name }}: their text begins with ", 2!"\n')
    expect(out).toContain('1 of 4 have no {{ Сумма, руб. }}: their text begins with "Анна 0, !"\n')
  }
})

test('what has a word of its own, or stands in a condition, is no hole', async () => {
  const desk = await withPeople(4)
  const text =
    '{{ name | default: "друг" }}{% if Сумма, руб. %}: {{ Сумма, руб. }}{% endif %}{{ inn | default: contact_person }}'
  expect(await desk.json('schedule', '--at', '10:00', '--text', text, '--dry-run')).toMatchObject({
    sample: { id: '1', name: 'Анна 0', text: 'Анна 0' },
    sms: { segments: 4, seen: 4, of: 4 },
    holes: [{ missing: ['inn', 'contact_person'], count: 4 }],
  })
  expect(await desk.json('preview', '--text', text)).toMatchObject({ holes: [{ count: 4 }] })
})

test('of a large audience the SMS are reckoned by some from everywhere, and it says so', async () => {
  const desk = await withPeople(3_000)
  const { out } = await desk.run('schedule', '--at', '10:00', '--text', '{{ name }}.', '--dry-run')
  expect(out).toContain('About 3000 SMS in all, by the texts of 2000 of 3000 recipients.')
  expect(out).toContain('1500 of 3000 have no {{ name }}: their text begins with "."')
  const fixed = await desk.run('schedule', '--at', '10:00', '--text', 'я'.repeat(71), '--dry-run')
  expect(fixed.out).toContain('6000 SMS in all.')
})

test('placeholders of other programs are told, in every form', async () => {
  const desk = await withPeople(1)
  const forms = [
    '{name}',
    '%name%',
    '[name]',
    '((name))',
    '$name',
    '{{{name}}}',
    '<<name>>',
    '#name#',
    '*|NAME|*',
    `\${name}`,
  ]
  const more = ['[[name]]', '%%name%%', '<name>', '{ Name }', '{nmae}', '[Телефон]', '{Сумма, руб.}']
  const text = [...forms, ...more].join(' и ')
  const { err } = await desk.run('preview', '--text', text)
  for (const form of forms)
    expect(err).toContain(`Warning: ${form} is sent as it stands. To fill it in, write {{ name }}.`)
  for (const form of more) expect(err).toContain(`Warning: ${form} is sent as it stands.`)
  expect((await desk.run('schedule', '--at', '10:00', '--text', '{name}', '--dry-run')).err).toContain('{{ name }}')
})

test.each([
  'Скидка 5% на всё, до 100%! (name) #акция №5 $5 $ 100 [до 18:00] {ок} <b>жирно</b>',
  '{"code": 0, "items": [1, 2]} a@example.com, b@example.com',
  '{{ name }} {{ name | default: "[name]" }} {% if name %}{% endif %}',
  '[скидка] {акция} ((важно)) 50 % от цены, 20 % от суммы',
])('ordinary text is no placeholder: %s', (text) => {
  const columns = ['name', 'phone', 'email', 'inn', 'id']
  expect(foreignPlaceholders(text, (word) => (columns.includes(word) ? word : null))).toEqual([])
})

test('a percentage before a placeholder does not hide it', () => {
  const columnOf = (word: string) => (word === 'name' ? word : null)
  expect(foreignPlaceholders('5 % вам, %name%', columnOf)).toEqual([{ written: '%name%', column: 'name' }])
})

test('where nobody has named an address book, what writes says which it is', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'home'))
  writeFileSync(join(folder, 'list.csv'), 'phone,name,zone\n89161234567,Анна,Europe/Moscow\n')
  const env = { HOME: join(folder, 'home'), XDG_DATA_HOME: join(folder, 'home') }
  const run = (...args: string[]) => runHere(args, { cwd: folder, env, clock: clockFrom(EVENING) })
  const line = `Address book: ${join(folder, 'home/notify/notify.db')}, since there is no notify.toml here.\n`
  expect((await run('import', 'suppliers', 'list.csv')).stderr.startsWith(line)).toBe(true)
  expect((await run('schedule', '--at', '10:00', '--text', 'x')).stderr.startsWith(line)).toBe(true)
  await run('init')
  expect((await run('import', 'suppliers', 'list.csv')).stderr).not.toContain('Address book')
})
