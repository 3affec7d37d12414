// notify import timezones: what an operator types, sees, and finds in the store afterwards.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import type { Cli } from '../../src/cli/cli.ts'
import { addImportTimezonesCommand } from '../../src/cli/commands/import-timezones.ts'
import { tellError } from '../../src/cli/exit.ts'
import { wordUsageErrors } from '../../src/cli/usage-errors.ts'
import { systemClock } from '../../src/clock.ts'
import type { DistrictStore } from '../../src/store/district-store.ts'
import type { Connection } from '../../src/store/sqlite/connection.ts'
import { districtStore } from '../../src/store/sqlite/districts.ts'
import { handClock } from '../support/clock.ts'
import { temporaryConnection, temporaryFolder } from '../support/database.ts'
import { openImportDesk } from '../support/import-desk.ts'

interface Desk {
  readonly connection: Connection
  readonly store: DistrictStore
  /** Runs `notify import timezones …args`. */
  run(args: readonly string[], typed?: string): Promise<{ code: number; out: string; err: string }>
  file(name: string, content: string | Buffer): string
}

const openDesk = async (): Promise<Desk> => {
  const folder = temporaryFolder()
  const connection = await temporaryConnection()
  const store = districtStore(connection)
  const run: Desk['run'] = async (args, typed = '') => {
    const [out, err]: [string[], string[]] = [[], []]
    let code = 0
    const input = new PassThrough()
    input.end(typed)
    const cli: Cli = {
      out: { write: (text: string) => out.push(text) },
      err: { write: (text: string) => err.push(text) },
      input,
      env: {},
      cwd: folder,
      clock: handClock('2021-10-21T18:50:00Z'),
      signal: new AbortController().signal,
      unread: new AbortController().signal,
      onHangup: () => undefined,
      openApp: async () => ({ store, clock: systemClock, close: async () => undefined }) as unknown as App,
      exit: (wanted) => {
        code = wanted
      },
    }
    const program = new Command('notify').configureOutput({ outputError: () => undefined })
    addImportTimezonesCommand(program.command('import'), cli)
    wordUsageErrors(program)
    try {
      await program.parseAsync(['node', 'notify', 'import', 'timezones', ...args])
    } catch (error) {
      code = tellError(cli, error, { json: args.includes('--json'), debug: false })
    }
    return { code, out: out.join(''), err: err.join('') }
  }
  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content)
    return name
  }
  return { connection, store, run, file }
}

const zonesOf = async (store: DistrictStore): Promise<Record<string, string | null>> =>
  Object.fromEntries((await store.listDistricts()).map(({ name, zone }) => [name, zone]))

/** What Excel saves in Russia; TextEncoder writes UTF-8 only. */
const windows1251 = (text: string): Buffer => {
  const table = new TextDecoder('windows-1251').decode(Uint8Array.from({ length: 256 }, (_, i) => i))
  return Buffer.from(Array.from(text, (char) => table.indexOf(char)))
}

test('the Russian preset: 89 districts, the second time nothing changes', async () => {
  const { run, store, connection } = await openDesk()
  connection.db.exec(`insert into districts (id, name) values (1, 'Якутия'); insert into district_keys values ('якутия', 1);
    insert into recipients (district_id, created_at, updated_at) values (1, 1, 1)`)
  const first = await run(['--preset', 'ru'])
  expect(first).toMatchObject({ code: 0, out: '89 districts: 89 added. 1 recipient gets another zone.\n' })
  expect(first.err).toContain('Note: Республика Саха (Якутия): three zones')
  expect((await store.listDistricts()).find(({ recipients }) => recipients === 1)).toMatchObject({
    zone: 'Asia/Yakutsk',
  })
  expect(await run(['--preset', 'ru'])).toEqual({
    code: 0,
    out: '89 districts: 89 unchanged. Nothing changes.\n',
    err: '',
  })
})

