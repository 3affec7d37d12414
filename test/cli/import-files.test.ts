// Tables as offices have them: titles, totals, repeats, short rows, lost letters.
import { expect, test } from 'vitest'
import { openImportDesk } from '../support/import-desk.ts'

const imported = async (content: string, ...args: readonly string[]) => {
  const desk = await openImportDesk()
  desk.write('list.csv', content)
  return { desk, ...(await desk.run(['suppliers', 'list.csv', ...args])) }
}

test('Excel leaves out the last delimiters of rows that end blank: they are rows all the same', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i};N ${i};+791655500${String(i).padStart(2, '0')};Europe/Moscow`)
  const { code, out, desk } = await imported(
    `id;name;phone;zone;note;more\n${rows.map((row, i) => (i < 16 ? `${row};;` : row)).join('\n')}\n`,
  )
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('20 added') })
  expect(desk.people()).toHaveLength(20)
})

test('a row that a line break cuts in two is not taken for one that ends early: its end may say no', async () => {
  const { code, err, desk } = await imported(
    'id;phone;note;unsubscribed\n1;+79165550001;a\nb;да\n2;+79165550002;c;нет\n3;+79165550003;d\ne\nf;да\n4;+79165550004\n',
    '--skip-bad',
  )
  expect(code).toBe(4)
  expect(err).toContain('2 the row ends early, and the next line seems to be the rest of it (lines 2, 5)')
  expect(desk.people('phone')).toEqual([{ phone: '+79165550002' }, { phone: '+79165550004' }])
})

test('above the header may stand a title, below the table a line of totals', async () => {
  const { code, out, err, desk } = await imported(
    'Отчёт по контрагентам, ноябрь\nна 30.11.2026\n\nКод;Наименование;Телефон;Сумма\n1;Анна;89165550001;5\nИтого по отчёту:;;;5\nВсего;1\n',
  )
  expect(err).toContain("';', header in line 4")
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('2 lines of totals are left out.') })
  expect(desk.people('phone, external_id')).toEqual([{ phone: '+79165550001', external_id: '1' }])
})

test("a row of data is no header, although a cell of it is called like one: Google's contacts", async () => {
  const list =
    'First Name,Phone 1 - Label,Phone 1 - Value\nAnna,Mobile,+7 916 555-00-01 ::: +7 916 555-00-02\nYana,Mobile,\n'
  const { code, err } = await imported(list)
  expect({ code, err }).toMatchObject({ code: 4, err: expect.stringContaining('--map phone="Phone 1 - Value"') })
  const mapped = await imported(list, '--map', 'phone=Phone 1 - Value', '--map', 'name=First Name', '--skip-bad')
  expect(mapped.desk.people()).toEqual([{ phone: '+79165550001', name: 'Anna' }])
})

test('the same row twice is one row, and said; one that says something else is rejected', async () => {
  const row = '1;Anna;+79165550001;Europe/Moscow'
  const twice = await imported(`id;name;phone;zone\n${row}\n${row}\n2;Boris;+79165550002;\n${row}\n`)
  expect(twice).toMatchObject({
    code: 0,
    out: expect.stringContaining(
      '4 rows: 2 added, 0 changed, 0 unchanged. 2 rows say the same as one above and are left out.',
    ),
  })
  const other = await imported(`id;name;phone;zone\n${row}\n1;Anna P;+79165550001;Europe/Moscow\n`)
  expect(other).toMatchObject({ code: 4, err: expect.stringContaining('the external id 1 stands already at line 2') })
})

test('one heading twice is one column where it says the same; else --map says which is meant', async () => {
  const same = await imported('Телефон;Имя;телефон\n89165550001;Анна;89165550001\n89165550002;Яна;\n')
  expect(same.code).toBe(0)
  expect(same.desk.people()).toEqual([
    { phone: '+79165550001', name: 'Анна' },
    { phone: '+79165550002', name: 'Яна' },
  ])
  const other = 'Телефон;Имя;Телефон\n89165550001;Анна;89165550003\n'
  const asked = await imported(other)
  expect(asked).toMatchObject({
    code: 4,
    err: expect.stringContaining('--map phone="Телефон" or --map phone="Телефон (2)"'),
  })
  expect(asked.desk.people()).toEqual([])
  expect((await imported(other, '--map', 'phone=Телефон')).desk.people('phone')).toEqual([{ phone: '+79165550001' }])
  expect((await imported(other, '--map', 'phone=Телефон (2)')).desk.people('phone')).toEqual([
    { phone: '+79165550003' },
  ])
})

test('a heading is found behind marks that nobody sees; one whose letters are lost is refused', async () => {
  const unseen = await imported('\u200bid;\u202aphone\u202c;na\u00adme\n1;89165550001;Анна\n')
  expect(unseen.code).toBe(0)
  expect(unseen.desk.people()).toEqual([{ phone: '+79165550001', name: 'Анна' }])
  const lost = await imported('phone;\ufffd\ufffd\ufffd\n89165550001;Анна\n')
  expect(lost).toMatchObject({ code: 4, err: expect.stringContaining('letters of the heading') })
})

test('an error fits on a screen, whatever it is made of', async () => {
  const long = 'x'.repeat(200_000)
  for (const content of [
    `${long};${long}\n1;2\n`,
    `${Array.from({ length: 1_000 }, (_, i) => `column ${i}`).join(';')}\n1\n`,
    `phone;zone\n89165550001;${long}\n89165550002;${long}y\n`,
    `phone;phone\n${long};1\n`,
    `phone;отказ ${long} от\n1;2\n`,
  ]) {
    const { code, err } = await imported(content)
    expect(code).toBe(4)
    expect(err.slice(err.indexOf('notify:')).length).toBeLessThan(80 * 24)
  }
})
