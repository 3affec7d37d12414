// notify import from JSON lines: one object a line.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encode } from '../support/encode.ts'
import { openImportDesk } from '../support/import-desk.ts'

const LINES = `{"id": "S1", "phone": 89161234567, "name": "ООО «Ромашка»", "district": "Амурская обл.", "rank": 5, "vip": true}
{"phone": "8 916 123-45-68", "name": "Ёж", "unsubscribed": true, "rank": null}

{"phone": "89161234569"}
`

test.each([
  ['utf-8', '', '\n'],
  ['utf-8', '\uFEFF', '\r\n'],
  ['utf-16le', '\uFEFF', '\n'],
  ['windows-1251', '', '\r\n'],
])('%s (mark %j, break %j): keys are columns, numbers and yes or no are texts', async (encoding, mark, lineBreak) => {
  const desk = await openImportDesk()
  desk.write('list.jsonl', encode(mark + LINES.replaceAll('\n', lineBreak), encoding))
  const { code, out, err } = await desk.run(['suppliers', 'list.jsonl'])
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('3 rows: 3 added') })
  expect(err).toContain(`JSON lines, ${encoding}, 7 columns\n`)
  expect(desk.people('external_id, phone, name, unsubscribed, attributes')).toEqual([
    {
      external_id: 'S1',
      phone: '+79161234567',
      name: 'ООО «Ромашка»',
      unsubscribed: 0,
      attributes: '{"rank":"5","vip":"true"}',
    },
    { external_id: null, phone: '+79161234568', name: 'Ёж', unsubscribed: 1, attributes: null },
    { external_id: null, phone: '+79161234569', name: null, unsubscribed: 0, attributes: null },
  ])
})

test('what is wrong with a line is told by its number', async () => {
  const desk = await openImportDesk()
  const lines = [
    '{"phone": "89161234567", "tags": null}',
    '{"phone": "89161234568"',
    '[1, 2]',
    '{"phone": "89161234569", "tags": ["a"]}',
    '{"phone": {"mobile": "89161234570"}}',
    '{"phone": 123456789012345678901}',
    '{"phone": "8916\\u00001234571"}',
    'null',
  ]
  desk.write('list.jsonl', lines.join('\n'))
  const { code, out } = await desk.run(['suppliers', 'list.jsonl', '--json', '--skip-bad', '--reject-file', 'bad.csv'])
  expect(code).toBe(4)
  expect(JSON.parse(out)).toMatchObject({
    kind: 'jsonl',
    encoding: 'utf-8',
    delimiter: null,
    added: 1,
    rejected: [
      { line: 2, reason: 'the line is not a JSON object' },
      { line: 3, reason: 'the line is not a JSON object' },
      { line: 4, reason: '"tags" is a list, not a text' },
      { line: 5, reason: '"phone" is an object, not a text' },
      { line: 6, reason: '"phone" is a number of more digits than can be read: write it in quotes' },
      { line: 7, reason: 'the row has a NUL character' },
      { line: 8, reason: 'the line is not a JSON object' },
    ],
  })
  expect(readFileSync(join(desk.folder, 'bad.csv'), 'utf8')).toContain('rejected_line;rejected_reason;phone;tags\n')
})

test('keys that come late are attributes; a field that comes late is told', async () => {
  const desk = await openImportDesk()
  const lines = Array.from({ length: 1_500 }, (_, i) => `{"phone": "8916${String(i).padStart(7, '0')}"}`)
  lines.push(
    '{"phone": "89170000000", "rank": 5, "__proto__": "x", "operator_code": 917}',
    '{"phone": "89170000001", "name": "late"}',
  )
  desk.write('list.jsonl', lines.join('\n'))
  const { out } = await desk.run(['suppliers', 'list.jsonl', '--json', '--skip-bad'])
  expect(JSON.parse(out)).toMatchObject({
    rows: 1_502,
    rejected: [
      {
        line: 1_502,
        reason: '"name" is not in the first 1,000 objects: put it there too, null where there is nothing',
      },
    ],
  })
  expect(desk.people('attributes').at(-1)).toEqual({ attributes: '{"rank":"5","__proto__":"x"}' })
})

test('an array of objects, from standard input', async () => {
  const desk = await openImportDesk()
  const typed = '[\n  {"phone": "89161234567"},\n  {"phone": "x"}\n]'
  const { out } = await desk.run(['suppliers', '-', '--json', '--skip-bad'], { typed })
  expect(JSON.parse(out)).toMatchObject({
    kind: 'jsonl',
    rows: 2,
    added: 1,
    rejected: [{ line: 2, reason: 'phone has no digits' }],
  })
})

test.each([
  ['a number of objects that are none', '{"phone\n{"name\n', 'is not JSON lines: the line is not a JSON object'],
  ['an array of nothing', '[]', 'is not JSON lines: it has no object'],
  ['half an array', '[{"phone": "89161234567"},', 'is not JSON'],
  ['a line without an end', `{"phone": "${'9'.repeat(2_000_000)}`, 'the line is longer than 1 MiB'],
  ['one key in two spellings', '{"phone": "1"}\n{"Phone": "2"}\n', 'has the column "phone" twice'],
])('%s is refused in words', async (_, text, words) => {
  const desk = await openImportDesk()
  desk.write('list.jsonl', text)
  const { code, err } = await desk.run(['suppliers', 'list.jsonl'])
  expect(code).toBe(4)
  expect(err).toContain(words)
})

test.each([
  '{"district": "Амурская область", "hours": 9}\n{"district": "Томск", "hours": 7}',
  '[{"name": "Амурская область", "zone": "UTC+9"}]',
  '{"name": "Амурская область", "zone": 9}',
])('zones: %s', async (text) => {
  const desk = await openImportDesk()
  desk.write('zones.json', text)
  expect(await desk.run(['timezones', 'zones.json'])).toMatchObject({ code: 0 })
  expect(await desk.store.listDistricts()).toContainEqual(
    expect.objectContaining({ name: 'Амурская область', zone: 'UTC+9', recipients: 0 }),
  )
})