test('the example names every district of the preset, by an id too, with the same zones', async () => {
  const { run } = await openDesk()
  await run(['--preset', 'ru'])
  const example = join(import.meta.dirname, '../../examples/timezones.csv')
  const { out, code } = await run([example, '--json'])
  expect({ code, ...JSON.parse(out) }).toEqual({
    code: 0,
    file: example,
    rows: 89,
    added: 0,
    changed: 89,
    unchanged: 0,
    recipientsMoved: 0,
    rejected: [],
  })
})

test.each([
  ['semicolons, windows-1251', windows1251('Область;Часовой пояс\r\nАмурская обл.;МСК+6\r\nг. Томск;7\r\n')],
  ['UTF-8 with its mark, commas', '\ufeffdistrict,hours\nАмурская обл.,9\nг. Томск,UTC+7\n'],
  ['UTF-16', Buffer.from('\ufeffNAME\tTime_Zone\nАмурская обл.\t+9\n\nг. Томск\t+07:00\n', 'utf16le')],
])('CSV, %s', async (_, content) => {
  const { run, store, file } = await openDesk()
  expect(await run([file('zones.csv', content)])).toMatchObject({ code: 0, out: expect.stringContaining('2 added') })
  expect(await zonesOf(store)).toEqual({ 'Амурская обл.': 'UTC+9', 'г. Томск': 'UTC+7' })
})

test('ids with hours from UTC, as JSON from standard input', async () => {
  const { run, store } = await openDesk()
  const { code, out, err } = await run(['-'], '{"3": 3,\n "7": 9, "Delhi": 5.5, "Амурская область": "Asia/Yakutsk"}')
  expect({ code, out, err }).toEqual({
    code: 0,
    out: '4 districts: 4 added. 0 recipients get another zone.\n',
    err: 'standard input: JSON, utf-8\n',
  })
  expect(await zonesOf(store)).toEqual({
    '3': 'UTC+3',
    '7': 'UTC+9',
    Delhi: 'UTC+5:30',
    'Амурская область': 'Asia/Yakutsk',
  })
})

test('a row with id and name joins what was known by id and what was known by name', async () => {
  const { run, store, file } = await openDesk()
  await run(['-'], '{"3": 9, "Амурская область": 9}')
  const { out } = await run([file('zones.csv', 'district_id;name;zone\n3;Амурская обл.;UTC+9\n')])
  expect(out).toBe('1 district: 1 changed. 0 recipients get another zone.\n')
  expect(await zonesOf(store)).toEqual({ 'Амурская область': 'UTC+9' })
})

test('a dry run says what would change and changes nothing', async () => {
  const { run, store } = await openDesk()
  expect((await run(['--preset', 'ru', '--dry-run'])).out).toBe(
    'Dry run: 89 districts: 89 added. 0 recipients get another zone.\n',
  )
  expect(await store.listDistricts()).toEqual([])
})

const BAD =
  'district;zone\nЯкутия;Asia/Yakutk\nТомск;7\nОмск;\nЧита;Asia/Chita;9\nТомская;Mars\nТомск;6\n;5\nПермь;Mars\n'
const REASONS = [
  { line: 2, reason: 'unknown zone "Asia/Yakutk" — did you mean "Asia/Yakutsk"?' },
  { line: 4, reason: 'the zone is empty' },
  { line: 5, reason: 'the row has 3 cells, the header has 2' },
  { line: 6, reason: 'unknown zone "Mars"' },
  { line: 7, reason: 'Томск has the zone UTC+7 on line 3 already' },
  { line: 8, reason: 'the row names no district' },
  { line: 9, reason: 'unknown zone "Mars"' },
]

