// CSV as it comes: any encoding, any delimiter, any line break, cut into any chunks.
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CsvOptions, openCsv } from '../../src/cli/input/csv.ts'
import type { CsvRecord } from '../../src/cli/input/records.ts'
import { encode } from '../support/encode.ts'

const NEVER = new AbortController().signal

const HEADER = ['код', 'наименование', 'телефон', 'область']
const SUPPLIERS = [
  ['1', 'ООО «Ромашка»', '8 (916) 123-45-67', 'Амурская обл.'],
  ['2', 'ИП Жуков; сын', '+7 916 765-43-21', 'Воронежская область'],
  ['3', 'ЗАО "Ёж", филиал', '89161112233', 'Республика Татарстан'],
]

/** The bytes in chunks of that many. */
async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}

interface Read {
  readonly encoding: string
  readonly delimiter: string
  readonly header: readonly string[]
  readonly records: readonly CsvRecord[]
}

const read = async (bytes: Uint8Array, options: CsvOptions = {}, size = bytes.length || 1): Promise<Read> => {
  const input = {
    name: '"x.csv"',
    path: null,
    size: bytes.length,
    chunks: inChunks(bytes, size),
    bytesRead: () => 0,
    stop: NEVER,
  }
  const table = await openCsv(input, options)
  const records: CsvRecord[] = []
  for await (const batch of table.records) records.push(...batch)
  await table.close()
  return { encoding: table.encoding, delimiter: table.delimiter, header: table.header, records }
}

const written = (delimiter: string, lineBreak = '\n'): string =>
  stringify([HEADER, ...SUPPLIERS], { delimiter, record_delimiter: lineBreak })

test.each([
  ['utf-8', ''],
  ['utf-8', '\uFEFF'],
  ['utf-16le', '\uFEFF'],
  ['utf-16be', '\uFEFF'],
  ['utf-16le', ''],
  ['utf-16be', ''],
  ['windows-1251', ''],
  ['ibm866', ''],
])('%s (mark %j) is found by itself', async (encoding, mark) => {
  const text = encoding === 'ibm866' ? written(';').replaceAll(/[«»]/g, "'") : written(';')
  const table = await read(encode(mark + text, encoding))
  expect(table).toMatchObject({ encoding, delimiter: ';', header: HEADER })
  expect(table.records.map(({ cells }) => cells[3])).toEqual(SUPPLIERS.map((cells) => cells[3]))
})

test.each(['windows-1251', 'koi8-r', 'ibm866'])(
  '%s is told from its cousins by a few words, in capitals too',
  async (encoding) => {
    const samples = ['phone;name\n89161234567;Иванов Иван, Воронеж\n', 'phone;name\n89161234567;ИВАНОВ ИВАН, ВОРОНЕЖ\n']
    for (const sample of [...samples, 'телефон;имя\n89161234567;Эльмира\n', 'Телефон;Наименование\n1;2\n']) {
      expect((await read(encode(sample, encoding))).encoding).toBe(encoding)
    }
  },
)

const LIST = 'Код;Имя;Телефон;Область\n1;Щукина Мария Юрьевна;89165550001;Москва\n2;Эльдар Цой;89165550002;Псков\n'
const UKRAINIAN = 'id;phone;name\n1;380501234567;Сергій Їжакевич\n2;380501234568;Наталія Ґалаґан, Євген\n'

test.each([
  ...['windows-1251', 'koi8-r', 'ibm866', 'x-mac-cyrillic', 'iso-8859-5'].map((encoding) => [encoding, LIST] as const),
  ...['windows-1251', 'koi8-u', 'x-mac-cyrillic'].map((encoding) => [encoding, UKRAINIAN] as const),
])('%s is told from its cousins, whatever letters it puts where theirs are', async (encoding, text) => {
  const table = await read(encode(text, encoding))
  expect(table).toMatchObject({ encoding, header: text.split('\n')[0]?.split(';') })
  expect(table.records.map(({ cells }) => cells.join(';'))).toEqual(text.trim().split('\n').slice(1))
})

test('a file of which two encodings make words alike is refused, not read as one of them', async () => {
  await expect(read(encode('id;phone;name\n1;89165550001;Щукин Юрий\n', 'windows-1251'))).rejects.toMatchObject({
    exit: 'input',
    message: expect.stringMatching(/^the encoding of "x.csv" cannot be told: .* both make words of it$/),
  })
})

test('a Ukrainian letter far down in a file of KOI8 is that letter, no corner of a box', async () => {
  const text = `phone;name\n${'89165550001;Иванов Иван\n'.repeat(4_000)}380501234567;Сергій\n`
  expect((await read(encode(text, 'koi8-u'))).records.at(-1)?.cells[1]).toBe('Сергій')
})

test('what is no encoding that notify knows is not guessed', async () => {
  const german = 'phone;name\n+49301234567;Müller, Größenstraße\n+49301234568;Jürgen Schäfer\n'
  await expect(read(encode(german, 'windows-1252'))).rejects.toMatchObject({
    exit: 'input',
    message: 'the encoding of "x.csv" cannot be told',
    hint: expect.stringContaining('--encoding'),
  })
  const table = await read(encode(german, 'windows-1252'), { encoding: 'windows-1252' })
  expect(table.records[0]?.cells[1]).toBe('Müller, Größenstraße')
})

test.each([';', ',', '\t', '|'])('the delimiter %j is found by itself', async (delimiter) => {
  const table = await read(Buffer.from(written(delimiter)))
  expect(table.delimiter).toBe(delimiter)
  expect(table.records.map(({ cells }) => cells)).toEqual(SUPPLIERS)
})

test("Excel's sep= line is obeyed and counted", async () => {
  const table = await read(Buffer.from(`sep=#\r\nphone#name\r\n1#a;b,c\r\n`))
  expect(table).toMatchObject({
    delimiter: '#',
    header: ['phone', 'name'],
    records: [{ line: 3, cells: ['1', 'a;b,c'] }],
  })
})

test('one column needs no delimiter', async () => {
  expect(await read(Buffer.from('phone\n89161234567\n'))).toMatchObject({ delimiter: ';', header: ['phone'] })
})

test.each([
  ['CRLF', '\r\n'],
  ['CR', '\r'],
  ['LF', '\n'],
])(
  '%s: lines are counted as an editor counts them, in quoted cells too; blank ones are left out',
  async (_, lineBreak) => {
    const text = ['phone;name', '1;"a', 'b', 'c"', '', ' ; ', '2;d', '3;e'].join(lineBreak)
    for (const size of [1, 2, 3, 7, 1000]) {
      const { records } = await read(Buffer.from(text), {}, size)
      expect(records).toEqual([
        { line: 2, cells: ['1', 'a\nb\nc'] },
        { line: 7, cells: ['2', 'd'] },
        { line: 8, cells: ['3', 'e'] },
      ])
    }
  },
)

test('law: what was written is read, whatever the cells, the encoding and the chunks', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'Ж', 'ё', '"', ';', ',', '\n', ' ', '1', '😀', '€') })
  const rows = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 20 })
  const encoding = fc.constantFrom('utf-8', 'utf-16le', 'utf-16be')
  await fc.assert(
    fc.asyncProperty(rows, encoding, fc.integer({ min: 1, max: 40 }), async (cells, name, size) => {
      const text = stringify([['phone', 'b', 'c'], ...cells], { delimiter: ';' })
      const { records } = await read(encode(text, name), { encoding: name, delimiter: ';' }, size)
      expect(records.map((record) => record.cells)).toEqual(cells)
      const lines = cells.map((_, i) => stringify([['', '', ''], ...cells.slice(0, i)]).split('\n').length)
      expect(records.map(({ line }) => line)).toEqual(lines)
    }),
  )
})