test('bad rows: each by line and reason, equal reasons together, and nothing is written', async () => {
  const { run, store, file } = await openDesk()
  const { code, out, err } = await run([file('zones.csv', BAD), '--quiet'])
  expect({ code, out }).toEqual({ code: 4, out: '' })
  expect(err).toContain('"zones.csv" is not imported; 7 of 8 rows rejected: 2 unknown zone "Mars" (lines 6, 9), ')
  expect(err).toContain('1 unknown zone "Asia/Yakutk" — did you mean "Asia/Yakutsk"? (line 2), ')
  expect(await store.listDistricts()).toEqual([])
})

test('bad rows as JSON', async () => {
  const { run, file } = await openDesk()
  const { code, out } = await run([file('zones.csv', BAD), '--json'])
  expect({ code, ...JSON.parse(out) }).toMatchObject({
    code: 4,
    file: 'zones.csv',
    rows: 8,
    added: 0,
    rejected: REASONS,
  })
})

test('bad entries of a JSON table are named by the line of their key', async () => {
  const { run } = await openDesk()
  const { code, out } = await run(['-', '--json'], '{\n  "3": 3,\n  "a\\"b": null,\n  "7": 77\n}\n')
  expect(code).toBe(4)
  expect(JSON.parse(out)).toMatchObject({
    rejected: [
      { line: 3, reason: 'unknown zone "null"' },
      { line: 4, reason: 'the offset "77" is not between -12 and +14 hours from UTC' },
    ],
  })
})

test.each([
  ['neither a file nor a preset', [], 2, 'either a FILE or --preset ru'],
  ['both', ['zones.csv', '--preset', 'ru'], 2, 'either a FILE or --preset ru'],
  ['an unknown preset', ['--preset', 'mars'], 2, 'mars'],
  ['a missing file', ['nowhere.csv'], 2, 'there is no file "nowhere.csv"'],
  ['a directory', ['.'], 2, '"." is a directory'],
  ['an empty file', ['empty.csv'], 4, '"empty.csv" is empty'],
  ['a header only', ['header.csv'], 4, '"header.csv" names no district'],
  ['no column of zones', ['names.csv'], 4, 'no column of zones; its columns are "district", "phone"'],
  ['no column of districts', ['hours.csv'], 4, 'no column of districts'],
  ['broken JSON', ['broken.json'], 4, '"broken.json" is not JSON'],
  ['a JSON list', ['list.json'], 4, 'not an object of districts'],
  ['a binary file', ['binary.csv'], 4, 'binary file'],
])('%s: a clear sentence, the right code, nothing written', async (_, args, code, sentence) => {
  const { run, store, file } = await openDesk()
  file('zones.csv', 'district;zone\nТомск;7\n')
  file('empty.csv', '')
  file('header.csv', 'district;zone\n')
  file('names.csv', 'district;phone\nТомск;+7\n')
  file('hours.csv', 'phone;hours\n+7;7\n')
  file('broken.json', '{"3": 3,')
  file('list.json', '[3, 7]')
  file('binary.csv', Buffer.from(Array.from({ length: 4000 }, (__, i) => (i * 7919) % 23)))
  const ran = await run(args)
  expect({ code: ran.code, out: ran.out }).toEqual({ code, out: '' })
  expect(ran.err).toContain(sentence)
  expect(await store.listDistricts()).toEqual([])
})

test('where recipients get another zone, the next step is to move what waits for them', async () => {
  const desk = await openImportDesk()
  desk.write('book.csv', 'phone,district\n89161234567,Омск\n')
  const told = async (zone: string, ...flags: readonly string[]): Promise<string> => {
    desk.write('zones.csv', `district,zone\nОмск,${zone}\n`)
    return (await desk.run(['timezones', 'zones.csv', ...flags], { tty: true })).err
  }
  expect(await told('Asia/Omsk')).toContain('Next: notify schedule')
  await desk.run(['suppliers', 'book.csv'])
  expect(await told('Asia/Yakutsk', '--dry-run')).toContain('Next: notify schedule')
  expect(await told('Asia/Yakutsk')).toContain('Next: notify mailings replan')
  expect(await told('Asia/Yakutsk')).toContain('Next: notify schedule')
})