test.each([';', ',', '\t'])('quotes that nobody escaped are read as they stand (%j)', async (delimiter) => {
  const rows = [
    ['phone', 'name', 'note'],
    ['1', 'ООО "Ромашка"', 'x'],
    ['2', '"Ромашка" ООО', 'y'],
    ['3', 'в "кавычках" и "ещё"', '5" труба'],
  ]
  const { records } = await read(Buffer.from(rows.map((row) => row.join(delimiter)).join('\n')))
  expect(records.map(({ cells }) => cells)).toEqual(rows.slice(1))
})

test.each([['an open quote', 'phone;name\n1;"a\n2;b\n', 'a quote is opened in the record at line 2 and never closed']])(
  '%s that does not fit is an error of the whole file',
  async (_, text, words) => {
    await expect(read(Buffer.from(text))).rejects.toMatchObject({ exit: 'input', message: `"x.csv": ${words}` })
  },
)

test.each([';', ',', '\t'])(
  'stray quotes that make one sound record of several rows (%j) are told, not taken',
  async (delimiter) => {
    const rows = [
      ['phone', 'name', 'address', 'inn'],
      ['1', '"A', 'x', '7'],
      ['2', 'B', 'y', '8'],
      ['3', 'C"', 'z', '9'],
      ['4', '"of\ntwo lines"', 'x', '7'],
      ['5', `"with a ${delimiter} and\ntwo lines"`, 'x', '7'],
      ['6', '"F', 'x', '7'],
      ['7', 'G"', 'z', '9'],
    ]
    const { records } = await read(Buffer.from(rows.map((row) => row.join(delimiter)).join('\n')), { delimiter })
    expect(records.map(({ line, fault }) => [line, fault])).toEqual([
      [2, 'a quote that is opened at line 2 swallows the next 2 rows'],
      [5, undefined],
      [7, undefined],
      [9, 'a quote that is opened at line 9 swallows the next row'],
    ])
  },
)

test('a record without an end is given up after 4 MiB, however much follows', async () => {
  let chunks = 0
  const endless = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('phone;name\n1;"')
    for (;;) {
      chunks += 1
      yield Buffer.alloc(256 * 1024, 'a')
    }
  }
  const input = { name: '"x.csv"', path: null, size: null, chunks: endless(), bytesRead: () => 0, stop: NEVER }
  const exhaust = async (): Promise<void> => {
    const table = await openCsv(input, {})
    for await (const _ of table.records);
  }
  await expect(exhaust()).rejects.toMatchObject({
    exit: 'input',
    message: '"x.csv": the record at line 2 is longer than 4 MiB',
  })
  expect(chunks).toBeLessThan(30)
})

test.each([
  ['utf-8', ['70 68 6f 6e 65 0a', '31 0a', '32 3b cf ee 0a'], 3, 11],
  ['utf-8', ['70 68 6f 6e 65 0d 0a', '31 3b d0'], 2, 10],
  ['utf-16le', ['70 00 0a 00', '31 00', '00 dc 41 00'], 2, 7],
])('bytes that are not %s are told with line and byte', async (encoding, parts, line, byte) => {
  const bytes = Buffer.from(parts.join(' ').replaceAll(' ', ''), 'hex')
  for (const size of [1, 5, 1000]) {
    await expect(read(bytes, { encoding }, size)).rejects.toMatchObject({
      exit: 'input',
      message: `"x.csv" is not ${encoding}: line ${line}, byte ${byte} of the file`,
    })
  }
})

test('law: whatever bytes come, they are read or refused in words', async () => {
  const text = encode(written(';'), 'windows-1251')
  const change = fc.record({ at: fc.nat(text.length - 1), byte: fc.integer({ min: 0, max: 255 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 8 }), async (changes) => {
      const bytes = Buffer.from(text)
      for (const { at, byte } of changes) bytes[at] = byte
      try {
        const { records } = await read(bytes)
        expect(records.length).toBeLessThanOrEqual(12)
      } catch (error) {
        expect(error).toMatchObject({ name: 'Fixable', exit: 'input' })
      }
    }),
  )
})
